import { describe, expect, test } from "vitest";
import type { EngineHost, Memory, Where } from "../../client/src/ports";
import { buttons, joined, questions, refusals } from "./english";
import { placeOf, told, world } from "./world";

const address = "tcp://build.example:2376";

/** A world whose settings name an engine; what was searched for, and what was asked. */
function named(host: EngineHost | undefined, memory: Memory = {}, allowed = true) {
  const searched: Where[] = [];
  const asked: string[] = [];
  const scene = world({
    memory,
    find: (engine, where) => {
      searched.push(where);
      return { places: [placeOf(engine)] };
    },
    ui: {
      engineHost: () => host,
      findFiles: async () => ["file:///work/web/compose.yaml"],
      confirm: async (question, detail, yes) => {
        asked.push(`${question} ${detail} [${yes}]`);
        return allowed;
      },
    },
  });
  return { ...scene, searched, asked, memory };
}

const ofWorkspace = { address, fromWorkspace: true };

describe("an engine that the settings of a workspace name", () => {
  test("is confirmed only when it is first used", async () => {
    const scene = named(ofWorkspace);
    await scene.run("checkEngine");
    const [question, detail, yes] = questions.useEngine(address);
    expect(scene.asked).toEqual([`${question} ${detail} [${yes}]`]);
    expect(scene.searched).toEqual([{ host: address }]);
    await scene.run("checkEngine");
    await scene.run("selectEngine");
    expect(scene.asked).toHaveLength(1);
    expect(scene.searched.every(({ host }) => host === address)).toBe(true);
    // Another window of the workspace remembers it.
    const later = named(ofWorkspace, { hosts: scene.memory.hosts });
    await later.run("checkEngine");
    expect(later.asked).toEqual([]);
  });

  test("is remembered for its address alone", async () => {
    const scene = named({ address: "tcp://other.example:2376", fromWorkspace: true }, { hosts: [address] });
    await scene.run("checkEngine");
    expect(scene.asked).toHaveLength(1);
    expect(scene.memory.hosts).toEqual([address, "tcp://other.example:2376"]);
  });

  test.each([
    "buildAndBoot",
    "selectEngine",
    "checkEngine",
    "stop",
    "bootImage",
    "bootComposeProject",
    "openShell",
  ])("is not contacted if the user declines: %s", async (command) => {
    const scene = named(ofWorkspace, { engine: { url: "unix:///chosen.sock", name: "chosen" } }, false);
    const shown = await scene.run(command);
    expect(shown.at(-1)).toBe(
      told("error", joined(refusals.engineDeclined(address)), buttons.openSettings()),
    );
    expect(scene.searched).toEqual([]);
    expect(scene.memory.hosts).toBeUndefined();
    await scene.press(buttons.openSettings());
    expect(scene.events.at(-1)).toBe("settings: systemdContainers.engine.host");
    // The next use asks again.
    await scene.run(command);
    expect(scene.asked).toHaveLength(2);
  });

  test("cannot hide what it is", async () => {
    const scene = named({ address: "tcp://a\u202e.example\n[x](command:y)", fromWorkspace: true });
    await scene.run("checkEngine");
    expect(scene.asked[0]).toContain("tcp://a\\u202e.example [x]\u2060(command:y)?");
  });
});

test("an engine that the user's settings name, or nobody, is used without a question", async () => {
  const own = named({ address, fromWorkspace: false });
  await own.run("checkEngine");
  expect([own.asked, own.searched]).toEqual([[], [{ host: address }]]);
  const none = named(undefined);
  await none.run("checkEngine");
  expect([none.asked, none.searched]).toEqual([[], [{ host: undefined }]]);
});
