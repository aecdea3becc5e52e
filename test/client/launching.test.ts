import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { runTask, type TaskDefinition } from "../../client/src/flows/task";
import type { LaunchConfiguration, Memory, Ui } from "../../client/src/ports";
import { buildReasons } from "../../client/src/texts/build-reasons";
import { prose } from "../../client/src/views/markdown";
import {
  buttons,
  commandReport,
  english,
  joined,
  labels,
  notes,
  notices,
  questions,
  refusals,
  sentencesOf,
  titles,
} from "./english";
import { afterBoot, dockerfile, fault, someLook, somePlan, someReport, told, world } from "./world";

const stages = ["build", "final"];
const withArguments = { ...somePlan, arguments: [{ name: "VERSION", value: "12" }, { name: "API_TOKEN" }] };

describe("how a Dockerfile is built", () => {
  test("is asked for once: the stage, and the arguments without a default", async () => {
    const memory: Memory = {};
    const plan = { ...withArguments, stages };
    const requests: unknown[] = [];
    const given = {
      memory,
      server: { plan: async () => plan },
      engine: { build: async (request: unknown) => void requests.push(request) },
    };
    const first = world(given);
    await first.run("build");
    expect(first.events.filter((event) => /picked|asked/.test(event))).toEqual([
      `picked: ${titles.selectStage()} final, build`,
      `asked: ${titles.buildArgument("API_TOKEN")}`,
    ]);
    const second = world(given);
    expect(await second.run("build")).toEqual([
      told("info", notices.built("web:systemd", "0.1"), buttons.buildAndBoot(), buttons.changeBuildOptions()),
    ]);
    expect(second.events.join()).not.toMatch(/picked|asked/);
    expect(requests[1]).toEqual(requests[0]);
    expect(requests[0]).toMatchObject({ buildArgs: { API_TOKEN: "answer" } });
  });

  test("uses no cache where that is asked for, and uses it again the next time", async () => {
    const requests: unknown[] = [];
    const scene = world({ engine: { build: async (request) => void requests.push(request.noCache) } });
    await scene.run("rebuild");
    await scene.run("build");
    expect(requests).toEqual([true, undefined]);
  });

  test("keeps secrets out of what is written to disk, and out of what is printed", async () => {
    const memory: Memory = {};
    const printed: string[] = [];
    const { run } = world({
      memory,
      server: { plan: async () => withArguments },
      ui: { ask: async () => "hunter2", print: (text) => printed.push(text) },
    });
    await run("build");
    expect(JSON.stringify(memory.builds)).not.toContain("hunter2");
    expect(memory.secrets).toEqual({ [dockerfile]: { API_TOKEN: "hunter2" } });
    expect(printed.join("")).toContain("(API_TOKEN)");
    expect(printed.join("")).not.toContain("hunter2");
  });

  test("is not asked for what a dismissed question would have said", async () => {
    const { run, events, deps } = world({
      server: { plan: async () => withArguments },
      ui: { ask: async () => undefined },
    });
    expect(await run("build")).toEqual([]);
    expect(events.join()).not.toContain("built");
    expect(deps.memory.builds).toBeUndefined();
  });

  test("is asked for anew when the stage is gone", async () => {
    const memory: Memory = { builds: { [dockerfile]: { stage: "old", arguments: {} } } };
    const { run, events } = world({ memory, server: { plan: async () => ({ ...somePlan, stages }) } });
    await run("build");
    expect(events).toContain(`picked: ${titles.selectStage()} final, build`);
  });

  test("is not built at a stage that it does not have", async () => {
    const scene = world({
      server: { plan: async () => ({ ...somePlan, stages }) },
      ui: { launches: () => [{ name: "x", dockerfile: "web/Dockerfile", stage: "gone" }] },
    });
    expect(await scene.run("launch", "x")).toEqual([
      told("error", notices.noStage("web/Dockerfile", "gone")),
    ]);
    expect(scene.events.join()).not.toContain("built");
  });

  test("is changed by picking what to change, and forgotten by nobody", async () => {
    const memory: Memory = {};
    const answers = ["VERSION", labels.platform(), "linux/arm64", labels.stage(), "build", undefined];
    const asked: string[] = [];
    const { run } = world({
      memory,
      server: { plan: async () => ({ ...withArguments, stages }) },
      ui: {
        pick: async (title, choices) => {
          asked.push(title);
          const wanted = answers.shift();
          return choices.find(({ label }) => label === wanted)?.value;
        },
        ask: async (_title, { value }) => `${value}.5`,
      },
    });
    await run("changeBuildOptions");
    expect(memory.builds).toEqual({
      [dockerfile]: { stage: "build", arguments: { VERSION: "12.5" }, platform: "linux/arm64" },
    });
    expect(asked[0]).toBe(titles.buildOptions("web/Dockerfile"));

    const requests: unknown[] = [];
    const next = world({
      memory,
      server: { plan: async () => ({ ...somePlan, stages }) },
      engine: { build: async (request) => void requests.push(request) },
    });
    await next.run("buildAndBoot");
    expect(requests).toMatchObject([
      { target: "build", tag: "web-build:systemd", platform: "linux/arm64", buildArgs: { VERSION: "12.5" } },
    ]);
  });

  test("builds at once where that is picked", async () => {
    const { run, events } = world();
    await run("changeBuildOptions");
    expect(events.at(-1)).toBe(`runs systemdContainers.build ${dockerfile}`);
  });
});

