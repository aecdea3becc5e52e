import { commands } from "../../client/src/commands";
import { runCommand } from "../../client/src/commands/command";
import { fault } from "../../client/src/engine/errors";
import { kindOfName } from "../../client/src/names";
import type {
  Action,
  BootReport,
  Container,
  Dependencies,
  Engine,
  EnginePlace,
  EngineSearch,
  ImageLook,
  Memory,
  PageListener,
  PageParts,
  Server,
  Shell,
  Timeline,
  Ui,
  Unit,
  User,
  Where,
} from "../../client/src/ports";
import { type Text, withIcon } from "../../client/src/text";
import { readSeenFiles } from "../../server/src/core/image/seen-files";
import type { DoctorResult, ExplainResult, PlanResult } from "../../server/src/protocol";
import { buttons, english, englishMarkdown } from "./english";

export { fault };

/** What a world is given beside its defaults. */
interface Given {
  readonly ui?: Partial<Ui>;
  readonly engine?: Partial<Engine>;
  readonly server?: Partial<Server>;
  /** Instead of an engine: what connecting rejects with. */
  readonly noEngine?: Error;
  /** Instead of one engine: what a search finds. */
  readonly find?: (engine: Engine, where: Where) => EngineSearch;
  readonly memory?: Memory;
  /** The containers that exist before. */
  readonly containers?: readonly Container[];
}

export const dockerfile = "file:///work/web/Dockerfile";

export const somePlan: PlanResult = {
  create: {
    api: "docker",
    body: { Image: "web:systemd", HostConfig: { SecurityOpt: ["writable-cgroups=true"] } },
  },
  docker: ["docker", "run", "-d", "--name", "it's me", "web:systemd"],
  podman: ["podman", "run", "-d", "web:systemd"],
  compose: "services:\n  web:\n    image: web:systemd\n",
  explain: {
    docker: [
      { what: "writable cgroups", why: "systemd makes a group for each unit", cost: "none to the host" },
    ],
    podman: [],
    compose: [],
  },
  ports: [],
  boots: "certain",
  stages: [],
  arguments: [],
  errors: [],
};

const someTimeline: Timeline = {
  units: [
    { name: "dbus.service", begins: 0.1, ends: 0.25 },
    { name: "web.service", begins: 0.3 },
  ],
  chain: ["multi-user.target", "web.service"],
};

export const nothingKnown: ExplainResult = {
  causes: [],
  units: [],
  remarks: [],
  looked: { lines: 1, known: 100 },
};

export const someDiagnosis: DoctorResult = {
  verdict: "boots",
  summary: "systemd boots here.",
  checks: [{ what: "a property", value: "2", meaning: "Every systemd boots.", level: "good" }],
  command: "docker run -d IMAGE",
  explain: [{ what: "-d", why: "in the background", cost: "nothing" }],
  start: { api: "docker", body: { Image: "IMAGE" } },
};

export const someLook: ImageLook = {
  image: {
    entrypoint: [],
    command: ["/sbin/init"],
    environment: {},
    volumes: [],
    exposed: [],
    id: "sha256:0123456789abcdef",
    platform: "linux/amd64",
    labels: {},
    ...readSeenFiles([], { "/sbin/init": "/usr/lib/systemd/systemd" }),
    distribution: ["fedora"],
  },
  architecture: "amd64",
  native: true,
};

export const someReport: BootReport = {
  state: "running",
  seconds: 1.24,
  targets: ["multi-user.target"],
  failed: [],
  mounts: [],
  log: "",
};

/** The place of an engine that answers. */
export function placeOf(engine: Engine): EnginePlace {
  return { url: engine.url, source: { code: engine.facts.engine }, engine };
}
export const someUsers: readonly User[] = [
  { name: "root", uid: 0, home: "/root", shell: "/bin/bash" },
  { name: "me", uid: 1000, home: "/home/me", shell: "/bin/sh" },
];

const someUnits: readonly Unit[] = [
  { name: "-.mount", active: "active", sub: "mounted", description: "Root Mount" },
  { name: "late.service", active: "inactive", sub: "dead", description: "Not yet" },
  { name: "ssh.service", active: "active", sub: "running", description: "Secure shell" },
  { name: "web.service", active: "failed", sub: "failed", description: "The web" },
];

export const someShell: Shell = {
  onData: () => undefined,
  write: () => undefined,
  resize: () => undefined,
  close: () => undefined,
  exit: Promise.resolve(0),
};

/** The buttons of the notification that a container booted. */
export const afterBoot = [buttons.openShell(), buttons.showBootReport(), buttons.stop()];

