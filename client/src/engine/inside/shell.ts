import type { Socket } from "node:net";
import type Docker from "dockerode";
import type { Shell, TerminalSize, User } from "../../ports/inside";
import { request, segment } from "../docker";
import { withFaults } from "../errors";
import { createExec, execExitCode } from "../exec";
import { hangUp, newMark } from "../own-processes";
import { terminalOver } from "./terminal";

/** A process with a terminal: what it is, and as whom. */
interface Program {
  /** For /bin/sh. */
  readonly script: string;
  readonly user: string;
  readonly environment: readonly string[];
}

/** By its number, since an image need not have a passwd. */
export const root = "0";

/** Root's login shell, where the container's programs are started. */
const rootShell: Program = {
  script: "command -v bash >/dev/null 2>&1 && exec bash -l; exec sh -l",
  user: root,
  environment: [],
};

/**
 * What a login of that user would give, to the extent that a shell without PAM can have it. The script waits for the
 * shell, because its command line has our mark; when it is hung up on, the kernel hangs up on the shell.
 */
const login = `
cd 2>/dev/null
run=/run/user/$(id -u)
[ -d "$run" ] && export XDG_RUNTIME_DIR="$run"
[ -x "$SHELL" ] || SHELL=/bin/sh
"$SHELL" -l
exit $?
`;

/** Opens a login shell in a running container: root's, or that of another user, in their home. */
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
      // The process may have ended, and then there is nothing to resize.
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
