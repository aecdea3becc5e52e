import type Docker from "dockerode";
import type { User } from "../../ports/inside";
import { withFaults } from "../errors";
import { exec } from "../exec";

/** Who can log in to a running container, from its passwd: root first, then everybody else with a login shell. */
export function listUsers(docker: Docker, container: string): Promise<readonly User[]> {
  return withFaults("list-users", undefined, async () => {
    const { stdout } = await exec(docker, container, ["cat", "/etc/passwd"]);
    return readPasswd(stdout);
  });
}

/** The users of passwd(5) who can log in. An empty shell field means /bin/sh. */
export function readPasswd(text: string): readonly User[] {
  const users = text.split("\n").flatMap((line): User[] => {
    const [name = "", , uid = "", , , home = "/", shell = ""] = line.trimEnd().split(":");
    if (!/^\d+$/.test(uid) || name === "" || name.startsWith("#")) return [];
    return [{ name, uid: Number(uid), home, shell: shell || "/bin/sh" }];
  });
  const isRoot = ({ uid }: User) => uid === 0;
  return [...users.filter(isRoot), ...users.filter((user) => !isRoot(user) && canLogIn(user))];
}

/** What distributions give to users who shall not log in, and the programs that Debian has users for. */
function canLogIn({ shell }: User): boolean {
  return !["nologin", "false", "true", "sync", "halt", "shutdown"].includes(shell.split("/").at(-1) ?? "");
}