test("Boot with Debug Log asks the plan for it and shows what systemd said", async () => {
  const asked: unknown[] = [];
  const printed: string[] = [];
  const { run, events } = world({
    server: {
      plan: async ({ options }) => {
        asked.push(options?.debug);
        return somePlan;
      },
    },
    engine: { boot: async () => ({ ...someReport, log: "Enqueued job" }) },
    ui: { print: (text) => printed.push(text) },
  });
  await run("bootWithDebugLog");
  expect(asked).toEqual([true]);
  expect(printed.join("")).toContain("Enqueued job");
  expect(events).toContain("shows the output");
});

describe("Boot Image", () => {
  test("inspects the selected image, plans it, and boots it without building", async () => {
    const asked: unknown[] = [];
    const { run, events } = world({
      server: {
        plan: async (params) => {
          asked.push(params);
          return somePlan;
        },
      },
    });
    expect(await run("bootImage")).toEqual([
      told("info", notices.booted("fedora-init-1-systemd", "1.2"), ...afterBoot),
    ]);
    expect(asked).toMatchObject([{ image: someLook.image, reference: "fedora-init:1" }]);
    expect(events.join()).not.toContain("built");
    expect(events).toContain("started fedora-init-1-systemd");
  });

  test("asks before it boots systemd in place of another program, and before it needs an emulator", async () => {
    const image = { ...someLook.image, command: ["bash", "-l"] };
    const boots = "no" as const;
    const { run, events } = world({
      engine: { look: async () => ({ image, architecture: "arm64", native: false, units: [] }) },
      server: { plan: async () => ({ ...somePlan, boots }) },
    });
    await run("bootImage", "reg:5000/me/tool:2");
    expect(events.filter((event) => event.startsWith("asked"))).toEqual([
      `asked: ${questions.emulate("reg:5000/me/tool:2", "arm64")[0]}`,
      `asked: ${questions.bootSystemd("reg:5000/me/tool:2", "bash -l")[0]}`,
    ]);
    expect(events).toContain("started tool-2-systemd");

    const no = world({
      server: { plan: async () => ({ ...somePlan, boots }) },
      ui: { confirm: async () => false },
    });
    await no.run("bootImage");
    expect(no.events.join()).not.toContain("started");
  });

  test("is refused with the plan's reason, and nothing is asked first", async () => {
    const { run, events } = world({
      server: { plan: async () => ({ ...somePlan, boots: "no", refused: "A reason." }) },
    });
    expect(await run("bootImage")).toEqual([
      told("error", notices.cannotBoot("fedora-init:1", "Docker 28.5.2", "A reason.")),
    ]);
    expect(events.join()).not.toMatch(/asked|started/);
  });

  test("says where there is none, and goes without a word where none is picked or it is cancelled", async () => {
    const none = world({ engine: { images: async () => [] } });
    expect(await none.run("bootImage")).toEqual([told("info", notices.noImages("Docker 28.5.2"))]);
    const dismissed = world({ ui: { pick: async () => undefined } });
    expect(await dismissed.run("bootImage")).toEqual([]);
    const cancelled: ReturnType<typeof world> = world({ engine: { look: async () => cancelled.cancel() } });
    expect(await cancelled.run("bootImage")).toEqual([]);
    expect(cancelled.existing.size).toBe(0);
  });
});

