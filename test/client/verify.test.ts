import { describe, expect, test } from "vitest";
import type { Engine, Server, Ui } from "../../client/src/ports";
import { verifyTexts } from "../../client/src/texts/verify";
import { answerVerify } from "../../server/src/lsp/verify";
import { buttons, notices, english as t, titles } from "./english";
import { dockerfile, fault, someLook, somePlan, told, world } from "./world";

const compose = "file:///work/compose.yaml";
const unit = "file:///work/web/app.service";
const etc = "/etc/systemd/system";

const texts: Record<string, string> = {
  [dockerfile]: `FROM debian:12
COPY app.service ${etc}/
COPY <<EOF ${etc}/here.service
[Service]
Foo=1
EOF
`,
  [unit]: "[Service]\nExecStart=/opt/none\n",
  [compose]: `services:
  built:
    build: {context: web, args: {A: b}}
  mounted:
    image: systemd-test:252
    command: /sbin/init
    volumes: ["./web/app.service:${etc}/app.service:ro"]
  inline:
    build: {context: web, dockerfile_inline: FROM debian:12}
  neither: {}
`,
};
const snapshot = { runFiles: [compose], dockerfiles: [dockerfile], read: (uri: string) => texts[uri] };

/** A world whose image has systemd 252, which prints this about the units by their names. */
function withUnits(
  printed: Readonly<Record<string, string>> = {},
  given: { engine?: Partial<Engine>; ui?: Partial<Ui>; server?: Partial<Server> } = {},
) {
  const labels: unknown[] = [];
  const scene = world({
    ui: given.ui,
    server: {
      verify: async (params) =>
        answerVerify(params, params.uri === undefined ? undefined : { uri: params.uri, snapshot }),
      ...given.server,
    },
    engine: {
      look: async () => ({ ...someLook, image: { ...someLook.image, systemd: 252 } }),
      build: async ({ tag, labels: own, context, buildArgs }) => {
        labels.push(own);
        scene.events.push(`built ${mask(tag)} of ${context} ${JSON.stringify(buildArgs ?? {})}`);
      },
      rememberImage: async (tag) => async () => void scene.events.push(`undone ${mask(tag)}`),
      verifyUnits: async ({ image, paths, files, labels: own }) => {
        labels.push(own);
        scene.events.push(`verified ${paths.join(" ")} in ${mask(image)}`);
        for (const file of files) scene.events.push(`with ${file.path}`);
        const units = paths.map((path) => ({ path, output: printed[path.slice(etc.length + 1)] ?? "" }));
        return { units, executable: [] };
      },
      ...given.engine,
    },
  });
  return { ...scene, labels };
}

const mask = (name: string) => name.replace(/:\w{10}$/, ":TRIAL");
const problem = (name: string, says: string) => verifyTexts.problem(t, name, 252, says);
const show = buttons.showProblems();

const isWork = (event: string) => /^(built|undone|verified|with|found|warning|info|error)/.test(event);

