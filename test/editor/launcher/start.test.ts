import assert from "node:assert/strict";
import { describe, it } from "mocha";
import type { Engine } from "../../lab";
import { patiently } from "../patiently";
import { engineForStart, type Machine } from "../start-engine";

describe("the engine of npm start", () => {
  /** A computer without engines that can run the lab's, unless `given` reports otherwise. */
  function machine(given: Partial<Machine> = {}) {
    const said: string[] = [];
    const done: string[] = [];
    const engine = {
      name: "docker@28/v2",
      socket: "/lab/engine.sock",
      ensureImage: async (image: string) => void done.push(image),
      stop: async () => void done.push("stopped"),
    } as Partial<Engine> as Engine;
    const it: Machine = {
      answers: async () => false,
      hasLab: true,
      startLab: async () => {
        done.push("started");
        return engine;
      },
      say: (line) => said.push(line),
      ...given,
    };
    return { said, done, start: (...args: string[]) => engineForStart(args, it) };
  }

  it("is a private one where no other answers, with the images of the examples, until it is stopped", async () => {
    const { said, done, start } = machine();
    const { address, stop } = await start();
    assert.equal(address, "unix:///lab/engine.sock");
    assert.deepEqual(done, ["started", "debian:11", "debian:12"]);
    await stop();
    assert.equal(done.at(-1), "stopped");
    assert.match(said.join("\n"), /starting a private one.*\n.*debian:11.*\n.*debian:12.*\n.*engine\.sock/);
  });

  it("is left to the editor where one answers, and nothing is said", async () => {
    const { said, done, start } = machine({ answers: async () => true });
    assert.equal((await start()).address, undefined);
    assert.deepEqual([said, done], [[], []]);
  });

  it("is not started where it cannot be, or is left out: one line says what to install", async () => {
    const startLab = async () => ({ skipped: "docker@28/v2: it needs cgroups" });
    for (const [given, args] of [
      [{ hasLab: false }, []],
      [{}, ["--no-lab"]],
      [{ startLab }, []],
      [{ startLab: () => Promise.reject(new Error("it did not come up")) }, []],
    ] as const) {
      const { said, done, start } = machine(given);
      assert.equal((await start(...args)).address, undefined);
      assert.deepEqual(done, []);
      assert.match(said.at(-1) ?? "", /Docker \(https:.*\) or Podman \(https:.*\)\.$/);
    }
  });

  it("tells of what goes on, and no more once it is over", async () => {
    const said: string[] = [];
    assert.equal(await patiently((line) => said.push(line), "Doing it", Promise.resolve(7)), 7);
    assert.deepEqual(said, ["Doing it …"]);
  });
});
