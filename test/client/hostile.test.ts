import { createRequire } from "node:module";
import { expect, test } from "vitest";
import { commands } from "../../client/src/commands";
import { runTask } from "../../client/src/flows/task";
import type {
  BootReport,
  Container,
  Engine,
  LaunchConfiguration,
  SilentPlace,
  Ui,
} from "../../client/src/ports";
import { withIcon } from "../../client/src/text";
import { explanationMarkdown } from "../../client/src/views/explanation";
import type { ExplainResult, PlanResult } from "../../server/src/protocol";
import { dockerfile, fault, placeOf, someDiagnosis, somePlan, someReport, world } from "./world";

// A world in which every text that a file, a log, an image or an engine gives is hostile. Every command runs in it,
// with every answer of a person, and everything that reaches the editor is looked at as the editor would.
const packaging = createRequire(createRequire(import.meta.url).resolve("@vscode/vsce/package.json"));
const renderer: { render(markdown: string): string } = packaging("markdown-it")({
  html: true,
  linkify: true,
});

const bad =
  "[x](command:workbench.action.terminal.new) ![y](https://evil.example/y.png) <img src=https://evil.example/z> " +
  "`a``[b](command:c)`` $(trash) https://evil.example/d \u202e\u001b[31m\n\n# h\n[e](file:///f)";

const causes = [{ line: bad, cause: bad, fix: bad, rule: bad, docs: "https://x.example/", place: undefined }];
const why: ExplainResult = {
  causes,
  units: [{ unit: bad, causes, says: bad }],
  remarks: [{ says: bad, place: { uri: dockerfile, line: 0, character: 0, endLine: 0, endCharacter: 1 } }],
  looked: { lines: 1, known: 1 },
};
const parts = [{ what: bad, why: bad, cost: bad }];
const plan: PlanResult = {
  ...somePlan,
  explain: { docker: parts, podman: parts, compose: parts },
  docker: ["docker", bad],
  podman: ["podman", bad],
  compose: bad,
  stages: [bad, `${bad}2`],
  arguments: [{ name: bad }, { name: `${bad}2`, value: bad }],
  errors: [bad],
};
const container: Container = { id: bad, name: bad, uri: dockerfile, running: true, status: bad };
const launches: LaunchConfiguration[] = [
  { name: bad, dockerfile: "web/Dockerfile", stage: bad },
  { name: `${bad}2`, image: bad },
  { name: `${bad}3`, compose: "web/compose.yaml", service: bad },
  { name: `${bad}4` },
];
const report = (state: BootReport["state"]) => ({
  ...someReport,
  state,
  systemd: bad,
  pid1: bad,
  cgroup: bad,
  virtualization: bad,
  targets: [bad],
  failed: state === "degraded" ? [{ unit: bad, ended: { result: bad }, journal: [bad] }] : [],
  mounts: [{ path: bad, type: bad, options: bad }],
  log: bad,
});

/** A place where no engine answers. */
const silent: SilentPlace = {
  url: bad,
  source: { code: "context", context: bad },
  reason: { code: "tls", said: bad },
};

interface Shown {
  /** Where links are live. */
  readonly messages: string[];
  /** Where icons are. */
  readonly labels: string[];
  readonly documents: string[];
  /** Parts of HTML pages. */
  readonly pages: string[];
}

