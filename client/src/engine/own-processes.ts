import { randomUUID } from "node:crypto";
import type Docker from "dockerode";
import { exec } from "./exec";

/** The variable by which our processes in a container, and what they start, are known again. */
const variable = "SYSTEMD_CONTAINERS_EXEC";

/** A new value of that variable, for the environment of one process. */
export function newMark(): string {
  return `${variable}=${randomUUID()}`;
}

/**
 * Hangs up on our processes in a container, those of one mark or all, and waits up to a second until they are
 * gone. An engine lets a process live on when its client goes away. And systemd waits at its shutdown for
 * every process, but is not told when one ends that it did not start itself: with a process of `exec` still
 * there a container sometimes stops only by the engine's SIGKILL after 10 s (measured: Docker 28.5, cgroup v2,
 * systemd 252). Root cannot read the environment of another user's process, but its command line.
 */
export async function hangUp(docker: Docker, container: string, mark = `${variable}=`): Promise<void> {
  // In two words, so that the mark is not found in the command line that looks for it.
  const words = [variable, mark.slice(variable.length)];
  await exec(docker, container, ["/bin/sh", "-c", script, "sh", ...words]).catch(() => undefined);
}

const script = `
round=0
while [ "$round" -lt 20 ]; do
  found=
  for process in /proc/[0-9]*; do
    grep -qsF "$1$2" "$process/environ" "$process/cmdline" && kill -HUP "$(basename "$process")" && found=yes
  done
  [ "$found" ] || exit 0
  round=$((round + 1))
  sleep 0.05
done
`;
