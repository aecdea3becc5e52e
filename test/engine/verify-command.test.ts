import { spawn } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { VerifyRow } from "../../server/src/cli/formats/format";
import { program } from "../cli/terminal";
import { inFolder, inventory, type Setup, useEngine } from "./setup";

// The command line as it is shipped, a separate process, on a real engine.
const setup = useEngine("docker@28/v2", ["systemd-test:252", "systemd-test:257", "debian:12"]);

let all: Setup;
let before: readonly string[];
beforeEach(async (context) => {
  all = setup(context);
  before = await inventory(all);
});

afterEach(async () => {
  if (before) expect(await inventory(all)).toEqual(before);
});

/** Verifies in a directory with these files. `heard` is called with what is written to stderr. */
async function verify(
  files: Readonly<Record<string, string>>,
  what: string,
  heard: (err: string, interrupt: () => void) => void = () => undefined,
) {
  return inFolder({}, async (folder) => {
    for (const [name, text] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, name)), { recursive: true });
      writeFileSync(join(folder, name), text);
    }
    const words = [program, "verify", "--engine", `unix://${all.lab.socket}`, "--format", "json", what];
    const child = spawn(process.execPath, words, { cwd: folder });
    let out = "";
    let err = "";
    child.stdout.on("data", (data) => (out += data));
    child.stderr.on("data", (data) => {
      err += data;
      heard(err, () => child.kill("SIGINT"));
    });
    const code = await new Promise<number | null>((resolve) => child.on("close", resolve));
    if (out === "") throw new Error(`${code}: ${err}`);
    const row: VerifyRow = JSON.parse(out);
    return { code, row, places: row.findings.map(({ file, fileLine, unit }) => [file, fileLine, unit]) };
  });
}

const etc = "/etc/systemd/system";
const boots = 'CMD ["/sbin/init"]\nSTOPSIGNAL SIGRTMIN+3\n';

describe("verify", () => {
  test("builds a Dockerfile, and finds the lines of its units: copied, in a directory, a heredoc, a drop-in", async () => {
    const { code, row, places } = await verify(
      {
        Dockerfile: `FROM systemd-test:252
COPY app.service ${etc}/
COPY units/ ${etc}/
COPY <<EOF ${etc}/here.service
[Service]
ExecStart=/bin/true
Restart=allways
EOF
COPY good.service ${etc}/
${boots}`,
        "app.service": "[Unit]\nRequires=nowhere.service\n[Service]\nExecStart=/opt/none\n",
        "good.service": "[Service]\nExecStart=/bin/true\n",
        "units/two.timer": "[Timer]\nOnCalendar=notaday\nOnBootSec=1min\nUnit=good.service\n",
        "units/dbus.service.d/x.conf": "[Service]\nFoo=1\n",
      },
      "Dockerfile",
    );
    expect(row, JSON.stringify(row)).toMatchObject({ state: "verified", systemd: 252, removeBy: [] });
    expect(code).toBe(1);
    expect(row.units).toHaveLength(5);
    expect(places.toSorted()).toEqual([
      ["Dockerfile", 7, "here.service"],
      ["app.service", 2, "app.service"],
      ["app.service", 4, "app.service"],
      ["units/dbus.service.d/x.conf", 2, "dbus.service"],
      ["units/two.timer", 2, "two.timer"],
    ]);
  });

  test("has the units that a service mounts, in its image", async () => {
    const { code, row, places } = await verify(
      {
        "compose.yaml": `services:
  web:
    image: systemd-test:257
    command: /sbin/init
    volumes:
      - ./app.service:${etc}/app.service:ro
`,
        "app.service": "[Service]\nExecStart=/bin/true\nFoo=1\n",
      },
      "compose.yaml#web",
    );
    expect(code, JSON.stringify(row)).toBe(1);
    expect([row.systemd, places]).toEqual([257, [["app.service", 3, "app.service"]]]);
  });

  test("finds nothing in good units, and nothing to verify in an image without units", async () => {
    const dockerfile = `FROM systemd-test:252\nCOPY good.service ${etc}/\n${boots}`;
    const files = { Dockerfile: dockerfile, "good.service": "[Service]\nExecStart=/bin/true\n" };
    const good = await verify(files, "Dockerfile");
    expect([good.code, good.row.state, good.row.findings], JSON.stringify(good.row)).toEqual([
      0,
      "verified",
      [],
    ]);
    const none = await verify({}, "systemd-test:252");
    expect([none.code, none.row.state]).toEqual([0, "no-units"]);
  });

  test("reports what cannot be verified: exit code 2", async () => {
    const files = { Dockerfile: `FROM debian:12\nCOPY a.service ${etc}/\n`, "a.service": "[Service]\n" };
    const without = await verify(files, "Dockerfile");
    expect([without.code, without.row.state]).toEqual([2, "no-systemd"]);
    const unbuilt = await verify({ ...files, Dockerfile: `${files.Dockerfile}RUN exit 7\n` }, "Dockerfile");
    expect([unbuilt.code, unbuilt.row.state]).toEqual([2, "not-built"]);
    const unknown = await verify({}, "no/such:image");
    expect([unknown.code, unknown.row.state]).toEqual([2, "unknown"]);
  });

  test("ends at Ctrl+C, and leaves nothing", async () => {
    const files = { Dockerfile: `FROM systemd-test:252\nRUN sleep 20\n${boots}` };
    let done = false;
    const { code, row } = await verify(files, "Dockerfile", (err, interrupt) => {
      if (done || !err.includes("sleep")) return;
      done = true;
      interrupt();
    });
    expect([code, row.endedBy, row.removeBy]).toEqual([2, "interrupted", []]);
  });
});