describe("launch configurations", () => {
  const web: LaunchConfiguration = {
    name: "web",
    dockerfile: "web/Dockerfile",
    stage: "final",
    buildArguments: { API_TOKEN: "t" },
    containerName: "site",
    hostname: "web.example",
    ports: ["127.0.0.1:2222:22"],
    volumes: ["./data:/data:ro", "cache:/var/cache"],
    memory: "512m",
    environment: { A: "b" },
    user: { name: "dev", key: "ssh-ed25519 AAAA me" },
    timeout: 7,
  };
  /** The same of a Dockerfile with one stage. */
  const site: LaunchConfiguration = { ...web, stage: undefined };
  const given = (launches: readonly LaunchConfiguration[]) => ({ launches: () => launches });

  test("are picked, or run by name, with everything that they say", async () => {
    const seen: unknown[] = [];
    const { run, events } = world({
      ui: given([web, { name: "other", image: "x" }]),
      server: {
        plan: async (params) => {
          seen.push(params);
          return { ...withArguments, stages };
        },
      },
      engine: {
        build: async (request) => void seen.push(request),
        boot: async (_container, seconds) => {
          seen.push(seconds);
          return someReport;
        },
      },
    });
    await run("launch");
    expect(events[0]).toBe(`picked: ${titles.selectConfiguration()} web, other`);
    expect(seen).toMatchObject([
      { name: undefined },
      {
        uri: dockerfile,
        name: "final",
        options: {
          hostname: "web.example",
          ports: ["127.0.0.1:2222:22"],
          volumes: ["/work/data:/data:ro", "cache:/var/cache"],
          memory: "512m",
          environment: { A: "b" },
        },
      },
      { target: "final", buildArgs: { API_TOKEN: "t" } },
      7,
    ]);
    expect(events).toContain("started site");
    expect(events).toContain("let dev into site by ssh-ed25519 AAAA me");
    expect(events.join()).not.toContain("asked");
  });

  test("of a Dockerfile are offered by Build and Boot, beside none of them", async () => {
    const { run, events } = world({ ui: given([site, { name: "b", dockerfile: "b/Dockerfile" }]) });
    await run("buildAndBoot");
    expect(events).toContain(`picked: ${titles.selectConfiguration()} web, ${labels.withoutConfiguration()}`);
    expect(events).toContain("started site");
  });

  test("are in the run command that is copied, with a name", async () => {
    const seen: unknown[] = [];
    const scene = world({
      ui: { ...given([web]), pick: async (_title, choices) => choices[0]?.value },
      server: {
        plan: async (params) => {
          seen.push(params);
          return { ...somePlan, stages };
        },
      },
    });
    await scene.run("copyRunCommand");
    expect(seen.at(-1)).toMatchObject({
      name: "final",
      reference: "web-final:systemd",
      options: {
        name: "site",
        hostname: "web.example",
        volumes: ["/work/data:/data:ro", "cache:/var/cache"],
      },
    });
  });

  test("of an image and of a compose service go their own ways", async () => {
    const image = world({ ui: given([{ name: "i", image: "fedora-init:9", containerName: "f" }]) });
    await image.run("launch", "i");
    expect(image.events).toContain("started f");
    const compose = world({ ui: given([{ name: "c", compose: "shop/compose.yaml", service: "db" }]) });
    await compose.run("launch", "c");
    expect(compose.events.at(-1)).toMatch(/^runs in \/work\/shop/);
  });

  test("that say too little, and settings without any, are told with the way to mend it", async () => {
    const nothing = world({ ui: given([{ name: "n" }]) });
    expect(await nothing.run("launch", "n")).toEqual([
      told("error", notices.incomplete("n"), buttons.openSettings()),
    ]);
    const none = world();
    expect(await none.run("launch")).toEqual([
      told("info", notices.noConfigurations(), buttons.addConfiguration()),
    ]);
  });

  test("are begun with one of the file in focus, else of another of the workspace, else of none", async () => {
    const added = async (ui: Partial<Ui>) => {
      const { run, press, events } = world({ ui: { activeFile: () => undefined, ...ui } });
      await run("launch");
      await press(buttons.addConfiguration());
      return JSON.parse(events.at(-1)?.replace("adds ", "") ?? "");
    };
    const web = { name: "web", dockerfile: "web/Dockerfile", ports: ["exposed"] };
    expect(await added({ activeFile: () => dockerfile })).toEqual(web);
    expect(
      await added({ openFiles: () => ["file:///work/notes.txt", "file:///work/db/compose.yaml"] }),
    ).toEqual({
      name: "db/compose.yaml",
      compose: "db/compose.yaml",
    });
    expect(await added({ findFiles: async () => [dockerfile] })).toEqual(web);
    expect(await added({})).toEqual({ name: "web", dockerfile: "Dockerfile" });
  });

  test.each([
    ["Dev!", "k", undefined, refusals.userName("Dev!")],
    ["dev", "~/k.pub", undefined, refusals.keyUnreadable("/home/me/k.pub")],
    ["dev", "~/k", "-----BEGIN OPENSSH PRIVATE KEY-----", refusals.keyPrivate("/home/me/k")],
    ["dev", "~/k", "hello", refusals.keyInvalid("/home/me/k")],
  ])("whose user %s has the key %s start nothing", async (name, key, text, refusal) => {
    const { run, events } = world({
      ui: { ...given([{ ...site, user: { name, key } }]), readText: async () => text },
    });
    expect(await run("launch")).toEqual([told("error", joined(refusal))]);
    expect(events.join()).not.toMatch(/built|started/);
  });

  test("tell how their user logs in where SSH can be reached", async () => {
    const { run, press, events } = world({
      ui: given([site]),
      engine: {
        published: async () => ({ ports: [{ inside: 22, host: "127.0.0.1", port: 2222 }], noNetwork: false }),
      },
    });
    expect(await run("launch")).toContain(
      told("info", notices.logIn("dev", "ssh -p 2222 dev@127.0.0.1"), buttons.copyCommand()),
    );
    await press(buttons.copyCommand());
    expect(events.at(-1)).toBe("copied: ssh -p 2222 dev@127.0.0.1");
  });

  test("without a user tell how SSH can be reached", async () => {
    const { run } = world({
      ui: given([{ ...site, user: undefined }]),
      engine: {
        published: async () => ({ ports: [{ inside: 22, host: "127.0.0.1", port: 2222 }], noNetwork: false }),
      },
    });
    expect(await run("launch")).toContain(
      told("info", notices.connect("ssh -p 2222 127.0.0.1"), buttons.copyCommand()),
    );
  });

  test("whose user cannot be made leave a container that booted, and say so", async () => {
    const broken = { code: "user-not-made", user: "dev", exitCode: 127, said: "no useradd." } as const;
    const { run, existing } = world({
      ui: given([site]),
      engine: { addLogin: async () => Promise.reject(fault(broken)) },
    });
    expect(await run("launch")).toEqual([
      told("warning", sentencesOf(broken)),
      told("info", notices.booted("site", "1.2"), ...afterBoot),
    ]);
    expect(existing.size).toBe(1);
  });

  test("cancelled while the user is made leave nothing", async () => {
    const scene: ReturnType<typeof world> = world({
      ui: given([site]),
      engine: { addLogin: async () => scene.cancel() },
    });
    expect(await scene.run("launch")).toEqual([]);
    expect(scene.existing.size).toBe(0);
  });
});

