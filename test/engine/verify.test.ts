import { describe, expect, test } from "vitest";
import { clean } from "../../client/src/engine/container/console";
import { exec } from "../../client/src/engine/exec";
import type { VerifyRequest } from "../../client/src/ports";
import { readFaults, type UnitFault, unitsPresent } from "../../server/src/core/logs/verified";
import { faultyUnits } from "./faulty-units";
import { inventory, never, type Setup, useEngine } from "./setup";

/** The oldest and the newest systemd of the lab. Those between are compared if a variable of the environment is set. */
const systemds = [247, 262];
const between = [252, 257];
const isEvery = process.env.SYSTEMD_CONTAINERS_EVERY_SYSTEMD !== undefined;
const setup = useEngine("docker@28/v2", [
  "debian:12",
  ...[...systemds, ...between].map((systemd) => `systemd-test:${systemd}`),
]);

const folder = "/etc/systemd/system";
const files = Object.entries(faultyUnits).map(([name, text]) => ({ path: `${folder}/${name}`, text }));
const all = { files, paths: unitsPresent(files.map(({ path }) => path)) };

const requestOf = (systemd: number, more: Partial<VerifyRequest> = {}): VerifyRequest => {
  return { image: `systemd-test:${systemd}`, ...all, ...more };
};

/** An image with these files, removed in the end. */
async function withImage<T>(
  { docker }: Setup,
  base: string,
  put: readonly { readonly path: string; readonly text: string }[],
  use: (image: string) => Promise<T>,
): Promise<T> {
  const container = await docker.createContainer({ Image: base, Cmd: ["/bin/sleep", "1000"] });
  try {
    await container.start();
    for (const { path, text } of put)
      await exec(docker, container.id, ["/bin/sh", "-c", 'printf %s "$2" >"$1"', "sh", path, text]);
    await container.commit({ repo: "verify-test", tag: "1" });
    return await use("verify-test:1");
  } finally {
    await container.remove({ force: true, v: true });
    await docker.getImage("verify-test:1").remove({ force: true });
  }
}

/** What the command prints in the image, typed for one unit after the other: each line once. */
async function typed({ docker }: Setup, image: string, paths: readonly string[]): Promise<Set<string>> {
  const container = await docker.createContainer({ Image: image, Cmd: ["/bin/sleep", "1000"] });
  try {
    await container.start();
    const lines = new Set<string>();
    for (const path of paths) {
      const argv = ["systemd-analyze", "verify", "--man=no", path];
      const { stdout, stderr } = await exec(docker, container.id, argv);
      for (const line of clean(`${stdout}${stderr}`).split("\n")) lines.add(line.trimEnd());
    }
    return lines;
  } finally {
    await container.remove({ force: true, v: true });
  }
}

/** A fault as systemd-analyze prints it, with the template in place of its instance. */
function printed({ unit, path, line, says }: UnitFault): string[] {
  if (path !== undefined) return [line === undefined ? `${path}: ${says}` : `${path}:${line}: ${says}`];
  return [`${unit}: ${says}`, says];
}

const withoutInstance = (line: string) => line.replaceAll(/@(?:i|test_instance)\./g, "@.");
/** Where systemd finds a cycle first differs from run to run. */
const isOfCycle = (line: string) => /ordering cycle|Found dependency on|Unable to break cycle/.test(line);
const isSummary = (line: string) => /^Unit \S+ has a bad unit file setting\.$/.test(line);

