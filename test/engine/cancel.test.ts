import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { build } from "../../client/src/engine/build/build";
import { prove } from "../../client/src/engine/container/prove";
import type { BuildJob } from "../../client/src/ports";
import { buildText } from "../../client/src/texts/build-output";
import { proofDockerfile } from "../../client/src/texts/proof";
import { inFolder, inventory, never, rejection, type Setup, shownOf, startRequest, useEngine } from "./setup";

const tag = "test-cancel:1";

describe.each(["docker@28/v2", "podman@5/v2"])("%s: a cancel leaves all as it was", (name) => {
  const setup = useEngine(name, ["debian:12", "systemd-test:252"]);
  let all: Setup;
  let before: readonly string[];
  beforeEach(async (context) => {
    all = setup(context);
    before = await inventory(all);
  });
  afterEach(async () => {
    if (before) expect(await inventory(all)).toEqual(before);
  });

  /** Builds an image with these words in it under the tag. */
  const built = (words: string, signal = never, print: BuildJob["print"] = () => undefined) =>
    inFolder({ Dockerfile: `FROM debian:12\nRUN echo ${words} >/words\n` }, (folder) =>
      build(
        all.connection,
        { dockerfile: join(folder, "Dockerfile"), context: folder, tag },
        { print, signal },
      ),
    );
  const id = async () => (await all.docker.getImage(tag).inspect()).Id;

  test("a name that stood for nothing does so again", async () => {
    const undo = await all.engine.rememberImage(tag);
    await built("one");
    await undo();
    expect(await rejection(id())).toMatchObject({ statusCode: 404 });
  });

  test("a name that stood for another image stands for that again, and the new one is gone", async () => {
    await built("one");
    const one = await id();
    const undo = await all.engine.rememberImage(tag);
    await built("two");
    expect(await id()).not.toBe(one);
    await undo();
    expect(await id()).toBe(one);
    await all.docker.getImage(tag).remove();
  });

  test("an image that has other names, or was there, stays", async () => {
    await built("one");
    await all.docker.getImage(tag).tag({ repo: "test-cancel", tag: "other" });
    const undo = await all.engine.rememberImage(tag);
    await undo();
    const one = await id();
    await all.docker.getImage(tag).remove();
    const again = await all.engine.rememberImage(tag);
    await all.docker.getImage("test-cancel:other").tag({ repo: "test-cancel", tag: "1" });
    await again();
    expect(await rejection(id())).toMatchObject({ statusCode: 404 });
    expect((await all.docker.getImage("test-cancel:other").inspect()).Id).toBe(one);
    await all.docker.getImage("test-cancel:other").remove();
  });

  test("a build that is cancelled at its last step leaves no image, and an earlier one of its name stays", async () => {
    await built("one");
    const one = await id();
    const cancel = new AbortController();
    const building = built("two", cancel.signal, (output) => {
      if (/two/.test(buildText(output))) cancel.abort();
    });
    expect((await rejection(building)).name).toBe("AbortError");
    expect(await id()).toBe(one);
    await all.docker.getImage(tag).remove();
  });

  test("a proof leaves nothing, whether it boots, fails or is cancelled", async () => {
    const silent = () => undefined;
    const { create } = startRequest("systemd-test:252", "");
    // The lab has no network for Podman, which also sets up automatically what Docker needs options for.
    const podman = {
      ...{ Entrypoint: ["/sbin/init"], Tty: true, StopSignal: "SIGRTMIN+3" },
      HostConfig: { NetworkMode: "none" },
    };
    const start = all.engine.facts.engine === "podman" ? { ...create, body: podman } : create;
    const request = { image: "systemd-test:252", start, seconds: 60 };
    const local = await prove(all.connection, request, { report: silent, print: silent, signal: never });
    expect(local).toMatchObject({ report: { state: "running" }, stopped: { exitCode: 0 } });

    const based = await prove(
      all.connection,
      { ...request, dockerfile: proofDockerfile("systemd-test:252") },
      { report: silent, print: silent, signal: never },
    );
    expect(based).toMatchObject({ report: { state: "running" }, stopped: { exitCode: 0 } });

    const without = await rejection(
      prove(
        all.connection,
        { ...request, image: "debian:12" },
        { report: silent, print: silent, signal: never },
      ),
    );
    expect(shownOf(without)).toContain("/sbin/init");

    const cancel = new AbortController();
    // This boot lasts longer than the first report takes, however fast the computer is.
    const Entrypoint = ["/bin/sh", "-c", "echo booting; sleep 2; exec /sbin/init"];
    const slow = { ...start, body: { ...start.body, Entrypoint, Cmd: undefined } };
    const cancelled = prove(
      all.connection,
      { ...request, start: slow },
      {
        report: () => cancel.abort(),
        print: silent,
        signal: cancel.signal,
      },
    );
    expect((await rejection(cancelled)).name).toBe("AbortError");
  });
});
