/** The Dockerfile of an image with only systemd and D-Bus, which uses the base image's package manager. */
export function proofDockerfile(base: string): string {
  return `FROM ${base}
RUN if [ -x /lib/systemd/systemd ] || [ -x /usr/lib/systemd/systemd ]; then exit 0; fi; \\
    if command -v apt-get; then apt-get update && apt-get install -y --no-install-recommends systemd systemd-sysv dbus; \\
    elif command -v dnf; then dnf install -y systemd; \\
    elif command -v zypper; then zypper --non-interactive install systemd; \\
    else echo "No supported package manager in this base image" >&2; exit 1; fi
`;
}