describe("Verify Units on a Dockerfile", () => {
  test("builds it, shows each problem where its line is, says how many there are, and removes the image", async () => {
    const { run, events, press, labels } = withUnits({
      "app.service": "app.service: Command /opt/none is not executable: No such file or directory\n",
      "here.service": `${etc}/here.service:2: Unknown key 'Foo' in section [Service], ignoring.\n`,
    });
    await run("verifyUnits", dockerfile);
    expect(events.filter(isWork)).toEqual([
      "built systemd-containers-boot:TRIAL of /work/web {}",
      `verified ${etc}/app.service ${etc}/here.service in systemd-containers-boot:TRIAL`,
      "undone systemd-containers-boot:TRIAL",
      `found in ${dockerfile}: ${unit}:1: ${problem("app.service", "Command /opt/none is not executable: No such file or directory")}`,
      `found in ${dockerfile}: ${dockerfile}:4: ${problem("here.service", "Unknown key 'Foo' in section [Service], ignoring.")}`,
      told("warning", verifyTexts.verified(t, "web/Dockerfile", 252, 2, 2), show),
    ]);
    expect(labels[0]).toEqual(labels[1]);
    await press(show);
    expect(events.at(-1)).toBe("shows the problems");
  });

  test("of good units says so, and clears what was found before", async () => {
    const { run, events } = withUnits();
    await run("verifyUnits", dockerfile);
    expect(events.slice(-2)).toEqual([
      `found nothing in ${dockerfile}`,
      told("info", verifyTexts.verified(t, "web/Dockerfile", 252, 2, 0)),
    ]);
  });

  const withoutAnalyze = { ...someLook.image, systemd: undefined };
  test.each<[string, Partial<Engine>, string]>([
    [
      "has no systemd",
      { look: async () => ({ ...someLook, image: withoutAnalyze }) },
      told("warning", verifyTexts.noSystemd(t, "web/Dockerfile")),
    ],
    [
      "has systemd, but no systemd-analyze",
      { verifyUnits: async () => undefined },
      told("warning", verifyTexts.noSystemd(t, "web/Dockerfile")),
    ],
    [
      "is for another architecture",
      {
        look: async () => ({
          ...someLook,
          image: { ...someLook.image, systemd: 252 },
          architecture: "s390x",
          native: false,
        }),
      },
      told("warning", verifyTexts.otherArchitecture(t, "web/Dockerfile", "s390x")),
    ],
    [
      "has a systemd-analyze that cannot run",
      {
        verifyUnits: async ({ paths }) => ({
          units: paths.map((path) => ({ path, output: "Failed to initialize manager: Permission denied\n" })),
          executable: [],
        }),
      },
      told(
        "error",
        verifyTexts.broken(t, "web/Dockerfile", "Failed to initialize manager: Permission denied"),
      ),
    ],
  ])("whose image %s says so, and shows no problems", async (_, engine, message) => {
    const { run, events } = withUnits({}, { engine });
    await run("verifyUnits", dockerfile);
    expect(events.slice(-3)).toEqual([
      "undone systemd-containers-boot:TRIAL",
      `found nothing in ${dockerfile}`,
      message,
    ]);
  });

  test("that adds no units says that there is nothing to verify", async () => {
    const server: Partial<Server> = { verify: async () => ({ paths: [], files: [], faults: [] }) };
    const { run, events } = withUnits({}, { server });
    await run("verifyUnits", dockerfile);
    expect(events.at(-1)).toBe(told("info", verifyTexts.noUnits(t, "web/Dockerfile")));
  });

  test("that does not build shows no problems, goes to the line, and leaves nothing", async () => {
    const failed = fault({ code: "build-failed", said: "x", line: 1 });
    const { run, events } = withUnits({}, { engine: { build: () => Promise.reject(failed) } });
    const [message = ""] = await run("verifyUnits", dockerfile);
    expect(message).toContain(`[${buttons.goToLine()}]`);
    expect(events.filter((event) => /^(undone|found)/.test(event))).toEqual([
      "undone systemd-containers-boot:TRIAL",
      `found nothing in ${dockerfile}`,
    ]);
  });

  test("with no engine clears what was found before, and says what is missing", async () => {
    const scene = world({ noEngine: fault({ code: "no-engine", tried: [] }) });
    const messages = await scene.run("verifyUnits", dockerfile);
    expect(messages[0]).toMatch(/^error/);
    expect(scene.events).toContain(`found nothing in ${dockerfile}`);
  });

  test("that is cancelled keeps what was found before, says nothing, and leaves nothing", async () => {
    const scene = withUnits({}, { engine: { verifyUnits: async () => scene.cancel() } });
    expect(await scene.run("verifyUnits", dockerfile)).toEqual([]);
    expect(scene.events.filter((event) => /^(undone|found)/.test(event))).toEqual([
      "undone systemd-containers-boot:TRIAL",
    ]);
  });

  test("says so where the server has no answer", async () => {
    const { run, events } = withUnits({}, { server: { verify: async () => ({ refused: "A bug." }) } });
    await run("verifyUnits", dockerfile);
    expect(events.at(-1)).toBe(told("error", verifyTexts.broken(t, "web/Dockerfile", "A bug.")));
  });
});

