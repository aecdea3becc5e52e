import type { Socket } from "node:net";
import type Docker from "dockerode";
import type { Shell, TerminalSize, User } from "../../ports/inside";
import { request, segment } from "../docker";
import { withFaults } from "../errors";
import { createExec, execExitCode } from "../exec";
import { hangUp, newMark } from "../own-processes";
import { terminalOver } from "./terminal";

/** A process with a terminal: its script, user and environment. */
interface Program {
  /** A script for /bin/sh. */
  readonly script: string;
  readonly user: string;
  readonly environment: readonly string[];
}

/** The user ID, since an image may lack /etc/passwd. */
export const root = "0";

/** A login shell for root, started in the container's working directory. */
const rootShell: Program = {
  script: "command -v bash >/dev/null 2>&1 && exec bash -l; exec sh -l",
  user: root,
  environment: [],
};

/**
 * Sets up what logging in as the user would, to the extent possible for a shell without PAM. The script waits for the
 * shell, because the script's command line contains the mark. When SIGHUP ends the script, the kernel sends SIGHUP to
 * the shell.
 */
const login = `
cd 2>/dev/null
run=/run/user/$(id -u)
[ -d "$run" ] && export XDG_RUNTIME_DIR="$run"
[ -x "$SHELL" ] || SHELL=/bin/sh
"$SHELL" -l
exit $?
`;

/** Opens a login shell in a running container: as root, or as another user in that user's home directory. */
export function openShell(
  docker: Docker,
  container: string,
  size: TerminalSize,
  user?: User,
): Promise<Shell> {
  return openProgram(docker, container, size, user === undefined ? rootShell : shellOf(user));
}

function shellOf({ name, home, shell }: User): Program {
  const environment = [`HOME=${home}`, `USER=${name}`, `LOGNAME=${name}`, `SHELL=${shell}`];
  return { script: login, user: name, environment };
}

function openProgram(
  docker: Docker,
  container: string,
  size: TerminalSize,
  { script, user, environment }: Program,
): Promise<Shell> {
  return withFaults("open-shell", undefined, async () => {
    const mark = newMark();
    const id = await createExec(docker, container, {
      Cmd: ["/bin/sh", "-c", script, mark],
      User: user,
      AttachStdin: true,
      AttachStdout: true,
      AttachStderr: true,
      Tty: true,
      ConsoleSize: [size.rows, size.columns],
      Env: ["TERM=xterm-256color", ...environment, mark],
    });
    const socket = await request<Socket>(docker, {
      method: "POST",
      path: `/exec/${segment(id)}/start`,
      body: { Detach: false, Tty: true },
      as: "socket",
    });
    const resize = async ({ columns, rows }: TerminalSize) => {
      const path = `/exec/${segment(id)}/resize`;
      // If the process has ended, there is nothing to resize.
      await request(docker, { method: "POST", path, query: { h: rows, w: columns } }).catch(() => undefined);
    };
    await resize(size);
    return terminalOver(socket, {
      resize,
      exitCode: () => execExitCode(docker, id),
      close: () => hangUp(docker, container, mark),
    });
  });
}
