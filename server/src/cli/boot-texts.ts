/** The texts of `inspect`. */
export const inspectTexts = {
  needsOne: "inspect needs exactly one PATH or IMAGE.",
  namesNone: "The file does not specify an image.",
  notThere: (engine: string) => `${engine} does not have this image.`,
  none: "none",
  absent: "absent",
  present: "present",
};

/**
 * The messages of `boot`. If a message is about the image or container that is booted, the command puts its name in
 * front.
 */
export const bootTexts = {
  // Invalid usage.
  needsOne: "boot needs exactly one PATH or IMAGE.",
  timeout: "--timeout expects a number of seconds, at least 1.",
  unit: (option: string) => `--${option} needs the name of a unit.`,
  inline: "an inline Dockerfile in a Compose file is not supported; move it to a separate file.",
  noFile: "no such file, and the engine has no image with that name.",

  notInspected: "Interrupted or timed out before all images were inspected.",

  // During the run.
  engine: (name: string, address: string) => `Engine: ${name} at ${address}`,
  leftBefore: "An earlier boot left containers, images or volumes. To remove them:",
  removeNow: "Remove them now? [y/N]",
  removed: "Removed.",
  interrupted: "Interrupted. Removing what was created.",
  late: "Timed out. Removing what was created.",

  // How the run ended.
  asExpected: "as expected",
  notAsExpected: "not as expected",
  after: (seconds: string) => `after ${seconds} s`,
  states: {
    "no-engine": "no engine",
    unknown: "not found",
    connecting: "still connecting to the engine",
    building: "still building",
    "not-built": "the build failed",
    "not-started": "not started",
    created: "still starting the container",
    running: "running",
    degraded: "degraded",
    maintenance: "in rescue or emergency mode",
    starting: "still booting",
    exited: "exited",
    frozen: "frozen (PID 1 stopped responding)",
  },
  endedBy: { interrupted: "interrupted", late: "timed out" },
  exitCode: (code: number) => `exit code ${code}`,

  // Checks.
  builds: "the image builds",
  boots: "systemd boots",
  becomesActive: (unit: string) => `${unit} becomes active`,
  isActive: (unit: string) => `${unit} is active`,
  noneFailed: "no unit failed",
  execs: (line: string) => `${line} exits with code 0`,
  stops: "the container stops cleanly",
  staysUp: "systemd keeps running",
  bootsAgain: "systemd boots again",
  stopsAgain: "the container stops cleanly again",
  nothingLeft: "nothing is left behind",
  failedUnits: (names: string) => `failed: ${names}`,
  allowedUnits: (names: string) => `failed, which is allowed: ${names}`,
  unitState: (active: string, sub: string) => `${active} (${sub})`,
  unitAbsent: "not loaded",
  stoppedAfter: (seconds: string, exitCode: number) => `exit code ${exitCode} after ${seconds} s`,
  killedAfter: (seconds: string) => `killed after ${seconds} s (exit code 137)`,
  notStopped: (seconds: string) => `still running after ${seconds} s`,
  notEnded: "did not end in time",

  // Causes.
  startEngine: "Start Docker or Podman, or specify an engine with --engine or DOCKER_HOST.",
  withoutSystemd: "The image does not start systemd.",
  shutDown: "The container ended on its own: a unit or a program in it shut it down.",
  noCause: "No known cause found.",

  // Lines of the text output.
  cause: "cause",
  fix: "fix",
  allowed: "allowed",
  kept: (container: string) => `The container ${container} was kept. To remove it:`,
  left: "Some resources were left behind. To remove them:",
} as const;
