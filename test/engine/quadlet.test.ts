import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, type TestContext, test } from "vitest";
import { isPlan, plan } from "../../server/src/core/plan/plan";
import { renderQuadlet } from "../../server/src/core/plan/render/quadlet";
import { plainText } from "../../server/src/core/shell/mapped-text";
import { runKeys } from "../../server/src/core/surfaces/quadlet/keys";
import { expanded, splitWords } from "../../server/src/core/surfaces/quadlet/words";
import { recorded } from "../core/surfaces/quadlet-recorded";
import { boot, type Engine, isSkipped, type Skipped, startEngine } from "../lab";

let lab: Engine | Skipped;
const folder = mkdtempSync(join(tmpdir(), "quadlet-"));

beforeAll(async () => {
  lab = await startEngine("podman@5/v2");
}, 600_000);

afterAll(async () => {
  if (lab && !isSkipped(lab)) await lab.stop();
  rmSync(folder, { recursive: true, force: true });
});

function engineOf(context: TestContext): Engine {
  if (isSkipped(lab)) return context.skip(lab.skipped);
  return lab;
}

/** What the generator of Podman makes of a file `web.container`: the command of the service, and what it reports. */
async function generated(engine: Engine, text: string): Promise<{ start?: string; report: string }> {
  writeFileSync(join(folder, "web.container"), text);
  const argv = ["env", `QUADLET_UNIT_DIRS=${folder}`, "/usr/libexec/podman/quadlet", "-dryrun", "-user"];
  const { stdout, stderr } = await engine.exec(argv);
  return { start: /^ExecStart=\/usr\/bin\/podman (.*)$/m.exec(stdout)?.[1], report: stderr };
}

test("the generator makes of files what is recorded", async (context) => {
  const engine = engineOf(context);
  // The generator writes some flags in an order that changes.
  const sorted = (start = "") => start.split(" ").sort();
  for (const { text, start } of recorded)
    expect(sorted((await generated(engine, text)).start)).toEqual(sorted(start));
});

test("the generator knows the keys of the table, and its manual has no others", async (context) => {
  const engine = engineOf(context);
  const file = (key: string) => `[Container]\nImage=localhost/web\n${key}=\n`;
  const unsupported = /unsupported key/;
  for (const { key } of runKeys) {
    expect((await generated(engine, file(key))).report).not.toMatch(unsupported);
    expect((await generated(engine, file(`${key}x`))).report).toMatch(unsupported);
  }
  const { stdout } = await engine.exec(["zcat", "/usr/share/man/man5/podman-systemd.unit.5.gz"]);
  const [, section = ""] = /^\.SH Container units.*$([\s\S]*?)^\.SH /m.exec(stdout) ?? [];
  const documented = [...section.matchAll(/^\.SS \\fB(\w+)=/gm)].map(([, key]) => key);
  expect(documented.length).toBeGreaterThan(60);
  expect(documented.filter((key) => !runKeys.some((each) => each.key === key))).toEqual([]);
});

test.for([{ argv: ["/start.sh"] }, { argv: undefined }])(
  "the plan of an image that starts $argv boots as a file of Quadlet",
  { timeout: 180_000 },
  async ({ argv }, context) => {
    const engine = engineOf(context);
    const facts = {
      reference: "systemd-test:252",
      systemdVersion: 252,
      volumes: [],
      needs: [],
      ...(argv && { argv }),
    };
    const planned = plan(facts, engine.facts);
    if (!isPlan(planned)) throw new Error("no plan");
    const { text, unsaid } = renderQuadlet(planned.spec, "systemd-test:252");
    expect(unsaid).toEqual([]);
    expect(text.includes("--systemd=always")).toBe(argv !== undefined);
    const { start = "" } = await generated(engine, text);
    const words = splitWords(plainText(start), { escapes: true })?.map((word) => expanded(word.text)) ?? [];
    // The lab names and keeps its containers, and has no systemd that would hand a control group on to be split.
    const lacking = /^(run|--name|--replace|--rm|--cgroups=split|-d|systemd-.*)$/;
    const args = words.slice(0, words.indexOf("systemd-test:252")).filter((word) => !lacking.test(word));
    expect(args).toContain("--sdnotify=conmon");
    const booted = await boot(engine, { image: "systemd-test:252", args });
    expect(booted).toMatchObject({ state: "running", failedUnits: [], stop: { exitCode: 0 } });
  },
);
