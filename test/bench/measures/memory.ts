import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { type Edit, startServer } from "../client";
import type { Row } from "../figures";
import { composeOf, dockerfileOf } from "../inputs";
import { dockerLanguageServer, ours, type ServerKind, yamlLanguageServer } from "../servers";

const documents = 200;
const edits = 2_000;

/** The resident set size in megabytes at three points of a session. */
interface Session {
  readonly rest: number;
  readonly opened: number;
  readonly edited: number;
}

interface Files {
  readonly name: "Dockerfile" | "compose.yaml";
  readonly texts: readonly string[];
}

const dockerfiles: Files = {
  name: "Dockerfile",
  texts: Array.from({ length: documents }, (_, index) => dockerfileOf(30 + (index % 60))),
};
const composes: Files = {
  name: "compose.yaml",
  texts: Array.from({ length: documents }, (_, index) => composeOf(1 + (index % 5))),
};

/** The memory of servers that have many documents open, one of which is edited many times. */
export async function memory(folder: string, rounds: number): Promise<Row[]> {
  const rowsOf = async (files: Files, what: string, peer: ServerKind): Promise<Row[]> => {
    const own: Session[] = [];
    const other: Session[] = [];
    for (let round = 0; round < rounds; round++) {
      own.push(await session(ours, files, join(folder, peer.name)));
      other.push(await session(peer, files, join(folder, peer.name)));
    }
    const row = (moment: string, of: (session: Session) => number): Row => ({
      what: moment,
      measure: "memory",
      unit: "MB",
      ours: own.map(of),
      peers: [{ name: peer.name, figures: other.map(of) }],
      aim: { ratio: 1.25 },
    });
    return [
      row(`Idle (${what})`, ({ rest }) => rest),
      row(`${documents} ${what} open`, ({ opened }) => opened),
      row(`After ${edits.toLocaleString("en")} edits (${what})`, ({ edited }) => edited),
      {
        ...row(`Added by opening ${documents} ${what}`, ({ rest, opened }) => opened - rest),
        aim: { most: 15 },
      },
    ];
  };
  return [
    ...(await rowsOf(dockerfiles, "Dockerfiles", dockerLanguageServer)),
    ...(await rowsOf(composes, "Compose files", yamlLanguageServer)),
  ];
}

async function session(kind: ServerKind, { name, texts }: Files, folder: string): Promise<Session> {
  const server = startServer(kind);
  await server.initialize();
  await sleep(500);
  const rest = server.memory();
  const paths = texts.map((text, index) => {
    const directory = join(folder, String(index));
    mkdirSync(directory, { recursive: true });
    writeFileSync(join(directory, name), text);
    return join(directory, name);
  });
  const languageId = name === "Dockerfile" ? "dockerfile" : kind.compose;
  // A server that waits before it responds is not awaited file by file.
  await Promise.all(paths.map((path, index) => server.open(path, languageId, texts[index] ?? "")));
  await sleep(500);
  const opened = server.memory();
  const first = paths[0] ?? "";
  for (let count = 0; count < edits; count++) {
    if (kind.pull || kind === dockerLanguageServer) await server.change(first, sharp(count));
    else {
      server.send(first, sharp(count));
      await sleep(1);
    }
  }
  await sleep(1_000);
  const edited = server.memory();
  await server.kill();
  return { rest, opened, edited };
}

/** Alternately turns the first line into a comment and back. */
function sharp(count: number): Edit {
  const character = count % 2;
  const range = { start: { line: 0, character: 0 }, end: { line: 0, character } };
  return { range, text: character === 0 ? "#" : "" };
}
