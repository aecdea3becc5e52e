import { spawn } from "node:child_process";
import { Agent } from "node:http";
import { Duplex } from "node:stream";
import { failure } from "../errors";

export interface SshTarget {
  readonly host: string;
  readonly port?: string;
  readonly user?: string;
  /** The engine's program there, with the socket where it is not the usual one; the key's file here. */
  readonly podman?: boolean;
  readonly socket?: string;
  readonly key?: string;
}

/** What ssh is called with: words of an argument vector, so nothing in them is ever a command line or an option here. */
export function sshArguments({ host, port, user, podman, socket, key }: SshTarget): string[] {
  // The shell at the other end reads these words once more.
  const there = socket === undefined ? [] : [podman ? "--url" : "--host", quoted(`unix://${socket}`)];
  return [
    // No one can answer a question about a password or an unknown host.
    ...["-o", "BatchMode=yes", "-o", "ConnectTimeout=10", "-T"],
    ...(port === undefined ? [] : ["-p", port]),
    ...(user === undefined ? [] : ["-l", user]),
    ...(key === undefined ? [] : ["-i", key]),
    ...["--", host, podman ? "podman" : "docker", ...there, "system", "dial-stdio"],
  ];
}

function quoted(word: string): string {
  return /^[\w:/.-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}

const agents = new Map<string, Agent>();

/**
 * An agent whose connections are `ssh … docker system dial-stdio`, as the docker command does it, or Podman's, so the
 * user's own ssh configuration, keys and agent hold. Every connection is a process, so all that go to the
 * same place share one agent.
 */
export function sshAgent(target: SshTarget, program = "ssh"): Agent {
  const key = JSON.stringify([target, program]);
  const known = agents.get(key);
  if (known) return known;
  const agent = new Agent({ keepAlive: true, maxFreeSockets: 2 });
  agents.set(key, Object.assign(agent, { createConnection: () => connect(target, program) }));
  return agent;
}

function connect(target: SshTarget, program: string): Duplex {
  const child = spawn(program, sshArguments(target), { windowsHide: true });
  let said = "";
  child.stderr.on("data", (chunk: Buffer) => {
    said = (said + chunk).slice(-2000);
  });
  const socket = new Duplex({
    read: () => void child.stdout.resume(),
    // What goes wrong with a pipe is reported better when ssh ends.
    write: (chunk, _encoding, done) => void child.stdin.write(chunk, () => done()),
    final: (done) => void child.stdin.end(() => done()),
    destroy: (error, done) => {
      child.kill();
      done(error);
    },
  });
  socket.on("error", () => undefined);
  child.stdin.on("error", () => undefined);
  child.stdout.on("data", (chunk: Buffer) => {
    if (!socket.push(chunk)) child.stdout.pause();
  });
  child.on("error", ({ message }) => socket.destroy(failure({ code: "ssh-not-run", said: message })));
  child.on("close", (code) => {
    if (code) socket.destroy(failure({ code: "ssh-ended", exitCode: code, said: said.trim() }));
    else socket.push(null);
  });
  // What http asks of a socket beyond a stream; a pipe has neither timeouts nor a kernel's keep-alive.
  const self = () => socket;
  return Object.assign(socket, {
    setTimeout: self,
    setKeepAlive: self,
    setNoDelay: self,
    ref: self,
    unref: self,
  });
}
