import type { Row } from "../row";

/** Reasons why a unit's program did not run. The line with the failed step also contains the unit's exit status. */

export const everyVersion = "measured: Docker 28.5, systemd 247, 252, 257 and 262";
export const exitCodes = "systemd.exec(5), table of exit codes";

export const programRows: readonly Row[] = [
  {
    id: "exec-missing",
    kind: "cause",
    line: /(?:Failed|Unable) to locate executable '?(?<path>\/[^\s':]+)'?: No such file or directory/,
    cause: "A unit runs {path}, which is not in the image.",
    fix: "Install or copy the file, or correct the path in ExecStart=.",
    source: everyVersion,
  },
  {
    id: "exec-denied-tmp",
    kind: "cause",
    line: /(?:(?:Failed|Unable) to locate executable|Failed to execute) '?(?<path>\/tmp\/[^\s':]+)'?: Permission denied/,
    cause: "A unit runs {path}, but the tmpfs on /tmp is mounted noexec, which is Docker's default.",
    fix: "Start the container with {tmp}.",
    rules: ["run-tmpfs-tmp"],
    source: everyVersion,
  },
  {
    id: "exec-denied",
    kind: "cause",
    line: /(?:(?:Failed|Unable) to locate executable|Failed to execute) '?(?<path>\/[^\s':]+)'?: Permission denied/,
    cause: "A unit runs {path}, which exists but is not executable, or is on a tmpfs without `exec`.",
    fix: "Use `RUN chmod +x {path}` or `COPY --chmod=755`. A tmpfs that contains programs needs the option `exec`.",
    source: everyVersion,
  },
  {
    id: "exec-interpreter",
    kind: "cause",
    line: /Failed to execute (?<path>\/\S+): No such file or directory/,
    cause: "{path} exists, but the interpreter in its first line, or its dynamic loader, does not.",
    fix: "Install the interpreter. Make sure that a script's first line does not end in CRLF, and that a binary is built for this distribution's libc.",
    source: everyVersion,
  },
  {
    id: "exec-format",
    kind: "cause",
    line: /Failed to execute (?<path>\/\S+): Exec format error/,
    cause:
      "{path} cannot run on this host: it is a script that does not begin with `#!`, or a binary built for another architecture.",
    fix: "Begin the script with `#!/bin/sh`, or build the image for the host's architecture.",
    source: everyVersion,
  },
  {
    id: "unit-exec",
    kind: "cause",
    unless: ["exec-missing", "exec-denied", "exec-denied-tmp", "exec-interpreter", "exec-format"],
    line: /status=203\/EXEC\b/,
    cause: "A unit's program does not exist, is not executable, or is on a tmpfs without `exec`.",
    fix: "Make sure that the path in ExecStart= is in the image and executable. A tmpfs that contains programs needs the option `exec`.",
    source: exitCodes,
  },
  {
    id: "unit-chdir",
    kind: "cause",
    line: /status=200\/CHDIR\b/,
    cause:
      "A unit's WorkingDirectory= does not exist. A tmpfs on /run hides the directories that the image has there.",
    fix: "Create the directory in the image. Below /run, create it with RuntimeDirectory= or tmpfiles.d.",
    rules: ["image-run-content"],
    ambiguous: true,
    source: everyVersion,
  },
  {
    id: "unit-user-denied",
    kind: "cause",
    unless: ["user-namespace"],
    line: /Failed at step (?:USER|GROUP) spawning \S+: Operation not permitted/,
    cause:
      "A unit cannot switch to its user: the SETUID or SETGID capability is dropped, or the user ID is not mapped in the engine's user namespace.",
    fix: "Keep the SETUID and SETGID capabilities. Rootless or remapped: give the engine 65536 IDs in /etc/subuid and /etc/subgid.",
    source:
      "setresuid(2), setgroups(2): EPERM; measured: systemd 262 reports an invalid argument for a missing user",
  },
  {
    id: "unit-user",
    kind: "cause",
    unless: ["user-namespace", "unit-user-denied"],
    line: /status=(?:217\/USER|216\/GROUP)\b/,
    cause: "A unit's User= or Group= does not exist in the image.",
    fix: "Create the user or group in the image, or with sysusers.d.",
    source: everyVersion,
  },
  {
    id: "unit-scheduler",
    kind: "cause",
    line: /status=214\/SETSCHEDULER\b/,
    cause: "A unit requests real-time scheduling, which needs the SYS_NICE capability.",
    fix: "Add the SYS_NICE capability, or remove CPUSchedulingPolicy= from the unit.",
    rules: ["run-capability-missing"],
    source: everyVersion,
  },
  {
    id: "unit-stream",
    kind: "cause",
    line: /status=(?:208\/STDIN|209\/STDOUT|222\/STDERR)\b/,
    cause:
      "A unit's input or output (StandardInput=, StandardOutput=, TTYPath=) refers to a file or device that does not exist in the container.",
    fix: "Write to the journal, which is the default, or to a file in a directory that exists in the image.",
    source: everyVersion,
  },
  {
    id: "environment-file",
    kind: "cause",
    line: /Failed to load environment files: No such file or directory/,
    cause: "A unit reads its environment from a file (EnvironmentFile=) that is not in the container.",
    fix: "Copy the file into the image or mount it; with `EnvironmentFile=-/path`, systemd ignores a missing file.",
    source: everyVersion,
  },
  {
    id: "directory-read-only",
    kind: "cause",
    line: /Failed to set up special execution directory in (?<path>\/\S+): Read-only file system/,
    cause: "A unit needs to write below {path}, but the container's root file system is read-only.",
    fix: "Mount a volume or a tmpfs on {path}, or remove `read_only`.",
    rules: ["run-read-only"],
    source: "measured: Docker 28.5, systemd 252 with `read_only`",
  },
  {
    id: "unit-directory",
    kind: "cause",
    unless: ["directory-read-only"],
    line: /status=(?:233\/RUNTIME_DIRECTORY|238\/STATE_DIRECTORY|239\/CACHE_DIRECTORY|240\/LOGS_DIRECTORY|241\/CONFIGURATION_DIRECTORY)\b/,
    cause:
      "A directory that a unit requires (RuntimeDirectory=, StateDirectory=, LogsDirectory= …) could not be created.",
    fix: "Make sure that the parent directory exists and is writable.",
    source: exitCodes,
  },
  {
    id: "system-call",
    kind: "cause",
    line: /Main process exited, code=(?:killed|dumped), status=31\/SYS/,
    cause:
      "A unit's program made a system call that is denied by the unit's SystemCallFilter= or by the engine's seccomp profile.",
    fix: "Allow the call in the unit's SystemCallFilter=. If the engine is older than the distribution, update the engine.",
    source: everyVersion,
  },
  {
    id: "start-timeout",
    kind: "cause",
    line: /: start(?:-\w+)? operation timed out\. Terminating/,
    cause: "A unit did not signal readiness in time.",
    fix: "Check the unit's journal. If the program does not notify systemd, use Type=exec instead of notify or forking.",
    source: everyVersion,
  },
];
