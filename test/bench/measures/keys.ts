import { join } from "node:path";
import type { Row } from "../figures";
import { composeOf, dockerfileOf, plainDockerfileOf, readmeOf, typedLine } from "../inputs";
import { composeLanguageServer, dockerLanguageServer, ours, yamlLanguageServer } from "../servers";
import { type Typed, type Typing, type Typist, typeIn } from "../typing";

const words = (count: number) => `app-${count} --now && systemctl enable unit-${count} `;
const small: Typing = { name: "Dockerfile", text: dockerfileOf(60), line: typedLine, words };
const plain: Typing = { ...small, text: plainDockerfileOf(60) };
const large: Typing = { ...small, text: dockerfileOf(1_500) };
const compose: Typing = {
  name: "compose.yaml",
  text: composeOf(20),
  line: "      NAME: web",
  words: (count) => `-${count}x`,
};

const markdown: Typing = {
  name: "README.md",
  text: readmeOf(200),
  line: "The server listens on port 80.",
  words: (count) => ` It answers ${count} requests.`,
};

const inShort: readonly Typist[] = [
  [ours, 300],
  [dockerLanguageServer, 300],
];

/** Keystrokes in a short Dockerfile that does not concern systemd. */
export async function keysInPlainDockerfile(folder: string, rounds: number): Promise<Row[]> {
  const typed = await typeIn(plain, inShort, join(folder, "plain"), rounds);
  const what = "Keystroke in a 60-line Dockerfile without systemd";
  return [rowOf(what, typed, "cpu", 1), rowOf(what, typed, "p50", 1), rowOf(what, typed, "p95", 1)];
}

/** Keystrokes in a Markdown file that shows how to start containers, none of which runs systemd. */
export async function keysInPlainMarkdown(folder: string, rounds: number): Promise<Row[]> {
  const [typed] = await typeIn(markdown, [[ours, 300]], join(folder, "markdown"), rounds);
  const what = "Keystroke in a 200-line Markdown file without systemd";
  return [{ what, measure: "CPU", unit: "ms", ours: typed?.cpu ?? [], peers: [], aim: { most: 1 } }];
}

/** Keystrokes in a short Dockerfile. */
export async function keysInDockerfile(folder: string, rounds: number): Promise<Row[]> {
  const typed = await typeIn(small, inShort, join(folder, "short"), rounds);
  const what = "Keystroke in a 60-line Dockerfile";
  return [rowOf(what, typed, "cpu", 1), rowOf(what, typed, "p50", 1), rowOf(what, typed, "p95", 1)];
}

/** Keystrokes in a long Dockerfile. */
export async function keysInLongDockerfile(folder: string, rounds: number): Promise<Row[]> {
  const typed = await typeIn(
    large,
    [
      [ours, 60],
      [dockerLanguageServer, 30],
    ],
    join(folder, "long"),
    rounds,
  );
  const what = "Keystroke in a 1,500-line Dockerfile";
  return [rowOf(what, typed, "cpu", 0.3), rowOf(what, typed, "p50", 0.3)];
}

/** Keystrokes in a Compose file, compared with all peers. */
export function keysInCompose(folder: string, rounds: number): Promise<Row[]> {
  return composeKeys(
    [
      [yamlLanguageServer, 30],
      [composeLanguageServer, 15],
    ],
    folder,
    rounds,
  );
}

/** The same, compared with the peer that responds sooner. */
export function keysInComposeAndYaml(folder: string, rounds: number): Promise<Row[]> {
  return composeKeys([[yamlLanguageServer, 25]], folder, rounds);
}

/** The peers wait before they respond, so only CPU time is comparable, and few keys are typed with them. */
async function composeKeys(peers: readonly Typist[], folder: string, rounds: number): Promise<Row[]> {
  const typed = await typeIn(compose, [[ours, 120], ...peers], join(folder, "compose"), rounds);
  return [rowOf("Keystroke in a Compose file with 20 services that build", typed, "cpu", 0.5)];
}

type Measured = "cpu" | "p50" | "p95";

function rowOf(what: string, [own, ...peers]: readonly Typed[], of: Measured, ratio: number): Row {
  return {
    what: of === "cpu" ? what : `${what}, ${of}`,
    measure: of === "cpu" ? "CPU" : "time",
    unit: "ms",
    ours: own?.[of] ?? [],
    peers: peers.map((peer) => ({ name: peer.name, figures: peer[of] })),
    aim: { ratio },
  };
}
