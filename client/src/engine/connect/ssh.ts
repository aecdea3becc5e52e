import { spawn } from "node:child_process";
import { Agent } from "node:http";
import { Duplex } from "node:stream";
import { failure } from "../errors";

export interface SshTarget {
  readonly host: string;
  readonly port?: string;
  readonly user?: string;
  /**
   * Whether the remote program is podman instead of docker; `socket` is its socket if not the default, `key` a local
   * key file.
   */
  readonly podman?: boolean;
  readonly socket?: string;
  readonly key?: string;
}

/**
 * The arguments for ssh. They are passed without a local shell, and none of the values can be mistaken for an option.
 */
export function sshArguments({ host, port, user, podman, socket, key }: SshTarget): string[] {
  // The remote shell parses these words again.
  const there = socket === undefined ? [] : [podman ? "--url" : "--host", quoted(`unix://${socket}`)];
  return [
    // There is no terminal for questions about a password or an unknown host.
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
 * An agent whose connections are `ssh … docker system dial-stdio`, as in the docker command, or the podman
 * equivalent, so the user's ssh configuration, keys and agent apply. Each connection is a process, so all connections
 * to the same target share one agent.
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
    // Errors of the pipe are ignored, because the exit of ssh provides a better reason.
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
  // The socket methods that http calls and a stream lacks. A pipe has neither timeouts nor keep-alive.
  const self = () => socket;
  return Object.assign(socket, {
    setTimeout: self,
    setKeepAlive: self,
    setNoDelay: self,
    ref: self,
    unref: self,
  });
}
