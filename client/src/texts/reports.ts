import type { Markdown, TranslateMarkdown } from "../text";

type Texts = Readonly<Record<string, (md: TranslateMarkdown, ...args: never[]) => Markdown>>;

/** The strings of the boot report in Markdown. */
export const bootReport = {
  title: (md, name: Markdown) => md("Boot of {0}", name),
  readAt: (md, time: Markdown, id: Markdown) => md("As of {0}, container {1}.", time, id),
  why: (md) => md("Why"),
  failedUnits: (md) => md("Failed units"),
  mounts: (md) => md("Relevant mounts"),
  mountPath: (md) => md("Path"),
  mountType: (md) => md("Type"),
  mountOptions: (md) => md("Options"),
  targets: (md) => md("Targets reached"),
  console: (md) => md("Console"),

  state: (md) => md("State"),
  running: (md) => md("running"),
  degraded: (md, units: number) => md("degraded (failed units: {0})", units),
  maintenance: (md, target: Markdown) => md("maintenance ({0}, no services running)", target),
  starting: (md) => md("still starting (timeout)"),
  exited: (md) => md("exited"),
  frozen: (md) => md("frozen (PID 1 stopped responding)"),

  time: (md) => md("Time"),
  seconds: (md, seconds: Markdown) => md("{0} s", seconds),
  exitCode: (md) => md("Exit code"),
  virtualization: (md) => md("Detected virtualization"),
  cgroup: (md) => md("Cgroup"),
} as const satisfies Texts;

/** The strings of the report about an engine. */
export const engineReport = {
  at: (md, url: Markdown) => md("At {0}.", url),
  properties: (md) => md("Engine properties"),
  property: (md) => md("Property"),
  value: (md) => md("Value"),
  meaning: (md) => md("What it means for systemd"),
  start: (md) => md("How to start systemd"),

  verification: (md) => md("Verification"),
  image: (md, image: Markdown) => md("Image: {0}", image),
  running: (md, seconds: Markdown) => md("Booted in {0} s, no failed units", seconds),
  degraded: (md, seconds: Markdown) => md("Booted in {0} s, degraded", seconds),
  maintenance: (md, target: Markdown, seconds: Markdown) =>
    md("Booted into {0} in {1} s, no services running", target, seconds),
  starting: (md, seconds: Markdown) => md("Still starting after {0} s", seconds),
  exited: (md, exitCode: Markdown | number) =>
    md("Did not boot: the container exited with code {0}", exitCode),
  frozen: (md) => md("Did not boot: systemd froze"),
  unitFailed: (md, unit: Markdown) => md("{0} failed", unit),
  unitFailedBecause: (md, unit: Markdown, why: Markdown) => md("{0} failed: {1}", unit, why),
  stopped: (md, seconds: Markdown, exitCode: number) =>
    md("Stopped in {0} s with exit code {1}", seconds, exitCode),
} as const satisfies Texts;

/** The strings of the page that explains a log. */
export const logReport = {
  title: (md) => md("Log analysis"),
  firstCause: (md) => md("Fix the first cause before the others."),
  noCause: (md) => md("No known cause found"),
  looked: (md, patterns: number, lines: number) =>
    md("Checked {1} log lines against {0} known patterns.", patterns, lines),
  patterns: (md) =>
    md(
      "The patterns cover systemd boot failures (cgroups, /run, another PID 1), failed units (exit statuses, sandboxing, mounts, capabilities), delayed logins, flags that Docker, Podman or a build rejects, and systemctl errors when systemd is not running.",
    ),
  advice: (md) =>
    md(
      "If the container boots systemd, start it with a terminal (-t) so that the log contains the first boot messages. Look at the first line that reports a failure, not the last.",
    ),
} as const satisfies Texts;

/** The strings of the page that explains a copied command. */
export const commandReport = {
  options: (md) => md("Options explained"),
  cost: (md, cost: Markdown) => md("Cost: {0}", cost),
} as const satisfies Texts;
