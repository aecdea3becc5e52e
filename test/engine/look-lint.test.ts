import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect, test } from "vitest";
import { openInspection } from "../../client/src/flows/inspect-images";
import { seenBase, seenText } from "../../server/src/core/boot/seen-base";
import { seenUri } from "../../server/src/core/image/base-images";
import { lintSeen } from "../../server/src/core/lint/lint-seen";
import type { SeenImageParams } from "../../server/src/seen-protocol";
import { program } from "../cli/terminal";
import { placeOf, world } from "../client/world";
import { inFolder, inventory, never, type Setup, useEngine } from "./setup";

const setup = useEngine("docker@28/v2", ["systemd-test:252", "debian:12"]);

const boots = "FROM systemd-test:252\nSTOPSIGNAL SIGRTMIN+3\nENV container=docker\n";
/** Scripts by a heredoc, as the build context has only the Dockerfile. */
const script = (path: string, text: string) =>
  `RUN printf '%s\\n' '#!/bin/sh' '${text}' > ${path} && chmod +x ${path}\n`;

interface Case {
  /** The Dockerfile of an image that the table does not know. */
  readonly base: string;
  /** A Dockerfile on top of it, after FROM. */
  readonly child?: string;
  /** What lint reports with inspection, beside hints: rules with the severity and the grade. */
  readonly found: readonly string[];
}

const cases: Readonly<Record<string, Case>> = {
  "one that boots cleanly": { base: boots, found: [] },
  "without a stop signal": {
    base: "FROM systemd-test:252\nENV container=docker\n",
    found: ["image-stop-signal warning certain"],
  },
  "with the wrong stop signal": {
    base: `${boots}STOPSIGNAL SIGTERM\n`,
    found: ["image-stop-signal warning certain"],
  },
  "without the variable container": {
    base: "FROM systemd-test:252\nSTOPSIGNAL SIGRTMIN+3\n",
    // Systemd 252 detects Docker without it: a hint.
    found: [],
  },
  "that starts as a user": { base: `${boots}USER www-data\n`, found: ["image-user-not-root error certain"] },
  "an entry script that starts its arguments": {
    base: `FROM systemd-test:252\nENV container=docker\n${script("/entry", 'exec "$@"')}ENTRYPOINT ["/entry"]\nCMD ["/sbin/init"]\n`,
    found: ["image-stop-signal warning certain"],
  },
  "an entry script that starts another program": {
    base: `FROM systemd-test:252\n${script("/entry", "exec sleep infinity")}ENTRYPOINT ["/entry"]\nCMD ["/sbin/init"]\n`,
    found: [],
  },
  "a systemctl that does nothing": {
    base: `${boots}${script("/usr/local/bin/systemctl", "exit 0")}`,
    child: "RUN systemctl mask getty.target\n",
    found: ["image-systemctl-replaced warning undefined"],
  },
  "deleted wants": {
    base: `${boots}RUN rm -f /lib/systemd/system/multi-user.target.wants/*\n`,
    child: "RUN apt-get update && apt-get install -y openssh-server\n",
    found: ["image-nologin warning certain"],
  },
  "a volume over the cgroup tree": {
    base: `${boots}VOLUME /sys/fs/cgroup\n`,
    child: "VOLUME /sys/fs/cgroup\n",
    found: ["image-cgroup-volume warning certain"],
  },
  "no systemd": {
    base: "FROM debian:12\n",
    child: 'CMD ["/sbin/init"]\n',
    found: ["image-stop-signal warning certain", "image-systemd-missing error certain"],
  },
  "another init": {
    base: 'FROM debian:12\nRUN ln -s /bin/sleep /sbin/init\nENTRYPOINT ["/sbin/init"]\nCMD ["infinity"]\n',
    found: [],
  },
};

/** Builds an image on the engine, uses it and removes it. */
async function built<T>(
  { engine, docker }: Setup,
  dockerfile: string,
  use: (tag: string) => Promise<T>,
): Promise<T> {
  const tag = "test-look-lint:1";
  await inFolder({ Dockerfile: dockerfile }, (context) =>
    engine.build(
      { dockerfile: join(context, "Dockerfile"), context, tag },
      { print: () => undefined, signal: never },
    ),
  );
  try {
    return await use(tag);
  } finally {
    await docker.getImage(tag).remove({ force: true });
  }
}

function linted(text: string, seen: ReadonlyMap<string, string>, file = "Dockerfile") {
  const uri = `file:///p/${file}`;
  const read = (asked: string) => (asked === uri ? text : seen.get(asked));
  const snapshot = { read, runFiles: file === "Dockerfile" ? [] : [uri] };
  return lintSeen({ uri, text, snapshot, settings: { rules: {}, target: undefined } }).findings;
}

