import { spawn } from "node:child_process";
import {
  existsSync,
  fstatSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readFileSync,
  readlinkSync,
  readSync,
  writeFileSync,
} from "node:fs";
import { request } from "node:http";
import type { Socket } from "node:net";
import { basename, join } from "node:path";
import { groupsFor } from "./machine";
import { sleep } from "./process";
import { draftPrefix, keeper, stateRoot } from "./state";

/** A draft of the state directory: the keeper renames it once it has the lock. */
export async function draftState(
  name: string,
  cgroupVersion: 1 | 2,
): Promise<{ id: string; folder: string }> {
  mkdirSync(stateRoot, { recursive: true });
  const folder = mkdtempSync(join(stateRoot, draftPrefix));
  const id = `${name.replace(/\W+/g, "-")}-${basename(folder).slice(draftPrefix.length)}`;
  const groups = await groupsFor(id, cgroupVersion);
  writeFileSync(join(folder, "name"), name);
  writeFileSync(join(folder, "cgroups"), groups.map((group) => `${group}\n`).join(""));
  return { id, folder };
}

interface Kept {
  /** Rejects when the keeper ends. */
  ended: Promise<never>;
  /** Lets the engine survive this process. */
  release(): void;
  stop(): Promise<void>;
  /** The end of what the engine reported. */
  log(): string;
}

/**
 * Starts a keeper in a separate session, so that Ctrl-C does not reach it. Its standard input is the life
 * line: it closes when this process ends, however it ends.
 */
export function keep(args: readonly string[]): Kept {
  const [draft = ""] = args;
  // What launched this process (npm, tsx, a test runner) may be killed and leave it alone: that is the end, too.
  // They are looked for before the keeper starts: a launcher that ends once there is a keeper is one of them.
  const launchers = launchersInGroup();
  const log = openSync(join(draft, "log"), "a+");
  const child = spawn("sh", [keeper, "keep", ...args], {
    cwd: "/",
    detached: true,
    stdio: ["pipe", log, log],
  });
  child.unref();
  const line = child.stdin as Socket;
  line.unref();
  line.on("error", () => {});
  const exit = new Promise<void>((done) => child.on("exit", () => done()));
  const watch = setInterval(() => {
    if (!launchers.every((pid) => existsSync(`/proc/${pid}`))) line.destroy();
  }, 500).unref();
  const ended = exit.then(() => {
    throw new Error("it ended");
  });
  ended.catch(() => {});
  return {
    ended,
    release() {
      clearInterval(watch);
      line.end("outlive\n");
    },
    async stop() {
      clearInterval(watch);
      line.destroy();
      child.ref();
      await exit;
    },
    log: () => readEnd(log),
  };
}

/**
 * The processes of Node, and the shells between them, from which this one descends, to the extent that they are one job
 * with it: they wait for it. A shell above them need not: it ends when it has started us in the background.
 */
function launchersInGroup(): string[] {
  const found: string[] = [];
  let launchers = 0;
  const own = parentAndGroup("self");
  for (let pid = own.parent; pid !== "0"; ) {
    const { parent, group } = parentAndGroup(pid);
    if (group !== own.group) break;
    found.push(pid);
    if (readlinkSync(`/proc/${pid}/exe`) === process.execPath) launchers = found.length;
    pid = parent;
  }
  return found.slice(0, launchers);
}

/** Fields 4 and 5 of /proc/PID/stat; the second is in parentheses and may hold anything. */
function parentAndGroup(pid: string): { parent: string; group: string } {
  const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
  const [, parent = "0", group = "0"] = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  return { parent, group };
}

/** The log is read through its descriptor: by then its directory is gone. */
function readEnd(file: number): string {
  const buffer = Buffer.alloc(100_000);
  const start = Math.max(0, fstatSync(file).size - buffer.length);
  const length = readSync(file, buffer, 0, buffer.length, start);
  return buffer.subarray(0, length).toString().trim().split("\n").slice(-15).join("\n");
}

/** Resolves when the engine answers on its socket. Rejects after a minute. */
export async function answers(socketPath: string): Promise<void> {
  for (let tries = 0; tries < 600; tries++) {
    if (await pings(socketPath)) return;
    await sleep(100);
  }
  throw new Error("it does not answer on its socket");
}

function pings(socketPath: string): Promise<boolean> {
  return new Promise((done) => {
    const ping = request({ socketPath, path: "/_ping", timeout: 1000 }, (response) => {
      response.resume();
      done(response.statusCode === 200);
    });
    ping.on("error", () => done(false));
    ping.on("timeout", () => ping.destroy());
    ping.end();
  });
}
