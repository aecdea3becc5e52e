import type Docker from "dockerode";
import type { Login } from "../../ports/launching";
import { fault, withFaults } from "../errors";
import { exec } from "../exec";

/**
 * The name is $1 and the key $2, so the shell does not interpret them. `*` is a password that never matches. With
 * `!`, which is the default of useradd, sshd would also reject keys unless it uses PAM (sshd(8), AUTHENTICATION).
 */
const script = `set -eu
if ! id -u "$1" >/dev/null 2>&1; then
  shell=/bin/bash
  [ -x "$shell" ] || shell=/bin/sh
  useradd --create-home --shell "$shell" --password '*' "$1"
fi
home=$(getent passwd "$1" | cut -d: -f6)
group=$(id -g "$1")
mkdir -p "$home/.ssh"
file=$home/.ssh/authorized_keys
touch "$file"
grep -qxF -e "$2" "$file" || printf '%s\\n' "$2" >>"$file"
chmod 700 "$home/.ssh"
chmod 600 "$file"
chown "$1:$group" "$home/.ssh" "$file"
`;

/** Creates a user in a running container if it does not exist, and authorizes an SSH key for it. */
export function addLogin(
  docker: Docker,
  id: string,
  { name, key }: Login,
  signal: AbortSignal,
): Promise<void> {
  return withFaults("make-user", signal, async () => {
    const argv = ["/bin/sh", "-c", script, "sh", name, key];
    const { exitCode, stdout, stderr } = await exec(docker, id, argv, { signal, timeout: 30_000 });
    if (exitCode === 0) return;
    throw fault({ code: "user-not-made", user: name, exitCode, said: `${stderr}${stdout}`.trim() });
  });
}