// A child of a child: lint sees neither the Dockerfile of the base image nor a known name.
test.for(Object.entries(cases))("%s", async ([, { base, child = "", found }], context) => {
  const all = setup(context);
  await built(all, base, async (tag) => {
    const text = `FROM ${tag}\n${child}`;
    const { image } = await all.engine.look(tag, never);
    const facts = seenBase(image, tag);
    const seen = new Map([[seenUri(tag), JSON.stringify(facts)]]);
    const blind = linted(text, new Map());
    expect(blind.filter(({ grade }) => grade === "certain" || grade === "known")).toEqual([]);
    const findings = linted(text, seen).filter(({ severity }) => severity !== "hint");
    expect(findings.map(({ rule, severity, grade }) => `${rule} ${severity} ${grade}`).sort()).toEqual(found);
    const images = findings.map(({ message }) => message.args.images);
    expect(images).toEqual(images.map(() => `${tag} (${image.id.slice(0, 19)})`));
  });
});

test("a compose file that names the image alone", async (context) => {
  const all = setup(context);
  await built(all, boots, async (tag) => {
    const text = `services:\n  web:\n    image: ${tag}\n`;
    const { image } = await all.engine.look(tag, never);
    const seen = new Map([[seenUri(tag), seenText(image, tag) ?? ""]]);
    expect(linted(text, new Map(), "compose.yaml")).toEqual([]);
    const findings = linted(text, seen, "compose.yaml").filter(({ severity }) => severity === "error");
    expect(findings.map(({ rule, grade }) => `${rule} ${grade}`)).toEqual([
      "run-cgroup-writable certain",
      "run-tmpfs-run certain",
    ]);
  });
});

test("the command line inspects the images of the engine, and pulls none", async (context) => {
  const all = setup(context);
  const env = { ...process.env, DOCKER_HOST: `unix://${all.lab.socket}` };
  const before = await inventory(all);
  await built(all, "FROM systemd-test:252\n", (tag) =>
    inFolder({ Dockerfile: `FROM ${tag}\nFROM no/such:1\nFROM ${tag}\n` }, async (cwd) => {
      const cli = async (...args: string[]) => {
        const run = promisify(execFile)(process.execPath, [program, ...args], { cwd, env });
        const { stdout, code = 0 } = await run.catch((error) => error);
        return { code, out: String(stdout) };
      };
      const seen = await cli("inspect", "--format", "json", "Dockerfile");
      expect(seen.code).toBe(0);
      expect(JSON.parse(seen.out).images).toMatchObject([
        { reference: tag, found: true, systemd: 252, release: "12", command: ["/sbin/init"] },
        { reference: "no/such:1", found: false },
      ]);
      expect(await cli("inspect", "no/such:1")).toMatchObject({ code: 1 });
      const nowhere = ["--engine", "unix:///nowhere/engine.sock"];
      expect(await cli("inspect", ...nowhere, tag)).toEqual({ code: 3, out: "" });
      expect((await cli("lint", "Dockerfile")).code).toBe(0);
      const { code, out } = await cli("lint", "--inspect", "Dockerfile");
      expect(code).toBe(1);
      expect(out).toMatch(/\[image-stop-signal\]/);
      expect(out).toMatch(/Based on the contents of test-look-lint:1 \(sha256:[0-9a-f]{12}\)\./);
    }),
  );
  expect(await inventory(all)).toEqual(before);
});

test("the client sees an image, and by the engine's events that its name moves and goes", async (context) => {
  const all = setup(context);
  const before = await inventory(all);
  const told: SeenImageParams[] = [];
  const end = new AbortController();
  context.onTestFinished(() => end.abort());
  const { deps } = world();
  const inspection = openInspection(
    {
      ...deps,
      engine: { find: async () => ({ places: [placeOf(all.engine)] }) },
      server: { seenImage: async (params) => void told.push(params) },
      store: { read: async () => undefined, write: async () => undefined },
      enabled: () => true,
    },
    end.signal,
  );
  const reference = "test-look-lint:1";
  const seen = () => told.at(-1)?.image;
  inspection.asked(reference);
  inspection.asked("no/such:1");
  await built(all, `${boots}STOPSIGNAL SIGTERM\n`, async () => {
    await expect.poll(() => seen()?.stopSignal).toBe("SIGTERM");
    const first = seen()?.id ?? "";
    await all.docker.getImage("systemd-test:252").tag({ repo: "test-look-lint", tag: "1" });
    await expect.poll(() => seen()?.id).not.toBe(first);
    await all.docker.getImage(first).remove();
  });
  await expect.poll(() => told.at(-1)).toEqual({ reference, image: null });
  expect(told.filter((each) => each.reference !== reference)).toEqual([]);
  expect(await inventory(all)).toEqual(before);
});