describe("compose", () => {
  const compose = "file:///work/shop/stack.yaml";
  const services = { ...somePlan, stages: ["web", "db"] };
  const errors = ["An error.", "Another."];
  const kind = () => "compose" as const;

  test("starts the service that is picked in a terminal, on the engine that is connected", async () => {
    const { run, events } = world({ server: { plan: async () => services }, ui: { kind } });
    await run("bootComposeService", compose);
    expect(events).toContain(`picked: ${titles.selectService()} web, db`);
    expect(events.at(-1)).toBe(
      'runs in /work/shop (shop/stack.yaml: web): ["docker","compose","--file","stack.yaml","up","--build","--","web",{"DOCKER_HOST":"unix:///d"}]',
    );
  });

  test("starts the service that a lens names, without a question", async () => {
    const { run, events } = world({ server: { plan: async () => services }, ui: { kind } });
    await run("bootComposeService", compose, "db");
    expect(events.filter((event) => event.startsWith("picked"))).toEqual([]);
    expect(events.at(-1)).toContain('"up","--build","--","db",');
  });

  test("starts a project of a default name with its override, which compose finds by itself", async () => {
    const { run, events } = world({ ui: { kind } });
    await run("bootComposeProject", "file:///work/shop/compose.yaml");
    expect(events.at(-1)).toContain('["docker","compose","up","--build",{');
  });

  test("warns of errors and offers to fix them first", async () => {
    let left: readonly string[] = errors;
    const { run, events } = world({
      server: {
        plan: async () => ({ ...services, errors: left }),
        fixAll: async () => {
          left = [];
          return { fixed: 1, suggestions: 0, unfixable: 0, hints: 0 };
        },
      },
      ui: { kind },
    });
    await run("bootComposeProject", compose);
    expect(events).toContain(
      `picked: ${titles.willNotBoot("shop/stack.yaml", 2)} ${labels.fixAndStart()}, ${buttons.showProblems()}, ${labels.startAnyway()}, $(error) An error., $(error) Another.`,
    );
    expect(events.at(-1)).toMatch(/^runs in/);
  });

  test("starts nothing where errors are left, or the question is dismissed", async () => {
    const server = { plan: async () => ({ ...services, errors }) };
    const left = world({ server, ui: { kind } });
    expect(await left.run("bootComposeProject", compose)).toEqual([
      told("warning", notices.notFixed("An error. Another."), buttons.showProblems()),
    ]);
    expect(left.events).toContain(`fixed ${compose}`);
    const dismissed = world({ server, ui: { kind, pick: async () => undefined } });
    await dismissed.run("bootComposeProject", compose);
    for (const { events } of [left, dismissed]) expect(events.join()).not.toContain("runs in");
  });

  test("starts it all the same where that is wanted", async () => {
    const { run, events } = world({
      server: { plan: async () => ({ ...services, errors }) },
      ui: { kind, pick: async (_title, choices) => choices[2]?.value },
    });
    await run("bootComposeProject", compose);
    expect(events.at(-1)).toMatch(/^runs in/);
  });

  test.each([
    ["docker", notices.noDockerCompose()],
    ["podman", notices.noPodmanCompose()],
  ] as const)("says how to get it where %s has none", async (engine, text) => {
    const { run, press, events } = world({
      engine: { compose: async () => undefined, facts: { engine } },
      ui: { kind },
    });
    const [message] = await run("bootComposeProject", compose);
    expect(message).toBe(told("error", text, buttons.getCompose()));
    await press(buttons.getCompose());
    expect(events.at(-1)).toMatch(/^browses https:/);
  });

  test("says that there is no compose file", async () => {
    const { run } = world();
    expect(await run("bootComposeProject")).toEqual([told("warning", notices.noComposeFile())]);
  });

  test("says that a file has no services, and that it has to be on disk", async () => {
    const empty = world({ ui: { kind } });
    expect(await empty.run("bootComposeService", compose)).toEqual([
      told("warning", notices.noServices("shop/stack.yaml")),
    ]);
    const unsaved = world({ ui: { kind, save: async () => false } });
    expect(await unsaved.run("bootComposeProject", compose)).toEqual([
      told("warning", notices.notOnDisk("shop/stack.yaml"), buttons.saveAs()),
    ]);
  });
});

