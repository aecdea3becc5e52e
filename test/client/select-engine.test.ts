import { describe, expect, test } from "vitest";
import type { Engine, EnginePlace, Memory, Ui } from "../../client/src/ports";
import { withIcon } from "../../client/src/text";
import { reasonWords } from "../../client/src/texts/places";
import { buttons, english, labels, notices, progress, sentencesOf, titles } from "./english";
import { fault, placeOf, told, world } from "./world";

const podmanUrl = "unix:///run/user/1000/podman/podman.sock";

/** Docker as the world has it, and Podman beside it. */
function two(docker: Engine): EnginePlace[] {
  const podman: Engine = {
    ...docker,
    name: "Podman 5.8.6",
    url: podmanUrl,
    facts: { engine: "podman", version: "5.8.6", cgroupVersion: 2 },
  };
  return [placeOf(docker), placeOf(podman)];
}

const silent: EnginePlace = {
  url: "unix:///run/podman/podman.sock",
  source: { code: "podman" },
  reason: { code: "permission" },
};

const second: Partial<Ui> = { pick: async (_title, choices) => choices[1]?.value };

describe("several engines answer", () => {
  test("the first command asks once, and the choice is kept for the workspace", async () => {
    const memory: Memory = {};
    const scene = world({ memory, find: (docker) => ({ places: [...two(docker), silent] }), ui: second });
    await scene.run("stop");
    expect(memory.engine).toEqual({ url: podmanUrl, name: "Podman 5.8.6" });
    expect(scene.events).toContain("facts: podman");

    const asked: unknown[] = [];
    const later = world({
      memory,
      find: (docker, where) => {
        asked.push(where);
        return { places: two(docker).filter(({ url }) => url === where.url) };
      },
    });
    await later.run("stop");
    expect(asked).toEqual([{ url: podmanUrl }]);
    expect(later.events.join()).not.toContain("picked");
    expect(later.events).toContain("facts: podman");
  });

  test("only one answers: nothing is asked, nothing kept", async () => {
    const memory: Memory = {};
    const { run, events } = world({ memory, find: (docker) => ({ places: [silent, placeOf(docker)] }) });
    await run("stop");
    expect(events.join()).not.toContain("picked");
    expect(memory).toEqual({});
  });

  test("dismissing the question ends the command without a word and connects to nothing", async () => {
    const { run, events } = world({
      find: (docker) => ({ places: two(docker) }),
      ui: { pick: async () => undefined },
    });
    expect(await run("buildAndBoot")).toEqual([]);
    expect(events).toEqual([`progress: ${progress.connecting()}`]);
  });
});

describe("the chosen engine does not answer any more", () => {
  const chosen = () => ({ engine: { url: podmanUrl, name: "Podman 5.8.6" } }) as Memory;

  test("it is said and forgotten, and another is used only after asking", async () => {
    const memory = chosen();
    const { run, events } = world({
      memory,
      find: (docker, { url }) => {
        if (url === podmanUrl) throw fault({ code: "no-engine", tried: [] });
        return { places: [placeOf(docker)] };
      },
    });
    await run("stop");
    expect(events.slice(0, 4)).toEqual([
      `progress: ${progress.connecting()}`,
      told("warning", notices.engineCleared("Podman 5.8.6", podmanUrl)),
      `picked: ${titles.selectEngine()} $(vm) Docker 28.5.2`,
      "facts: docker",
    ]);
    expect(memory.engine?.url).toBe("unix:///var/run/docker.sock");
  });

  test("it is kept while no engine answers at all", async () => {
    const memory = chosen();
    const { run, events } = world({ memory, noEngine: fault({ code: "no-engine", tried: [] }) });
    await run("stop");
    expect(events.join()).toContain(sentencesOf({ code: "no-engine", tried: [] }));
    expect(memory).toEqual(chosen());
  });
});

describe("Select Engine", () => {
  test("lists what answers first, what does not with the reason, and tells what is used from now on", async () => {
    const listed: unknown[] = [];
    const memory: Memory = { engine: { url: "unix:///var/run/docker.sock", name: "Docker 28.5.2" } };
    const asked: unknown[] = [];
    const { run } = world({
      memory,
      find: (docker, where) => {
        asked.push(where);
        return { places: [silent, ...two(docker)] };
      },
      ui: {
        pick: async (_title, choices) => {
          listed.push(
            ...choices.map(({ icon, label, description, detail }) => [
              withIcon(icon, label),
              description,
              detail,
            ]),
          );
          return choices[1]?.value;
        },
      },
    });
    expect(await run("selectEngine")).toEqual([
      told("info", notices.engineSelected("Podman 5.8.6", podmanUrl)),
    ]);
    expect(asked).toEqual([{ everywhere: true }]);
    expect(listed).toEqual([
      ["$(vm) Docker 28.5.2", labels.selectedEngine("Docker"), "unix:///var/run/docker.sock"],
      ["$(vm) Podman 5.8.6", "Podman", podmanUrl],
      [
        "$(circle-slash) Podman",
        reasonWords(english, { code: "permission" }).message,
        "unix:///run/podman/podman.sock",
      ],
    ]);
    expect(memory.engine).toEqual({ url: podmanUrl, name: "Podman 5.8.6" });
  });

  test("picking one that does not answer says why and what to do, and changes nothing", async () => {
    const memory: Memory = {};
    const { message, hint } = reasonWords(english, { code: "permission" });
    const { run } = world({ memory, find: () => ({ places: [silent] }) });
    expect(await run("selectEngine")).toEqual([
      told("warning", `${notices.notConnected("unix:///run/podman/podman.sock", message)} ${hint}`),
    ]);
    expect(memory).toEqual({});
  });

  test("an engine that is named leaves no choice, and who names it is said", async () => {
    const { run, events } = world({
      find: (docker) => ({ namedBy: { code: "variable", name: "DOCKER_HOST" }, places: [placeOf(docker)] }),
    });
    expect(await run("selectEngine")).toEqual([
      told(
        "info",
        notices.engineNamed("Docker 28.5.2", "unix:///var/run/docker.sock", "DOCKER_HOST"),
        buttons.openSettings(),
      ),
    ]);
    expect(events.join()).not.toContain("picked");
  });
});
