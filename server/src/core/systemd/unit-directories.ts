/** The directories with units of the system that packages and administrators write (systemd.unit(5)). */
export const unitDirectories: readonly string[] = [
  "/etc/systemd/system",
  "/run/systemd/system",
  "/usr/local/lib/systemd/system",
  "/usr/lib/systemd/system",
  "/lib/systemd/system",
];

/** Those that only commands write: systemctl set-property, portablectl attach. systemd reads them as well. */
const writtenByCommands: readonly string[] = [
  "/etc/systemd/system.control",
  "/run/systemd/system.control",
  "/etc/systemd/system.attached",
  "/run/systemd/system.attached",
];

const read: ReadonlySet<string> = new Set([...unitDirectories, ...writtenByCommands]);

/** The name of a file directly in a directory from which systemd reads units of the system. */
export function unitReadFrom(path: string): string | undefined {
  const slash = path.lastIndexOf("/");
  return read.has(path.slice(0, slash)) ? path.slice(slash + 1) : undefined;
}