describe("Copy Build Command", () => {
  const copied = async (tool: string, memory: Memory = {}, more: Partial<typeof somePlan> = {}) => {
    const scene = world({
      memory,
      server: { plan: async () => ({ ...somePlan, ...more }) },
      ui: {
        kind: () => "dockerfile",
        pick: async (_title, choices) => (choices.find(({ label }) => label === tool) ?? choices[0])?.value,
      },
    });
    await scene.run("copyBuildCommand", "file:///work/it's $(a)/Dockerfile.web");
    return { ...scene, text: scene.events.find((event) => event.startsWith("copied: "))?.slice(8) };
  };

  test("says the same build to each tool, whatever is in a path", async () => {
    expect((await copied("docker buildx build")).text).toBe(
      "docker buildx build --load --tag it-s-a-web:systemd " +
        "--file '/work/it'\\''s $(a)/Dockerfile.web' '/work/it'\\''s $(a)'",
    );
    expect((await copied("podman build")).text).toBe(
      "podman build --tag it-s-a-web:systemd --file '/work/it'\\''s $(a)/Dockerfile.web' '/work/it'\\''s $(a)'",
    );
    expect((await copied("buildctl build")).text).toBe(
      "buildctl build --frontend dockerfile.v0 --local 'context=/work/it'\\''s $(a)' " +
        "--local 'dockerfile=/work/it'\\''s $(a)' --opt filename=Dockerfile.web " +
        "--output type=docker,name=it-s-a-web:systemd,dest=it-s-a-web-systemd.tar",
    );
  });

  test("has the stage, the platform and the arguments that are remembered, and no secret", async () => {
    const uri = "file:///work/it's $(a)/Dockerfile.web";
    const memory: Memory = {
      builds: { [uri]: { stage: "final", platform: "linux/arm64", arguments: { VERSION: "13 beta" } } },
      secrets: { [uri]: { API_TOKEN: "hunter2" } },
    };
    const plan = { ...withArguments, stages };
    const docker = await copied("docker buildx build", memory, plan);
    expect(docker.text).toContain(
      "--target final --platform linux/arm64 --build-arg 'VERSION=13 beta' --build-arg API_TOKEN ",
    );
    const buildctl = await copied("buildctl build", memory, plan);
    expect(buildctl.text).toContain(
      `--opt target=final --opt platform=linux/arm64 --opt 'build-arg:VERSION=13 beta' --opt "build-arg:API_TOKEN=$API_TOKEN"`,
    );
    for (const { events } of [docker, buildctl]) expect(events.join()).not.toContain("hunter2");
  });

  test("is explained part by part, and no part is left out", async () => {
    const { press, events, text = "" } = await copied("docker buildx build", {}, withArguments);
    await press(buttons.explainOptions());
    const shown = events.at(-1) ?? "";
    const parts = [...shown.matchAll(/^- (`+)(.*?)\1: \S/gm)].map(([, , part]) => part);
    expect(parts.join(" ")).toBe(text);
    expect(shown).toContain(commandReport.cost(prose(buildReasons.environment(english).cost)));
  });
});

describe("a task", () => {
  const manifest = JSON.parse(readFileSync(join(__dirname, "../../package.json"), "utf8"));
  const never = new AbortController().signal;
  const ran = async (scene: ReturnType<typeof world>, definition: TaskDefinition, signal = never) => {
    const written: string[] = [];
    const code = await runTask(scene.deps, definition, { print: (more) => written.push(more), signal });
    return { code, text: written.join("") };
  };

  test("builds as it says, in its own terminal and without a notification", async () => {
    const requests: unknown[] = [];
    const scene = world({
      server: { plan: async () => ({ ...withArguments, stages }) },
      engine: {
        build: async (request, { print }) => {
          requests.push(request);
          print({ kind: "done", step: 1, seconds: 0.1 });
        },
      },
    });
    const definition = {
      task: "build",
      dockerfile: "web/Dockerfile",
      stage: "build",
      buildArguments: { API_TOKEN: "t" },
      platform: "linux/arm64",
    } as const;
    const { code, text } = await ran(scene, definition);
    expect(code).toBe(0);
    expect(text).toContain("#1 DONE 0.1s\n");
    expect(text).toContain(`${notices.built("web-build:systemd", "0.1")}\n`);
    expect(requests).toMatchObject([
      { target: "build", platform: "linux/arm64", buildArgs: { API_TOKEN: "t" } },
    ]);
    expect(scene.events.join()).not.toMatch(/info:|progress|shows the output|asked|picked/);
  });

  test("boots a launch configuration by its name, or a Dockerfile", async () => {
    const launches = () => [{ name: "site", dockerfile: "web/Dockerfile", containerName: "site" }];
    const scene = world({ ui: { launches } });
    expect((await ran(scene, { task: "boot", launch: "site" })).code).toBe(0);
    expect(scene.events).toContain("started site");
    const { code, text } = await ran(scene, { task: "boot", launch: "none" });
    expect([code, text]).toEqual([1, `${told("error", notices.noConfiguration("none"))}\n`]);
    const file = world();
    expect((await ran(file, { task: "boot", dockerfile: "web/Dockerfile" })).text).toContain(
      `${notices.booted("web-systemd", "1.2")}\n`,
    );
  });

  test("that fails ends with 1 and a line that the problem matcher knows", async () => {
    const broken = {
      code: "build-failed",
      said: "exit code: 1",
      step: { text: "RUN\nfalse", exitCode: "1" },
      line: 4,
    } as const;
    const scene = world({ engine: { build: async () => Promise.reject(fault(broken)) } });
    const { code, text } = await ran(scene, { task: "build", dockerfile: "web/Dockerfile" });
    expect(code).toBe(1);
    const [matcher] = manifest.contributes.problemMatchers;
    const found = new RegExp(matcher.pattern.regexp).exec(text.trim().split("\n").at(-1) ?? "");
    expect(found?.slice(1)).toEqual(["/work/web/Dockerfile", "5", "1", "error", sentencesOf(broken)]);
    expect(new RegExp(matcher.pattern.regexp).exec("C:\\a b\\Dockerfile:3:1: error: no")?.[1]).toBe(
      "C:\\a b\\Dockerfile",
    );
  });

  test("whose boot fails ends with 1", async () => {
    const scene = world({
      engine: { boot: async () => ({ ...someReport, state: "exited", exitCode: 255 }) },
    });
    expect((await ran(scene, { task: "boot", dockerfile: "web/Dockerfile" })).code).toBe(1);
    expect(scene.existing.size).toBe(0);
  });

  test("that is cancelled ends with 130 and leaves nothing", async () => {
    const cancel = new AbortController();
    const scene = world({
      engine: {
        boot: async () => {
          cancel.abort();
          throw cancel.signal.reason;
        },
      },
    });
    const { code, text } = await ran(scene, { task: "boot", dockerfile: "web/Dockerfile" }, cancel.signal);
    expect([code, text.endsWith(`${notes.taskCancelled()}\n`)]).toEqual([130, true]);
    expect(scene.existing.size).toBe(0);
  });

  test("runs nothing in an untrusted workspace", async () => {
    const scene = world({ ui: { trusted: () => false } });
    expect(await ran(scene, { task: "build" })).toEqual({
      code: 1,
      text: `${told("error", notices.tasksUntrusted())}\n`,
    });
  });

  test("is defined in package.json with every key that it reads", () => {
    const [definition] = manifest.contributes.taskDefinitions;
    const keys: Record<keyof TaskDefinition, true> = {
      task: true,
      dockerfile: true,
      stage: true,
      buildArguments: true,
      platform: true,
      launch: true,
    };
    expect(Object.keys(definition.properties).sort()).toEqual(Object.keys(keys).sort());
  });

  test("and launch configurations come only from trusted workspaces", () => {
    expect(manifest.capabilities.untrustedWorkspaces.restrictedConfigurations).toContain(
      "systemdContainers.launch",
    );
    const { items } = manifest.contributes.configuration.flatMap(
      ({ properties }: { properties: Record<string, object> }) =>
        properties["systemdContainers.launch"] ?? [],
    )[0];
    const keys: Record<keyof LaunchConfiguration, true> = {
      ...({ name: true, dockerfile: true, image: true, compose: true, service: true, stage: true } as const),
      ...({
        buildArguments: true,
        platform: true,
        containerName: true,
        hostname: true,
        ports: true,
      } as const),
      ...({
        volumes: true,
        memory: true,
        environment: true,
        user: true,
        timeout: true,
        debug: true,
      } as const),
    };
    expect(Object.keys(items.properties).sort()).toEqual(Object.keys(keys).sort());
    const ports = new RegExp(items.properties.ports.items.pattern);
    for (const port of ["80", "8080:80", "127.0.0.1::22", "[::1]:53:53/udp", "80-82:90-92", "exposed"])
      expect(port).toMatch(ports);
    for (const port of ["http", "80:", "a b"]) expect(port).not.toMatch(ports);
  });
});