/** A notification among the events of a world: its kind, its text, and its buttons. */
export function told(kind: "info" | "warning" | "error", text: string, ...titles: readonly Text[]): string {
  return [`${kind}: ${text}`, ...titles.map((title) => `[${title}]`)].join(" ");
}

/**
 * A world where everything works unless `given` reports otherwise. `events` is what happened, in sequence;
 * `existing` the containers that are there, `printed` what output channels hold, both by name.
 */
export function world(given: Given = {}) {
  const events: string[] = [];
  const existing = new Map((given.containers ?? []).map((container) => [container.name, container]));
  const printed = new Map<string, string>();
  const contexts = new Map<string, boolean>();
  let progress = new AbortController();
  const pages: { readonly title: Text; readonly listener: PageListener; parts: PageParts }[] = [];
  let time = 0;

  const memory = given.memory ?? {};
  const ui: Ui = {
    t: english,
    md: englishMarkdown,
    trusted: () => true,
    tell: (kind, text, ...actions) => {
      events.push(told(kind, text, ...actions.map(({ title }) => title)));
      offered.push(...actions);
    },
    confirm: async (question, _detail, _yes, { instead, also } = {}) => {
      events.push(`asked: ${question}`);
      offered.push(...[instead, also].filter((action) => action !== undefined));
      return true;
    },
    pick: async (title, choices) => {
      events.push(`picked: ${title} ${choices.map(({ icon, label }) => withIcon(icon, label)).join(", ")}`);
      return choices[0]?.value;
    },
    channel: (name) => ({
      print: (text) => void printed.set(name, (printed.get(name) ?? "") + text),
      show: () => void events.push(`shows ${name}`),
    }),
    progress: async (title, task) => {
      events.push(`progress: ${title}`);
      progress = new AbortController();
      return task(() => undefined, progress.signal);
    },
    print: () => undefined,
    showOutput: () => events.push("shows the output"),
    status: (shown) => events.push(`status: ${shown ? withIcon(shown.icon, shown.text) : "-"}`),
    onSave: (shown) =>
      events.push(`on save: ${shown ? `${withIcon(shown.icon, shown.text)} ${shown.uri}` : "-"}`),
    watchFile: (uri) => {
      events.push(`watches ${uri}`);
      return () => events.push(`watches ${uri} no longer`);
    },
    busy: (shown) => events.push(`busy: ${shown ? withIcon(shown.icon, shown.text) : "-"}`),
    texts: async () => [{ label: "Clipboard", text: "a log" }],
    activeFile: () => dockerfile,
    openFiles: () => [],
    activeUnitFile: () => undefined,
    kind: kindOfName,
    findFiles: async () => [],
    findNamed: async (name) => [`file:///work/web/${name}`],
    save: async () => true,
    saveAs: async (uri) => void events.push(`asks where to save ${uri}`),
    path: (uri) => uri.slice("file://".length),
    folder: (uri) => uri.slice("file://".length, uri.lastIndexOf("/")),
    label: (uri) => uri.slice("file:///work/".length),
    inWorkspace: (uri) => uri.startsWith("file:///work/"),
    reveal: async ({ uri, line }) => void events.push(`reveals ${uri}:${line}`),
    showFixes: async ({ uri, line }) => void events.push(`shows fixes at ${uri}:${line}`),
    blame: (booted, problems) => {
      for (const { place, severity, message } of problems)
        events.push(`blames ${place.uri}:${place.line}: ${severity}: ${message}`);
      if (problems.length === 0) events.push(`blames nothing for ${booted}`);
    },
    showVerified: (verified, problems) => {
      for (const { place, message } of problems)
        events.push(`found in ${verified}: ${place.uri}:${place.line}: ${message}`);
      if (problems.length === 0) events.push(`found nothing in ${verified}`);
    },
    preview: async (name, markdown) => void events.push(`preview: ${name}\n${markdown}`),
    openPage: (title, listener) => {
      events.push(`opens the page ${title}`);
      const opened = { title, listener, parts: {} as PageParts };
      pages.push(opened);
      return {
        show: (parts) => {
          opened.parts = parts;
        },
        reveal: () => void events.push(`reveals the page ${title}`),
      };
    },
    changeText: (path, text) => void events.push(`changes ${path}\n${text}`),
    showText: async (path, text) => void events.push(`shows ${path}\n${text}`),
    showRulePage: async (rule) => void events.push(`page: ${rule}`),
    terminal: (name, open) => {
      events.push(`terminal: ${name}`);
      void open({ columns: 80, rows: 24 });
    },
    copy: async (text) => void events.push(`copied: ${text}`),
    browse: async (url) => void events.push(`browses ${url}`),
    run: async (command, ...args) => void events.push(`runs ${command} ${args.join(" ")}`),
    setContext: (key, value) => void contexts.set(key, value),
    openSettings: async (query) => void events.push(`settings: ${query}`),
    ignoreComments: async () => [],
    turnRuleOff: async (rule, uri) => void events.push(`off: ${rule} for ${uri}`),
    engineHost: () => undefined,
    replacesAlways: () => false,
    alwaysReplace: async () => void events.push("always replaces"),
    bootTimeout: () => 90,
    ask: async (title) => {
      events.push(`asked: ${title}`);
      return "answer";
    },
    launches: () => [],
    addLaunch: async (configuration) => void events.push(`adds ${JSON.stringify(configuration)}`),
    resolve: (path) => path.replace(/^~/, "/home/me").replace(/^(?:\.\/)?(?=[^/])/, "/work/"),
    uri: (path) => `file://${path}`,
    readText: async () => undefined,
    runProgram: async (title, cwd, { command, args, env }) =>
      void events.push(`runs in ${cwd} (${title}): ${JSON.stringify([command, ...args, env])}`),
    newFile: async (language, snippet) => void events.push(`new ${language}: ${snippet}`),
    newText: async (language, text) => void events.push(`opens ${language}: ${text}`),
    change: async ({ changed, created }) => {
      for (const { uri, edits } of changed)
        events.push(`changed ${uri}: ${edits.map(({ newText }) => newText).join()}`);
      for (const { uri } of created) events.push(`created ${uri}`);
      return true;
    },
    cursor: () => ({ uri: dockerfile, line: 2, character: 4 }),
    openExample: async () => {
      events.push("opened the example");
      return true;
    },
    runToEnd: async (title, cwd, { command, args }) => {
      events.push(`runs in ${cwd} (${title}): ${[command, ...args].join(" ")}`);
      return 0;
    },
    showProblems: async () => void events.push("shows the problems"),
    shell: () => "posix",
    ...given.ui,
  };
  const offered: Action[] = [];

  const engine: Engine = {
    name: "Docker 28.5.2",
    url: "unix:///var/run/docker.sock",
    facts: { engine: "docker", version: "28.5.2", cgroupVersion: 2 },
    details: { engine: "docker", version: "28.5.2", cgroupVersion: 2, cgroupDriver: "systemd" },
    prove: async ({ image }) => {
      events.push(`proved with ${image}`);
      return { report: someReport, stopped: { exitCode: 0, seconds: 0.31 } };
    },
    build: async ({ tag, target }) => void events.push(`built ${tag}${target ? ` at ${target}` : ""}`),
    rememberImage: async (reference) => async () => void events.push(`undone ${reference}`),
    start: async ({ name, uri }) => {
      events.push(`started ${name}`);
      const container = { id: `id-${name}`, name, uri, running: true };
      existing.set(name, container);
      return container;
    },
    boot: async () => someReport,
    report: async () => someReport,
    containers: async () => [...existing.values()],
    composed: async () => undefined,
    ended: () => new Promise(() => undefined),
    follow: (_heard, signal) => new Promise((end) => signal.addEventListener("abort", () => end())),
    stop: async (container) => {
      events.push(`stopped ${container.name}`);
      existing.set(container.name, { ...container, running: false });
      return { exitCode: 0 };
    },
    remove: async ({ name }) => {
      events.push(`removed ${name}`);
      existing.delete(name);
    },
    labelled: async () => [],
    createVolume: async (name) => void events.push(`created the volume ${name}`),
    removeVolume: async (name) => void events.push(`removed the volume ${name}`),
    removeLabelled: async ({ kind, name }) => void events.push(`removed the ${kind} ${name}`),
    imageOf: async () => ({ id: "sha256:0123456789abcdef", names: ["web:systemd"] }),
    commit: async ({ name }, reference) => void events.push(`committed ${name} as ${reference}`),
    tag: async (image, reference) => void events.push(`tagged ${image} as ${reference}`),
    push: async (reference) => void events.push(`pushed ${reference}`),
    startAgain: async (container) => {
      events.push(`started ${container.name} again`);
      existing.set(container.name, { ...container, running: true });
    },
    shell: async ({ name }, _size, user) => {
      events.push(user ? `shell in ${name} as ${user.name}` : `shell in ${name}`);
      return someShell;
    },
    users: async () => someUsers,
    console: async ({ name }) => {
      events.push(`console of ${name}`);
      return { ...someShell, earlier: new Uint8Array(), takesInput: true };
    },
    run: async ({ name }, line, { print }) => {
      events.push(`ran in ${name}: ${line}`);
      print("output\n");
      return 0;
    },
    units: async () => someUnits,
    enabled: async () => [],
    skipped: async () => [],
    healthLine: async () => undefined,
    verifyUnits: async ({ image, paths }) => {
      events.push(`verified ${paths.join(" ")} in ${image}`);
      return { units: paths.map((path) => ({ path, output: "" })), executable: [] };
    },
    system: async () => ({ state: "degraded", seconds: 1.24, units: someUnits }),
    timeline: async () => someTimeline,
    control: async ({ name }, unit, verb) => {
      events.push(`${verb} of ${unit} in ${name}`);
      return verb === "stop" ? { active: "inactive", sub: "dead" } : { active: "active", sub: "running" };
    },
    unitFile: async (_container, unit) => ({ path: `/etc/systemd/system/${unit}`, text: `# ${unit}\n` }),
    updateUnit: async ({ name }, { unit, path, text }) => {
      events.push(`updated ${unit} in ${name}: ${path}: ${JSON.stringify(text)}`);
      return { active: "active", sub: "running" };
    },
    journal: async function* () {},
    published: async () => ({ ports: [], noNetwork: false }),
    images: async () => [
      { id: "sha256:0123456789abcdef", reference: "fedora-init:1", size: 3e8, created: 0 },
    ],
    imageId: async () => someLook.image.id,
    followImages: (_heard, signal) => new Promise((end) => signal.addEventListener("abort", () => end())),
    look: async () => someLook,
    addLogin: async ({ name }, login) => void events.push(`let ${login.name} into ${name} by ${login.key}`),
    compose: async () => ({ command: "docker", args: ["compose"], env: { DOCKER_HOST: "unix:///d" } }),
    ...given.engine,
  };

  const server: Server = {
    plan: async () => somePlan,
    convert: async () => ({ changed: [], created: [] }),
    madeFrom: async () => false,
    explain: async () => nothingKnown,
    doctor: async () => someDiagnosis,
    least: async () => ({ step: "refused", refused: "Nothing boots." }),
    verify: async () => ({ paths: [], files: [], faults: [] }),
    fixAll: async (uri) => {
      events.push(`fixed ${uri}`);
      return { fixed: 1, suggestions: 0, unfixable: 0, hints: 0 };
    },
    engineFacts: async (facts) => void events.push(`facts: ${facts?.engine ?? "none"}`),
    seenImage: async ({ reference }) => void events.push(`seen: ${reference}`),
    restart: async () => void events.push("restarted"),
    showLog: () => void events.push("shows the log"),
    ...given.server,
  };

  const deps: Dependencies = {
    ui,
    server,
    engine: {
      find: async (_signal, where = {}) => {
        if (given.noEngine) throw given.noEngine;
        return given.find ? given.find(engine, where) : { places: [placeOf(engine)] };
      },
    },
    clock: { now: () => (time += 100) },
    memory,
    view: { used: () => undefined, refresh: () => void events.push("refreshed the view") },
  };

  return {
    deps,
    engine,
    events,
    existing,
    printed,
    contexts,
    /** Runs a command of the table and gives what it told, without asking about the rest. */
    run: async (name: string, ...args: string[]): Promise<string[]> => {
      const command = commands[`systemdContainers.${name}`];
      if (!command) throw new Error(`there is no command ${name}`);
      await runCommand(deps, command, args);
      return events.filter((event) => /^(info|warning|error): /.test(event));
    },
    /** Presses a button of a message. */
    press: async (title: Text): Promise<void> => {
      const action = offered.find((candidate) => candidate.title === title);
      if (!action) throw new Error(`no message has the button ${title}`);
      await action.run();
    },
    pages,
    /** Presses a button of the page that was opened last. */
    pressOnPage: async (action: string, index?: number): Promise<void> => {
      await pages.at(-1)?.listener.act({ action, index });
    },
    /** The report that the page that was opened last copies. */
    copiedReport: async (): Promise<string | undefined> => {
      await pages.at(-1)?.listener.act({ action: "copy" });
      return events.findLast((event) => event.startsWith("copied: "))?.slice("copied: ".length);
    },
    /** Presses the cancel button of the progress that is shown, and fails as an engine call does then. */
    cancel: (): never => {
      progress.abort();
      throw new DOMException("This operation was aborted", "AbortError");
    },
  };
}