describe("Verify Units on a service", () => {
  test("builds what the service builds, with its arguments", async () => {
    const { run, events } = withUnits();
    await run("verifyUnits", compose, "built");
    expect(events.filter(isWork)).toEqual([
      'built systemd-containers-boot:TRIAL of /work/web {"A":"b"}',
      `verified ${etc}/app.service ${etc}/here.service in systemd-containers-boot:TRIAL`,
      "undone systemd-containers-boot:TRIAL",
      `found nothing in ${compose}#built`,
      told("info", verifyTexts.verified(t, "built", 252, 2, 0)),
    ]);
  });

  test("verifies what it mounts in the image that it names", async () => {
    const { run, events } = withUnits();
    await run("verifyUnits", compose, "mounted");
    expect(events.filter(isWork).slice(0, 2)).toEqual([
      `verified ${etc}/app.service in systemd-test:252`,
      `with ${etc}/app.service`,
    ]);
  });

  test("that has an inline Dockerfile or no image says so, and builds nothing", async () => {
    const { run, events } = withUnits();
    await run("verifyUnits", compose, "inline");
    expect(events.at(-1)).toBe(told("warning", verifyTexts.notBuilt(t, "inline")));
    await run("verifyUnits", compose, "neither");
    expect(events.at(-1)).toBe(told("warning", verifyTexts.noImage(t, "neither")));
    expect(events.filter((event) => event.startsWith("built"))).toEqual([]);
  });

  test("asks which one if there are several, and says so if there is none", async () => {
    const plan = (stages: readonly string[]): Partial<Server> => ({
      plan: async () => ({ ...somePlan, stages }),
    });
    const several = withUnits({}, { server: plan(["built", "mounted"]) });
    await several.run("verifyUnits", compose);
    expect(several.events).toContain(`picked: ${titles.selectService()} built, mounted`);
    const none = withUnits({}, { server: plan([]) });
    expect(await none.run("verifyUnits", compose)).toEqual([
      told("warning", notices.noServices("compose.yaml")),
    ]);
  });
});

describe("Verify Units on a unit file", () => {
  const files = [dockerfile, "file:///work/db/Dockerfile", compose];
  const inside = (...with_: readonly string[]) => ({
    ui: { activeFile: () => undefined, activeUnitFile: () => unit, findFiles: async () => files },
    server: {
      madeFrom: async ({ uri, name }: { uri: string; name?: string }) =>
        with_.includes(name === undefined ? uri : `${uri}#${name}`),
      plan: async ({ uri }: { uri?: string }) => ({
        ...somePlan,
        stages: uri === compose ? ["built", "mounted"] : [],
      }),
    },
  });

  test.each([
    ["in focus", []],
    ["that it is called on", [unit]],
  ])("verifies the Dockerfile that adds the one %s", async (_, args) => {
    const { run, events } = withUnits({}, inside(dockerfile, compose));
    await run("verifyUnits", ...args);
    expect(events).toContain(`found nothing in ${dockerfile}`);
    expect(events.filter((event) => event.startsWith("picked"))).toEqual([]);
  });

  test("asks which one if several Dockerfiles add it", async () => {
    const { run, events } = withUnits({}, inside(...files));
    await run("verifyUnits");
    expect(events).toContain(`picked: ${titles.selectFile()} web/Dockerfile, db/Dockerfile`);
  });

  test("verifies the service that mounts it, if no Dockerfile adds it", async () => {
    const { run, events } = withUnits({}, inside(compose, `${compose}#mounted`));
    await run("verifyUnits");
    expect(events).toContain(`verified ${etc}/app.service in systemd-test:252`);
    expect(events.filter((event) => event.startsWith("picked"))).toEqual([]);
  });

  test("says so if nothing adds it", async () => {
    const { run } = withUnits({}, inside());
    expect(await run("verifyUnits")).toEqual([told("warning", verifyTexts.notAdded(t, "web/app.service"))]);
  });

  test("saves it before the build, which reads it from disk, and stops if it cannot", async () => {
    const given = inside(dockerfile);
    const saved: string[] = [];
    const save = async (uri: string) => saved.push(uri) < 2;
    const { run, events } = withUnits({}, { ...given, ui: { ...given.ui, save } });
    await run("verifyUnits");
    expect(saved).toEqual([unit, dockerfile]);
    expect(events.filter((event) => event.startsWith("built"))).toEqual([]);
  });
});
