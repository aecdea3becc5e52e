import type { Row } from "../row";

/** Why a unit's program did not run. The line that names the failed step comes with the unit's exit status. */

export const everyVersion = "measured: Docker 28.5, systemd 247, 252, 257 and 262";
export const exitCodes = "systemd.exec(5), table of exit codes";

export const programRows: readonly Row[] = [
  {
    id: "exec-missing",
    kind: "cause",
    line: /(?:Failed|Unable) to locate executable '?(?<path>\/[^\s':]+)'?: No such file or directory/,
    cause: "{path}, which a unit runs, is not in the image.",
    fix: "Install or copy it, or correct the path in ExecStart=.",
    source: everyVersion,
  },
  {
    id: "exec-denied-tmp",
    kind: "cause",
    line: /(?:(?:Failed|Unable) to locate executable|Failed to execute) '?(?<path>\/tmp\/[^\s':]+)'?: Permission denied/,
    cause:
      "{path}, which a unit runs, may not be run: the tmpfs on /tmp has no `exec`, which Docker leaves out.",
    fix: "Start it with {tmp}.",
    rules: ["run-tmpfs-tmp"],
    source: everyVersion,
  },
  {
    id: "exec-denied",
    kind: "cause",
    line: /(?:(?:Failed|Unable) to locate executable|Failed to execute) '?(?<path>\/[^\s':]+)'?: Permission denied/,
    cause:
      "{path}, which a unit runs, is there but may not be run: it is not executable, or lies on a tmpfs without `exec`.",
    fix: "`RUN chmod +x {path}` or `COPY --chmod=755`; a tmpfs that programs run from needs the option `exec`.",
    source: everyVersion,
  },
  {
    id: "exec-interpreter",
    kind: "cause",
    line: /Failed to execute (?<path>\/\S+): No such file or directory/,
    cause:
      "{path} is there, but what it needs to run is not: the interpreter in its first line, or its loader.",
    fix: "Install the interpreter; see that the first line has no Windows line end, and that a program is built for this distribution's libc.",
    source: everyVersion,
  },
  {
    id: "exec-format",
    kind: "cause",
    line: /Failed to execute (?<path>\/\S+): Exec format error/,
    cause:
      "{path} is no program for this machine: a script without `#!` in its first line, or built for another architecture.",
    fix: "Begin the script with `#!/bin/sh`, or build the image for this architecture.",
    source: everyVersion,
  },
  {
    id: "unit-exec",
    kind: "cause",
    unless: ["exec-missing", "exec-denied", "exec-denied-tmp", "exec-interpreter", "exec-format"],
    line: /status=203\/EXEC\b/,
    cause: "A unit's program is not there, cannot be run, or lies on a tmpfs without `exec`.",
    fix: "See that the path of ExecStart= is in the image and executable; a tmpfs that programs run from needs the option `exec`.",
    source: exitCodes,
  },
  {
    id: "unit-chdir",
    kind: "cause",
    line: /status=200\/CHDIR\b/,
    cause: "A unit's WorkingDirectory= is not there; below /run a tmpfs hides what the image put.",
    fix: "Make the folder in the image, below /run by RuntimeDirectory= or tmpfiles.d.",
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
      "A unit cannot become its user: SETUID or SETGID is dropped, or the user's number is not mapped in the engine's user namespace.",
    fix: "Keep the capabilities SETUID and SETGID. Rootless or remapped: give the engine 65536 numbers in /etc/subuid and /etc/subgid.",
    source:
      "setresuid(2), setgroups(2): EPERM; measured: systemd 262 says of a user that is not there that an argument is invalid",
  },
  {
    id: "unit-user",
    kind: "cause",
    unless: ["user-namespace", "unit-user-denied"],
    line: /status=(?:217\/USER|216\/GROUP)\b/,
    cause: "A unit's User= or Group= is not in the image.",
    fix: "Make the user or group in the image, or with sysusers.d.",
    source: everyVersion,
  },
  {
    id: "unit-scheduler",
    kind: "cause",
    line: /status=214\/SETSCHEDULER\b/,
    cause: "A unit asks for real-time scheduling, which takes SYS_NICE.",
    fix: "Add the capability SYS_NICE, or drop CPUSchedulingPolicy= of the unit.",
    rules: ["run-capability-missing"],
    source: everyVersion,
  },
  {
    id: "unit-stream",
    kind: "cause",
    line: /status=(?:208\/STDIN|209\/STDOUT|222\/STDERR)\b/,
    cause:
      "What a unit reads from or writes to (StandardInput=, StandardOutput=, TTYPath=) is not there in the container.",
    fix: "Let it write to the journal, which is the default, or to a file in a folder that the image has.",
    source: everyVersion,
  },
  {
    id: "environment-file",
    kind: "cause",
    line: /Failed to load environment files: No such file or directory/,
    cause: "A unit reads its environment from a file (EnvironmentFile=) that is not in the container.",
    fix: "Put the file into the image or mount it; `EnvironmentFile=-/path` does without it.",
    source: everyVersion,
  },
  {
    id: "directory-read-only",
    kind: "cause",
    line: /Failed to set up special execution directory in (?<path>\/\S+): Read-only file system/,
    cause: "A unit keeps something below {path}, and the container's root is read-only.",
    fix: "Mount a volume or a tmpfs on {path}, or leave out `read_only`.",
    rules: ["run-read-only"],
    source: "measured: Docker 28.5, systemd 252 with `read_only`",
  },
  {
    id: "unit-directory",
    kind: "cause",
    unless: ["directory-read-only"],
    line: /status=(?:233\/RUNTIME_DIRECTORY|238\/STATE_DIRECTORY|239\/CACHE_DIRECTORY|240\/LOGS_DIRECTORY|241\/CONFIGURATION_DIRECTORY)\b/,
    cause: "A unit's own folder (RuntimeDirectory=, StateDirectory=, LogsDirectory= …) could not be made.",
    fix: "See that the folder it lies in is there and can be written to.",
    source: exitCodes,
  },
  {
    id: "system-call",
    kind: "cause",
    line: /Main process exited, code=(?:killed|dumped), status=31\/SYS/,
    cause:
      "A unit's program made a system call that is forbidden: by the unit's SystemCallFilter=, or by the engine's seccomp profile.",
    fix: "Allow the call in SystemCallFilter= of the unit; with an engine older than the distribution update the engine.",
    source: everyVersion,
  },
  {
    id: "start-timeout",
    kind: "cause",
    line: /: start(?:-\w+)? operation timed out\. Terminating/,
    cause: "A unit did not say in time that it is ready.",
    fix: "See in its journal what it waits for. A program that does not tell systemd that it is ready needs Type=exec, not notify or forking.",
    source: everyVersion,
  },
];
