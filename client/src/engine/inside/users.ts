import type Docker from "dockerode";
import type { User } from "../../ports/inside";
import { withFaults } from "../errors";
import { exec } from "../exec";

/**
 * The users who can log in to a running container, read from its /etc/passwd: root first, then all others with a
 * login shell.
 */
export function listUsers(docker: Docker, container: string): Promise<readonly User[]> {
  return withFaults("list-users", undefined, async () => {
    const { stdout } = await exec(docker, container, ["cat", "/etc/passwd"]);
    return readPasswd(stdout);
  });
}

/** Parses the users of passwd(5) who can log in. An empty shell field means /bin/sh. */
export function readPasswd(text: string): readonly User[] {
  const users = text.split("\n").flatMap((line): User[] => {
    const [name = "", , uid = "", , , home = "/", shell = ""] = line.trimEnd().split(":");
    if (!/^\d+$/.test(uid) || name === "" || name.startsWith("#")) return [];
    return [{ name, uid: Number(uid), home, shell: shell || "/bin/sh" }];
  });
  const isRoot = ({ uid }: User) => uid === 0;
  return [...users.filter(isRoot), ...users.filter((user) => !isRoot(user) && canLogIn(user))];
}

/**
 * Whether a user can log in. Some distributions set a shell that prevents this, and Debian sets other programs as the
 * shells of system users.
 */
function canLogIn({ shell }: User): boolean {
  return !["nologin", "false", "true", "sync", "halt", "shutdown"].includes(shell.split("/").at(-1) ?? "");
}
