import type { ServerResponse } from "node:http";
import { describe, expect, test } from "vitest";
import { connectTo } from "./connect-to";
import { argvOf, execs } from "./execs";
import { type Answer, docker28, type RecordingServer, serve } from "./recording-server";
import { rejection } from "./rejection";

const container = { id: "abc", name: "web", running: true };
const never = new AbortController().signal;
const job = { report: () => undefined, signal: never };

/** A container that is up, whose console writes nothing. */
const up = {
  ...docker28,
  "GET /containers/abc/json": { State: { Running: true }, Config: { Tty: true } },
  "GET /containers/abc/logs": (response: ServerResponse) => response.flushHeaders(),
  "POST /containers/abc/wait": (response: ServerResponse) => response.flushHeaders(),
};

const isWait = (argv: readonly string[]) => argv.includes("is-system-running");

/** An engine in whose container `systemctl is-system-running` writes one answer after the other. */
async function answering(...answers: (string | { stderr: string; exitCode: number })[]) {
  const left = [...answers];
  const run = (argv: readonly string[]) => (isWait(argv) ? (left.shift() ?? "running\n") : "");
  const server = await serve(Object.assign(execs(["abc"], run), up));
  return { server, engine: await connectTo(`unix://${server.socket}`) };
}

/** The commands that were run inside to learn whether systemd is up. */
function waits({ requests }: RecordingServer): string[] {
  const created = requests.filter(({ path }) => path === "/containers/abc/exec").map(argvOf);
  return created.map((argv) => argv.join(" ")).filter((line) => / (is-system-running|list-jobs)/.test(line));
}

const waiting = "systemctl is-system-running --wait";

describe("a boot is waited for", () => {
  test("by one process where systemd can wait", async () => {
    const { server, engine } = await answering("degraded\n");
    expect(await engine.boot(container, 30, job)).toMatchObject({ state: "degraded" });
    expect(waits(server)).toEqual([waiting]);
  });

  test("for a time that is no whole number of milliseconds", async () => {
    const { server, engine } = await answering("running\n");
    expect(await engine.boot(container, 29.0001234, job)).toMatchObject({ state: "running" });
    expect(waits(server)).toEqual([waiting]);
  });

  test("by another one while systemd cannot be asked", async () => {
    const notUp = { stderr: "Failed to connect to bus: No such file or directory\n", exitCode: 1 };
    const { server, engine } = await answering(notUp, "offline\n", "maintenance\n");
    expect(await engine.boot(container, 30, job)).toMatchObject({ state: "maintenance" });
    expect(waits(server)).toEqual([waiting, waiting, waiting]);
  });

  test.each([
    ["refuses to wait", { stderr: "systemctl: unrecognized option '--wait'\n", exitCode: 1 }],
    ["does not wait", "initializing\n"],
  ])("by asking again and again where systemd %s", async (_, first) => {
    const { server, engine } = await answering(first, "starting\n", "running\n");
    expect(await engine.boot(container, 30, job)).toMatchObject({ state: "running" });
    const asking = "systemctl is-system-running";
    expect(waits(server)).toEqual([waiting, asking, asking]);
  });
});

describe("a process that waits for a boot", () => {
  /** An engine where it never ends; `hungUp` resolves with the mark that is looked for. */
  async function waitingForEver() {
    let hungUp = (_mark: string) => {};
    const mark = new Promise<string>((resolve) => (hungUp = resolve));
    const others = execs(["abc"], (argv) => {
      if (argv[0] === "/bin/sh") hungUp(argv.slice(-2).join(""));
      return "";
    });
    const create = others["POST /containers/abc/exec"];
    const more: Record<string, Answer> = {
      ...up,
      "POST /containers/abc/exec": (response, request) => {
        if (isWait(argvOf(request))) return response.end(JSON.stringify({ Id: "waits" }));
        return typeof create === "function" && create(response, request);
      },
      "POST /exec/waits/start": (response) => response.flushHeaders(),
    };
    const server = await serve(Object.assign(others, more));
    const engine = await connectTo(`unix://${server.socket}`);
    const started = () => server.requests.find(({ path }) => path === "/containers/abc/exec");
    const ownMark = () => JSON.parse(started()?.body.toString() ?? "{}").Env.at(-1);
    return { engine, server, mark, ownMark };
  }

  test("is hung up on when the time is up", async () => {
    const { engine, mark, ownMark } = await waitingForEver();
    expect(await engine.boot(container, 0.5, job)).toMatchObject({ state: "starting" });
    expect(await mark).toBe(ownMark());
  });

  test("is hung up on when the boot is cancelled", async () => {
    const { engine, server, mark, ownMark } = await waitingForEver();
    const end = new AbortController();
    const boot = rejection(engine.boot(container, 30, { ...job, signal: end.signal }));
    await expect.poll(() => server.lines()).toContain("POST /exec/waits/start");
    end.abort();
    expect(await boot).toMatchObject({ name: "AbortError" });
    expect(await mark).toBe(ownMark());
  });
});

test("how far a boot is comes from the console, and nothing is asked for it", async () => {
  const text: string[] = [];
  const logs: Answer = (response) =>
    response.write("\x1b[32mWelcome\x1b[0m\r\n[  OK  ] Reached target sockets.target.\r\n");
  const answers = execs(["abc"], (argv) => (isWait(argv) ? "running\n" : ""));
  const server = await serve(Object.assign(answers, up, { "GET /containers/abc/logs": logs }));
  const engine = await connectTo(`unix://${server.socket}`);
  await engine.boot(container, 30, { ...job, report: (line) => text.push(line) });
  expect(text).toEqual(["[  OK  ] Reached target sockets.target."]);
  expect(waits(server)).toEqual([waiting]);
});
