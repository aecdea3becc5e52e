import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { startServer } from "../client";
import type { Row } from "../figures";
import { dockerfileOf, writeOthers } from "../inputs";
import { runNode } from "../process";
import { dockerLanguageServer, ours, type ServerKind } from "../servers";

/** The times of one start, in milliseconds from the start of the process. */
interface Started {
  readonly initialize: number;
  readonly diagnostics: number;
  /** CPU time until the server has shut down cleanly after the first diagnostics. */
  readonly cpu: number;
  /** The largest resident set size until then, in megabytes. */
  readonly memory: number;
}

/**
 * Starts a server on a directory with a Dockerfile, and shuts it down once the diagnostics of the Dockerfile arrive.
 */
async function start(kind: ServerKind, folder: string, home: string): Promise<Started> {
  // Whatever a program saves for its next start is saved below one of these directories.
  const env = {
    ...{ HOME: home, TMPDIR: home, XDG_CACHE_HOME: home },
    SYSTEMD_CONTAINERS_CODE_CACHE: join(home, "code-cache"),
  };
  const server = startServer(kind, { metered: true, env });
  const initialize = await server.initialize(folder);
  const opened = server.open(join(folder, "Dockerfile"), "dockerfile", dockerfileOf(60));
  // VS Code requests the other files at the same time.
  if (kind.pull) server.pullWorkspace().catch(() => {});
  await opened;
  const diagnostics = server.age();
  return { initialize, diagnostics, ...(await server.shutdown()) };
}

/** One of the figures, for all starts. */
function each(starts: readonly Started[], of: keyof Started): number[] {
  return starts.map((one) => one[of]);
}

function folderWithDockerfile(folder: string): string {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "Dockerfile"), dockerfileOf(60));
  return folder;
}

/** The time from the start to the response to `initialize`, and to the first diagnostics. */
export async function starts(folder: string, rounds: number): Promise<Row[]> {
  const workspace = folderWithDockerfile(join(folder, "start"));
  const kept = mkdtempSync(join(folder, "kept-"));
  const bare: number[] = [];
  const warm: Started[] = [];
  const cold: Started[] = [];
  const peer: Started[] = [];
  await start(ours, workspace, kept);
  await start(dockerLanguageServer, workspace, kept);
  for (let round = 0; round < rounds; round++) {
    bare.push((await runNode(["-e", "0"])).wall);
    warm.push(await start(ours, workspace, kept));
    peer.push(await start(dockerLanguageServer, workspace, kept));
    cold.push(await start(ours, workspace, mkdtempSync(join(folder, "new-"))));
  }
  const bareWall = [{ name: "node -e 0", figures: bare }];
  const peerOf = (of: keyof Started) => [{ name: dockerLanguageServer.name, figures: each(peer, of) }];
  return [
    {
      what: "From start to the response to `initialize`",
      measure: "time",
      unit: "ms",
      ours: each(warm, "initialize"),
      peers: bareWall,
      aim: { more: 60 },
    },
    {
      what: "From first start to the response to `initialize`",
      measure: "time",
      unit: "ms",
      ours: each(cold, "initialize"),
      peers: bareWall,
    },
    {
      what: "From start to the first diagnostics, 60 lines",
      measure: "time",
      unit: "ms",
      ours: each(warm, "diagnostics"),
      peers: peerOf("diagnostics"),
      aim: { ratio: 0.7 },
    },
    {
      what: "Start, first diagnostics, shutdown",
      measure: "CPU",
      unit: "ms",
      ours: each(warm, "cpu"),
      peers: peerOf("cpu"),
      aim: { ratio: 0.7 },
    },
    {
      what: "Start, first diagnostics, shutdown",
      measure: "memory",
      unit: "MB",
      ours: each(warm, "memory"),
      peers: peerOf("memory"),
      aim: { ratio: 1.25 },
    },
  ];
}

/** How much other files in the workspace delay the first diagnostics. */
export async function startsAmongOthers(folder: string, rounds: number): Promise<Row[]> {
  const alone = folderWithDockerfile(join(folder, "alone"));
  const among = folderWithDockerfile(join(folder, "among"));
  writeOthers(among, 50_000);
  const kept = mkdtempSync(join(folder, "kept-"));
  const many: number[] = [];
  const none: number[] = [];
  await start(ours, among, kept);
  for (let round = 0; round < rounds; round++) {
    many.push((await start(ours, among, kept)).diagnostics);
    none.push((await start(ours, alone, kept)).diagnostics);
  }
  return [
    {
      what: "From start to the first diagnostics, with 50,000 other files",
      measure: "time",
      unit: "ms",
      ours: many,
      peers: [{ name: "without them", figures: none }],
      aim: { ratio: 1.05 },
    },
  ];
}
