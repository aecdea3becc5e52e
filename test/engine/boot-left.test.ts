import { readdir, readFile } from "node:fs/promises";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { english } from "../../server/src/cli/boot/english";
import { bootTexts } from "../../server/src/cli/boot-texts";
import type { BootRow } from "../../server/src/cli/formats/format";
import { beginBoot, boots, type Files, stuck, withUnit } from "./boot-cli";
import { inFolder, inventory, type Setup, useEngine } from "./setup";

// What `boot` leaves: nothing, and after a kill -9 what the next one offers to remove.
const setup = useEngine("docker@28/v2", ["systemd-test:252"]);

/** A few boots in a row, or as many as a variable of the environment sets: 50 take a few minutes. */
const rounds = Number(process.env.SYSTEMD_CONTAINERS_BOOTS ?? 5);

let all: Setup;
let before: readonly string[];
beforeEach(async (context) => {
  all = setup(context);
  before = await inventory(all);
});

afterEach(async () => {
  if (before) expect(await inventory(all)).toEqual(before);
});

/** Everything that can be left: what the engine keeps, its build cache, and temporary files. */
async function traces(temporary: string) {
  const { docker } = all;
  const networks = (await docker.listNetworks()).map(({ Name }) => Name);
  const { BuildCache = [] } = await docker.df();
  const kinds = (BuildCache as readonly CacheRecord[]).map(({ Type, Description }) => {
    return `${Type} ${Description.replace(/[\w-]{20,}/g, "ID")}`;
  });
  return {
    kept: await inventory(all),
    networks: networks.sort(),
    // Of each build the engine keeps the context that was sent, until it cleans its cache; of the rest, one of a kind.
    cache: [...new Set(kinds)].sort(),
    temporary: await readdir(temporary),
  };
}

interface CacheRecord {
  readonly Type: string;
  readonly Description: string;
}

/**
 * The processes that use a directory for temporary files. Without one, no connection to the engine is held. The engine's
 * own ends of connections are not counted: dockerd closes some of them only when it collects its heap.
 */
async function processesOf(temporary: string): Promise<string[]> {
  const ids = (await readdir("/proc")).filter((name) => /^\d+$/.test(name));
  const environments = ids.map((id) => readFile(`/proc/${id}/environ`, "utf8").catch(() => ""));
  const used = (await Promise.all(environments)).map((text) => text.includes(`TMPDIR=${temporary}\0`));
  return ids.filter((_, at) => used[at]);
}

test(`${rounds} boots in a row leave nothing`, { timeout: 60_000 + rounds * 30_000 }, async () => {
  await inFolder(boot("RUN echo built >/built"), (folder) =>
    inFolder({}, async (temporary) => {
      const once = async () => {
        const args = ["--format", "json", "compose.yaml#db"];
        const { ended } = beginBoot(all.lab, folder, args, { env: { TMPDIR: temporary } });
        await expect.poll(() => processesOf(temporary)).not.toEqual([]);
        const { code, out, err } = await ended;
        expect(code, out || err).toBe(0);
      };
      await once();
      const first = await traces(temporary);
      for (let round = 0; round < rounds; round++) await once();
      expect(await traces(temporary)).toEqual(first);
      expect(await processesOf(temporary)).toEqual([]);
      expect(first.temporary).toEqual([]);
      expect(first.kept).toEqual(before);
    }),
  );
});

/** A compose service with a volume, and an image that is built by these lines. */
function boot(lines: string): Files {
  return {
    Dockerfile: boots.replace("CMD", `${lines}\nCMD`),
    "compose.yaml":
      "services:\n  db:\n    build: .\n    volumes: [data:/var/lib/data]\nvolumes: {data: {}}\n",
  };
}

/** What is printed to remove what is left: command lines of the engine's program. */
const removals = (text: string) => text.split(/\r?\n/).filter((line) => line.startsWith("docker "));

/** Boots an image that is there, without a terminal: what it prints about what is left. */
async function toldOf(folder: string) {
  const { code, err } = await beginBoot(all.lab, folder, ["systemd-test:252"]).ended;
  expect(code, err).toBe(0);
  return { isTold: err.includes(bootTexts.leftBefore), lines: removals(err) };
}

/** Starts a boot, and kills it when it has reported that. */
async function killed(folder: string, what: string, reported: string) {
  const { child, ended, err } = beginBoot(all.lab, folder, [what]);
  await expect.poll(err).toContain(reported);
  child.kill("SIGKILL");
  await ended;
}

describe("after a kill -9", () => {
  test("of a boot, the next call says what is left, and the lines that it prints remove it", async () => {
    await inFolder(withUnit(stuck), async (folder) => {
      await killed(folder, "Dockerfile", english("Waiting for systemd"));
      const { isTold, lines } = await toldOf(folder);
      expect([isTold, lines.length]).toEqual([true, 2]);
      for (const line of lines) {
        const { code, stderr } = await all.lab.exec(line.split(" "), {});
        expect(code, stderr).toBe(0);
      }
      expect(await toldOf(folder)).toEqual({ isTold: false, lines: [] });
    });
  });

  test("of a build, only its volume is left; at a terminal the next call asks, and removes it only if told to", async () => {
    await inFolder(boot("RUN echo in-the-build && sleep 100"), async (folder) => {
      await killed(folder, "compose.yaml#db", "in-the-build");
      const answered = async (answer: string) => {
        const next = beginBoot(all.lab, folder, ["systemd-test:252"], { atTerminal: true });
        await expect.poll(next.out).toContain(bootTexts.removeNow);
        next.child.stdin.write(`${answer}\n`);
        const { code, out } = await next.ended;
        expect(code, out).toBe(0);
        return { lines: removals(out), isRemoved: out.includes(bootTexts.removed) };
      };
      const volume = [expect.stringMatching(/^docker volume rm systemd-containers-boot-\S+_data$/)];
      expect(await answered("")).toEqual({ lines: volume, isRemoved: false });
      expect(await answered("y")).toEqual({ lines: volume, isRemoved: true });
    });
  });

  test("a boot that goes on is not offered, and goes on when what another one left is removed", async () => {
    await inFolder(withUnit(stuck), async (folder) => {
      const args = ["--format", "json", "--timeout", "45", "Dockerfile"];
      const living = beginBoot(all.lab, folder, args);
      await expect.poll(living.err).toContain(english("Waiting for systemd"));
      expect(await toldOf(folder)).toEqual({ isTold: false, lines: [] });
      await killed(folder, "Dockerfile", english("Waiting for systemd"));
      const [, mine] = await names();
      const next = beginBoot(all.lab, folder, ["systemd-test:252"], { atTerminal: true });
      await expect.poll(next.out).toContain(bootTexts.removeNow);
      next.child.stdin.write("y\n");
      expect((await next.ended).code).toBe(0);
      expect(await names()).toEqual([mine]);
      living.child.kill("SIGINT");
      const row: BootRow = JSON.parse((await living.ended).out);
      expect([row.state, row.endedBy, row.removeBy]).toEqual(["starting", "interrupted", []]);
    });
  });
});

/** The containers that run, the newest first. */
const names = async () => (await all.docker.listContainers()).map(({ Names }) => Names.join());
