/** The directories of system units in which packages and administrators place files (systemd.unit(5)). */
export const unitDirectories: readonly string[] = [
  "/etc/systemd/system",
  "/run/systemd/system",
  "/usr/local/lib/systemd/system",
  "/usr/lib/systemd/system",
  "/lib/systemd/system",
];

/** Directories to which only `systemctl set-property` and `portablectl attach` write. systemd reads them as well. */
const writtenByCommands: readonly string[] = [
  "/etc/systemd/system.control",
  "/run/systemd/system.control",
  "/etc/systemd/system.attached",
  "/run/systemd/system.attached",
];

const read: ReadonlySet<string> = new Set([...unitDirectories, ...writtenByCommands]);

/** The name of a file that is directly in a directory from which systemd reads system units. */
export function unitReadFrom(path: string): string | undefined {
  const slash = path.lastIndexOf("/");
  return read.has(path.slice(0, slash)) ? path.slice(slash + 1) : undefined;
}
