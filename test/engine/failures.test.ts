import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { build } from "../../client/src/engine/build/build";
import type { BuildOutput } from "../../client/src/ports";
import { buildText } from "../../client/src/texts/build-output";
import {
  inFolder,
  inventory,
  never,
  rejection,
  type Setup,
  shownOf,
  startRequest,
  useEngine,
  withBody,
} from "./setup";

const setup = useEngine("docker@28/v2", ["debian:12", "systemd-test:252"]);

let all: Setup;
let before: readonly string[];
beforeEach(async (context) => {
  all = setup(context);
  before = await inventory(all);
});

afterEach(async () => {
  if (before) expect(await inventory(all)).toEqual(before);
});

/** Builds these files and gives what it rejects with, and what was printed. */
async function failedBuild(files: Record<string, string>, signal = never, more: object = {}) {
  let output = "";
  const error = await inFolder(files, (folder) => {
    const request = { dockerfile: join(folder, "Dockerfile"), context: folder, tag: "test-fails:1", ...more };
    return rejection(
      build(all.connection, request, {
        print: (more) => {
          output += buildText(more);
        },
        signal,
      }),
    );
  });
  return { error, output };
}

describe("builds that fail", () => {
  test("a step that fails: its words, its exit code, its line", async () => {
    const Dockerfile = 'FROM debian:12\n\n# comment\nRUN echo said; \\\n    exit 3\nCMD ["x"]\n';
    const { error, output } = await failedBuild({ Dockerfile });
    expect(error).toMatchObject({
      code: "build-failed",
      step: { text: expect.stringMatching(/^RUN echo said;\s+exit 3$/), exitCode: "3" },
      line: 3,
    });
    expect(output).toMatch(/#\d+ said\n/);
  });

  test("a step is not taken for another failure by the words in it", async () => {
    const Dockerfile = 'FROM debian:12\nRUN echo "unauthorized: no space left on device"; exit 3\n';
    const { error } = await failedBuild({ Dockerfile });
    expect(error).toMatchObject({ code: "build-failed", line: 1 });
  });

  test("a heredoc that fails in a stage of several", async () => {
    const Dockerfile =
      "FROM debian:12 AS first\nRUN true\nFROM debian:12\nRUN true\nRUN <<END\nset -e\nfalse\nEND\n";
    const { error } = await failedBuild({ Dockerfile });
    const step = { text: expect.stringMatching(/^RUN <<END/), exitCode: "1" };
    expect(error).toMatchObject({ code: "build-failed", line: 4, step });
  });

  test("a Dockerfile that cannot be parsed", async () => {
    const { error } = await failedBuild({ Dockerfile: "FROM debian:12\nRUN true\nRNU true\n" });
    const said = expect.stringContaining("unknown instruction: RNU");
    expect(error).toMatchObject({ code: "build-failed", line: 2, said });
  });

  test("a file that the context does not have", async () => {
    const { error } = await failedBuild({
      Dockerfile: "FROM debian:12\nARG f=absent\nCOPY $f /\n",
      ".dockerignore": "x\n",
    });
    const said = expect.stringContaining('"/absent": not found');
    expect(error).toMatchObject({ code: "build-failed", line: 2, said, missing: "absent" });
  });

  test("a stage that is not there", async () => {
    const { error } = await failedBuild({ Dockerfile: "FROM debian:12\n" }, never, { target: "nope" });
    expect(error).toMatchObject({ code: "build-failed", said: expect.stringContaining("nope") });
  });

  test("a base image that no registry can be asked for, or none has", async () => {
    const { error } = await failedBuild({ Dockerfile: "FROM debian:12\nFROM 127.0.0.1:9/no/such:1\n" });
    expect(error).toMatchObject({
      code: "registry",
      lacks: "connection",
      host: "127.0.0.1:9",
      line: 1,
    });
  });

  test("a value of a build argument is nowhere in the error or the output", async () => {
    const { error, output } = await failedBuild(
      { Dockerfile: 'FROM debian:12\nARG secret\nRUN test -z "$secret"\n' },
      never,
      { buildArgs: { secret: "p4ss $(x) 'word'" } },
    );
    expect(error).toMatchObject({ code: "build-failed", line: 2 });
    expect(shownOf(error) + error.message + output + JSON.stringify(error)).not.toContain("p4ss");
  });

  test("a cancelled build ends at once", async () => {
    const cancel = new AbortController();
    let running = Promise.resolve("");
    const print = (output: BuildOutput) => {
      if (/^#\d+ began\n/.test(buildText(output))) {
        // The shell reports it before its child becomes sleep.
        running = vi.waitUntil(sleepers, { timeout: 40_000 }).finally(() => cancel.abort());
      }
    };
    const started = performance.now();
    const error = await inFolder({ Dockerfile: "FROM debian:12\nRUN echo began; sleep 60\n" }, (folder) => {
      const request = { dockerfile: join(folder, "Dockerfile"), context: folder, tag: "test-fails:1" };
      return rejection(all.engine.build(request, { print, signal: cancel.signal }));
    });
    expect(error.name).toBe("AbortError");
    expect(performance.now() - started).toBeLessThan(55_000);
    expect(await running).not.toBe("");
    await expect.poll(sleepers).toBe("");
  });
});

/** What sleeps in the engine's namespaces, containers of builds among it. */
async function sleepers(): Promise<string> {
  const { stdout } = await all.lab.exec(["sh", "-c", "grep -lsz '^sleep$' /proc/[0-9]*/cmdline || true"]);
  return stdout.trim();
}

describe("containers that cannot be started", () => {
  test("an image that is not there", async () => {
    const error = await rejection(all.engine.start(startRequest("no/such:image", "test-missing"), never));
    expect(error).toMatchObject({
      code: "image-missing",
      image: "no/such:image",
    });
  });

  test("a name that is taken: the next free one is told", async () => {
    const first = await all.engine.start(startRequest("systemd-test:252", "test-name"), never);
    const second = await all.engine.start(startRequest("systemd-test:252", "test-name-2"), never);
    try {
      const error = await rejection(all.engine.start(startRequest("systemd-test:252", "test-name"), never));
      expect(error).toMatchObject({
        code: "name-taken",
        taken: "test-name",
        instead: { name: "test-name-3" },
      });
    } finally {
      await all.engine.remove(first);
      await all.engine.remove(second);
    }
  });

  test("a program that is not there: nothing is left", async () => {
    const request = withBody(startRequest("systemd-test:252", "test-no-init"), { Cmd: ["/nowhere/init"] });
    const error = await rejection(all.engine.start(request, never));
    expect(shownOf(error)).toContain("/nowhere/init");
  });

  test("an option that the engine does not know", async () => {
    const request = startRequest("systemd-test:252", "test-option", { SecurityOpt: ["no-such-option=1"] });
    const error = await rejection(all.engine.start(request, never));
    expect(error).toMatchObject({ code: "refused", said: expect.stringContaining("no-such-option") });
  });

  test("a start that is cancelled leaves no container", async () => {
    const cancel = new AbortController();
    const start = all.engine.start(startRequest("systemd-test:252", "test-cancelled"), cancel.signal);
    cancel.abort();
    expect((await rejection(start)).name).toBe("AbortError");
  });
});
