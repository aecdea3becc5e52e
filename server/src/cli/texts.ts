/** The messages of the CLI, which are in English. Commands prefix those about a file with its name. */
export const texts = {
  usage: "Usage: systemd-containers COMMAND",
  withoutFiles: "a directory without Dockerfiles and Compose files",
  tryHelp: "Try: systemd-containers --help",
  unknownCommand: (name: string) => `Unknown command: ${name}`,
  output: (why: string) => `The output cannot be written: ${why}`,

  // Invalid usage.
  needsPaths: (command: string) => `${command} needs at least one PATH.`,
  needsPath: "plan needs exactly one PATH.",
  emptyPath: "PATH must not be empty.",
  onlyService: "plan accepts one SERVICE with -f.",
  onlyFiles: "-f accepts files, not directories.",
  onlyLog: "explain accepts one FILE, or - for standard input.",
  onlyRule: "rules accepts one ID and no TARGET.",
  unknownRule: (id: string) => `Unknown rule: ${id}`,
  onlyStdin: "- reads standard input and cannot be combined with another PATH.",
  needsStdin: "--stdin-filename requires -, which reads standard input.",
  oneOf: (option: string, choices: string) => `--${option} accepts one of: ${choices}.`,
  version: "--engine-version expects a version such as 28, 20.10.24 or 5.4.0-rc1.",
  exitCode: "--exit-code expects a number from 0 to 255.",
  formatOfEngine: (format: string, engine: string) =>
    `--format ${format} requires --engine ${engine}: Docker and Podman need different flags.`,

  // Inputs that cannot be read.
  absent: "no such file.",
  directory: "is a directory.",
  special: "is not a regular file.",
  linkLoop: "too many levels of symbolic links.",
  denied: "permission denied.",
  readOnlyDisk: "the file system is read-only.",
  fullDisk: "no space left on device.",
  quota: "disk quota exceeded.",
  notUtf8: "is not UTF-8 text.",
  notText: "is not text.",
  unknownKind: "not recognized as a Dockerfile or Compose file; use --kind.",
  outside: (target: string) => `is a link to ${target}, outside the directory. Specify that file instead.`,
  empty: "contains no Dockerfile, Compose file or other file that starts containers.",
  tooLarge: "not read: larger than 1 MB.",
  stdin: "standard input",
  fileFromTerminal: "Reading the file from the terminal.",
  logFromTerminal: "Reading the log from the terminal.",

  // lint
  noServices: "this file has no services.",
  notLinted: (files: number) => `${counted(files, "file")} not linted.`,
  ruleFailed: (rule: string, error: string) => `${rule} failed: ${error}`,
  progress: (done: string, all: string) => `${done} of ${all} files …`,
  checked: (files: number, findings: number) =>
    `${counted(files, "file")} checked, ${counted(findings, "finding")}.`,
  more: (findings: number) => `${findings} more at information or hint (--all).`,

  // fix
  notFixedLarge: "not fixed: larger than 1 MB.",
  applied: (fixes: number) => `${fixes} ${fixes === 1 ? "fix" : "fixes"} applied`,
  notWritten: (why: string) => `not written: ${why}`,
  readOnly: "the file is read-only.",
  changed: "the file has changed since it was read.",
  damaged: (why: string, copy: string) => `${why} The file is damaged; its old text is in ${copy}.`,
  withdrawn: (finding: string) =>
    `not fixed: the fix does not remove the finding, or an ignore comment disables it. ${finding}`,
  dependent: (rules: string, files: string) =>
    `not fixed: ${rules}. The fix depends on ${files}; fix them together.`,

  // plan
  severalFiles: (names: string) => `contains several files (${names}); specify one.`,
  severalServices: (names: string, example: string) =>
    `several services start systemd: ${names}. Specify one: ${example}`,
  notFound: (what: string, name: string) => `${what} ${name} not found.`,
  noneStarts: (what: string) => `no ${what} starts systemd.`,
  noEntrypoint: "systemd entrypoint not detected; planning as if the image starts systemd.",
  notPlanned: "the planned options do not fix these errors. Use --force to print the command anyway.",
  leftOut: (settings: string) => `not carried over: ${settings}`,
  hidden: (names: string, where: string) =>
    `values not printed: ${names}. Set them in ${where}, or use --show-secrets.`,

  // explain
  page: (rule: string) => `see: systemd-containers rules ${rule}`,
  noCause: (patterns: number) => `no known cause found (${patterns} patterns checked).`,
} as const;

function counted(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? "" : "s"}`;
}