/** Runs every command, with everything that a person may pick; the engine fails where `failing` names a method. */
async function everything(given: {
  readonly state: Parameters<typeof report>[0];
  readonly plan?: PlanResult;
  readonly failing?: Partial<Engine>;
  readonly noEngine?: boolean;
}): Promise<Shown> {
  const shown: Shown = { messages: [], labels: [], documents: [], pages: [] };
  const { messages, labels, documents, pages } = shown;
  for (const id of Object.keys(commands)) {
    for (let pick = 0; pick < 6; pick++) {
      let asked = 0;
      const ui: Partial<Ui> = {
        label: () => bad,
        launches: () => launches,
        texts: async () => [1, 2].map(() => ({ label: bad, text: bad })),
        findFiles: async () => [dockerfile, "file:///work/web/compose.yaml"],
        activeFile: () => (pick % 2 ? dockerfile : undefined),
        engineHost: () => (pick % 2 ? { address: bad, fromWorkspace: true } : undefined),
        tell: (_kind, text, ...actions) => {
          messages.push(text, ...actions.map(({ title }) => title));
          // A button may tell of more.
          if (asked++ < 20) for (const { run } of actions) void Promise.resolve(run()).catch(() => undefined);
        },
        confirm: async (question, detail, yes) => {
          messages.push(question, detail, yes);
          return pick !== 1;
        },
        pick: async (title, choices) => {
          messages.push(title);
          for (const { icon, label, description, detail } of choices)
            labels.push(
              withIcon(icon, label).replace(`$(${icon}) `, ""),
              ...[description, detail]
                .filter((text) => text !== undefined)
                .map((text) => withIcon(undefined, text)),
            );
          if (asked++ > 20) return undefined;
          return choices[Math.min(pick, choices.length - 1)]?.value;
        },
        ask: async (title, { detail = "" }) => {
          messages.push(title, detail);
          return bad;
        },
        progress: async (title, task) => {
          messages.push(title);
          return task((text) => messages.push(text), new AbortController().signal);
        },
        status: (status) => {
          if (!status) return;
          labels.push(withIcon(undefined, status.text));
          messages.push(status.detail);
        },
        busy: (status) =>
          status && labels.push(withIcon(undefined, status.text)) && messages.push(status.detail),
        findNamed: async () => [dockerfile, `${dockerfile}2`].slice(pick % 3),
        readText: async () => bad,
        preview: async (_name, markdown) => void documents.push(markdown),
        openPage: (title) => {
          messages.push(title);
          return {
            show: (parts) => void pages.push(...Object.values(parts)),
            reveal: () => undefined,
          };
        },
      };
      const engine: Partial<Engine> = {
        name: bad,
        url: `tcp://${bad}`,
        timeline: async () => ({ units: [{ name: bad, begins: 0, ends: 1 }], chain: [bad] }),
        boot: async (_container, _seconds, job) => {
          job.report(bad);
          return report(given.state);
        },
        report: async () => report(given.state),
        build: async (_request, { print }) => print({ kind: "text", text: `${bad}\n` }),
        images: async () => [1, 2].map(() => ({ id: bad, reference: bad, size: 1, created: 0 })),
        users: async () => [1, 2].map(() => ({ name: bad, uid: 1, home: bad, shell: bad })),
        units: async () => [{ name: bad, active: bad, sub: bad, description: bad }],
        imageOf: async () => ({ id: bad, names: [bad, `${bad}2`] }),
        push: async (_reference, job) => job.report(bad),
        control: async () => ({ active: bad, sub: bad, said: pick % 2 ? bad : undefined }),
        unitFile: async () => ({ path: pick === 3 ? `/run/systemd/generator/${bad}` : bad, text: bad }),
        updateUnit: async () => ({ active: bad, sub: bad, ended: { result: bad } }),
        published: async () => ({
          ports: [1, 2].map((inside) => ({ inside: inside + 8000, host: bad, port: inside })),
          noNetwork: false,
        }),
        prove: async (_request, job) => {
          job.report(bad);
          return { report: report(given.state), stopped: { exitCode: 0, seconds: 1 } };
        },
        ...given.failing,
      };
      const scene = world({
        ui,
        engine,
        server: {
          plan: async () => given.plan ?? plan,
          explain: async () => why,
          doctor: async () => ({
            ...someDiagnosis,
            summary: bad,
            checks: [{ what: bad, value: bad, meaning: bad, level: "bad" }],
            command: bad,
            explain: parts,
          }),
        },
        containers: [container, { ...container, id: `${bad}2`, name: `${bad}2` }],
        memory: { engine: { url: bad, name: bad } },
        ...(given.noEngine && { noEngine: fault({ code: "no-engine", tried: [silent] }) }),
        find: (it) => ({
          namedBy: pick === 2 ? silent.source : undefined,
          places: [placeOf(it), placeOf(it), silent],
        }),
      });
      await scene.run(id.replace("systemdContainers.", ""));
      const written: string[] = [];
      const signal = new AbortController().signal;
      await runTask(
        scene.deps,
        { task: "boot", launch: bad },
        { print: (text) => written.push(text), signal },
      );
    }
  }
  return shown;
}

const failures: Partial<Engine> = Object.fromEntries(
  [
    ...["start", "build", "containers", "images", "users", "units", "prove", "published", "look"],
    ...["imageOf", "push", "control", "unitFile", "updateUnit", "commit", "tag"],
  ].map((method) => [
    method,
    async () => {
      if (method === "push") throw fault({ code: "registry", lacks: "login", host: bad });
      throw method === "start"
        ? fault({ code: "name-taken", taken: bad, instead: { name: bad } })
        : fault({ code: "engine-error", doing: "build", why: { code: "other", said: bad }, line: 1 });
    },
  ]),
);

test.each([
  ["a boot that went well", { state: "running" }],
  ["a degraded boot", { state: "degraded" }],
  ["a boot in maintenance mode", { state: "maintenance" }],
  ["a boot that takes long", { state: "starting" }],
  ["a boot that failed", { state: "exited" }],
  ["a system that froze", { state: "frozen" }],
  ["a plan that is refused", { state: "running", plan: { ...plan, refused: bad } }],
  ["a container that no API can say", { state: "running", plan: { ...plan, create: { refused: bad } } }],
  ["an image that does not start systemd", { state: "running", plan: { ...plan, boots: "no" } }],
  ["an engine that fails", { state: "running", failing: failures }],
  ["no engine", { state: "running", noEngine: true }],
] as const)("no part of a hostile text is active in the editor: %s", async (_, given) => {
  const { messages, labels, documents, pages } = await everything(given);
  expect(messages.filter((text) => text.includes("evil.example")).length).toBeGreaterThan(20);
  for (const text of [...messages, ...labels]) {
    expect(text).not.toMatch(/\[[^\]]+\]\((?:https?:\/\/|command:|file:)/i);
    expect(text).not.toMatch(/[\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}]/u);
  }
  for (const label of labels) expect(label).not.toMatch(/(?<!\\)\$\([a-z0-9-]+\)/i);
  for (const document of documents) expect(renderer.render(document)).not.toMatch(/<(a|img)\b/);
  if (!("noEngine" in given || "failing" in given)) expect(pages.join("")).toContain("evil.example");
  for (const page of pages) {
    expect(page).not.toMatch(/<(a|img|script|iframe|style|link|form|input)\b|\son\w+=|\bstyle=|href=/i);
    expect(page).not.toMatch(/\p{Bidi_Control}|(?![\n\t])\p{Cc}/u);
  }
  if (!("noEngine" in given)) expect(documents.length).toBeGreaterThan(3);
});

test("no part of it is active in the explanation of a log", () => {
  const { ui } = world().deps;
  const html = renderer.render(explanationMarkdown(ui, why));
  expect(html).toContain("evil.example");
  expect(html).not.toMatch(/<(a|img)\b/);
});