describe("60 units with faults", () => {
  test("are 60", () => {
    expect(files.length).toBeGreaterThanOrEqual(60);
  });

  test.for([...systemds, ...(isEvery ? between : [])])(
    "systemd %i: the faults are the lines that systemd-analyze prints",
    { timeout: 200_000 },
    async (systemd, context) => {
      const both = setup(context);
      const before = await inventory(both);
      const verified = await both.engine.verifyUnits(requestOf(systemd), never);
      const faults = readFaults(verified?.units ?? [], new Map());
      const lines = await withImage(both, `systemd-test:${systemd}`, files, (image) =>
        typed(both, image, all.paths),
      );
      const theirs = [...lines].filter((line) => line !== "" && !isSummary(line)).map(withoutInstance);
      const ours = new Set(faults.flatMap(printed).map(withoutInstance));
      const missing = theirs.filter((line) => !ours.has(line));
      expect(missing.filter((line) => !isOfCycle(line))).toEqual([]);
      expect([theirs, [...ours]].map((all) => all.some(isOfCycle))).toEqual([true, true]);
      const isTheirs = (line: string) =>
        theirs.includes(withoutInstance(line)) || isSummary(line) || isOfCycle(line);
      expect(faults.filter((fault) => !printed(fault).some(isTheirs))).toEqual([]);
      expect(new Set(faults.map(({ unit }) => unit)).size).toBeGreaterThan(40);
      expect(await inventory(both)).toEqual(before);
    },
  );

  test.skipIf(isEvery)("systemd 252 and 257 are compared with SYSTEMD_CONTAINERS_EVERY_SYSTEMD", (context) =>
    context.skip(),
  );
});

describe("an image", () => {
  test("has its own units, which are verified in its own files and leave them as they are", async (context) => {
    const both = setup(context);
    const before = await inventory(both);
    const put = [
      { path: `${folder}/a.service`, text: "[Service]\nExecStart=/opt/none\nFoo=1\n" },
      { path: `${folder}/good.service`, text: "[Service]\nExecStart=/bin/true\n" },
    ];
    await withImage(both, "systemd-test:252", put, async (image) => {
      const { ownUnitFiles: units } = (await both.engine.look(image, never)).image;
      expect(units.toSorted()).toEqual(put.map(({ path }) => path));
      const request = { image, paths: units, files: [] };
      const { units: verified = [], executable } = (await both.engine.verifyUnits(request, never)) ?? {};
      expect(verified).toHaveLength(2);
      expect(verified.find(({ path }) => path.endsWith("/a.service"))?.output.split("\n")).toEqual([
        `${folder}/a.service:3: Unknown key 'Foo' in section [Service], ignoring.`,
        "a.service: Command /opt/none is not executable: No such file or directory",
      ]);
      expect(verified.find(({ path }) => path.endsWith("/good.service"))?.output).toBe("");
      expect(executable).toEqual([]);
    });
    expect(await inventory(both)).toEqual(before);
  });

  test("has a program in a directory of another user: it can be executed, as systemd's root can see", async (context) => {
    const both = setup(context);
    const put = [{ path: `${folder}/a.service`, text: "[Service]\nExecStart=/home/app/run\nUser=app\n" }];
    const { docker } = both;
    await withImage(both, "systemd-test:252", put, async (image) => {
      const container = await docker.createContainer({ Image: image, Cmd: ["/bin/sleep", "1000"] });
      try {
        await container.start();
        const script = "mkdir -m 700 /home/app; cp /bin/true /home/app/run; chown -R 1000 /home/app";
        await exec(docker, container.id, ["/bin/sh", "-c", script]);
        await container.commit({ repo: "verify-test", tag: "1" });
      } finally {
        await container.remove({ force: true, v: true });
      }
      const request = { image, paths: put.map(({ path }) => path), files: [] };
      const { units = [], executable } = (await both.engine.verifyUnits(request, never)) ?? {};
      expect(units[0]?.output).toContain("/home/app/run is not executable: Permission denied");
      expect(executable).toEqual(["/home/app/run"]);
    });
  });

  test("without systemd is not verified, and a cancel leaves nothing", async (context) => {
    const both = setup(context);
    const before = await inventory(both);
    expect(await both.engine.verifyUnits(requestOf(0, { image: "debian:12" }), never)).toBeUndefined();
    for (const milliseconds of [0, 50, 200, 400]) {
      const cancel = new AbortController();
      setTimeout(() => cancel.abort(), milliseconds);
      const verified = both.engine.verifyUnits(requestOf(252), cancel.signal).catch((error) => error.name);
      expect(["AbortError", undefined]).toContain(
        await verified.then((name) => (typeof name === "string" ? name : undefined)),
      );
    }
    expect(await inventory(both)).toEqual(before);
  });
});
