import type { UnitResult } from "../ports/container";
import { plain, type Text, type Texts, type Translate } from "../text";

/**
 * The exit codes that systemd reports for a service that it could not start, as listed in systemd.exec(5) under
 * "Process Exit Codes": their names, and what systemd was doing.
 */
export const exitCodes: Readonly<Record<number, readonly [name: string, meaning: (t: Translate) => Text]>> = {
  200: ["CHDIR", (t) => t("changing to the working directory")],
  201: ["NICE", (t) => t("setting the nice level")],
  202: ["FDS", (t) => t("passing file descriptors")],
  203: ["EXEC", (t) => t("executing the program: it is missing, not executable, or on a noexec mount")],
  204: ["MEMORY", (t) => t("not enough memory")],
  205: ["LIMITS", (t) => t("setting resource limits")],
  206: ["OOM_ADJUST", (t) => t("setting the OOM score")],
  207: ["SIGNAL_MASK", (t) => t("setting the signal mask")],
  208: ["STDIN", (t) => t("opening standard input")],
  209: ["STDOUT", (t) => t("opening standard output")],
  210: ["CHROOT", (t) => t("changing the root directory")],
  211: ["IOPRIO", (t) => t("setting the I/O priority")],
  212: ["TIMERSLACK", (t) => t("setting the timer slack")],
  213: ["SECUREBITS", (t) => t("setting secure bits")],
  214: ["SETSCHEDULER", (t) => t("setting the CPU scheduler, which needs the SYS_NICE capability")],
  215: ["CPUAFFINITY", (t) => t("setting the CPU affinity")],
  216: ["GROUP", (t) => t("changing to the group")],
  217: ["USER", (t) => t("changing to the unit's user, which does not exist")],
  218: ["CAPABILITIES", (t) => t("setting capabilities that the container does not have")],
  219: ["CGROUP", (t) => t("setting up the control group")],
  220: ["SETSID", (t) => t("starting a session")],
  221: ["CONFIRM", (t) => t("the operator declined to start the unit")],
  222: ["STDERR", (t) => t("opening standard error")],
  224: ["PAM", (t) => t("opening a PAM session")],
  225: ["NETWORK", (t) => t("setting up a network namespace")],
  226: ["NAMESPACE", (t) => t("setting up mount namespaces for the unit's sandbox")],
  227: ["NO_NEW_PRIVILEGES", (t) => t("setting no_new_privs")],
  228: ["SECCOMP", (t) => t("setting up the system call filter")],
  229: ["SELINUX_CONTEXT", (t) => t("changing the SELinux context")],
  230: ["PERSONALITY", (t) => t("setting the execution domain")],
  231: ["APPARMOR_PROFILE", (t) => t("changing the AppArmor profile")],
  232: ["ADDRESS_FAMILIES", (t) => t("restricting address families")],
  233: ["RUNTIME_DIRECTORY", (t) => t("creating the runtime directory")],
  235: ["CHOWN", (t) => t("changing the owner of a socket")],
  236: ["SMACK_PROCESS_LABEL", (t) => t("setting the SMACK label")],
  237: ["KEYRING", (t) => t("setting up the kernel keyring")],
  238: ["STATE_DIRECTORY", (t) => t("creating the state directory")],
  239: ["CACHE_DIRECTORY", (t) => t("creating the cache directory")],
  240: ["LOGS_DIRECTORY", (t) => t("creating the logs directory")],
  241: ["CONFIGURATION_DIRECTORY", (t) => t("creating the configuration directory")],
  242: ["NUMA_POLICY", (t) => t("setting the NUMA policy")],
  243: ["CREDENTIALS", (t) => t("setting up credentials")],
  245: ["BPF", (t) => t("setting up BPF restrictions")],
};

/** An exit code in systemd's format, `203/EXEC`; undefined if the process was killed. */
export function exitStatus({ code, status }: UnitResult): string | undefined {
  if (code !== 1 || status === undefined) return undefined;
  return `${status}/${exitCodes[status]?.[0] ?? (status === 1 ? "FAILURE" : "n/a")}`;
}

/** Why a unit failed without an exit code or a signal, by the value of `Result`. */
export const results: Readonly<Record<string, (t: Translate) => Text>> = {
  timeout: (t) => t("it timed out while starting or stopping"),
  watchdog: (t) => t("it did not reset its watchdog in time"),
  "start-limit-hit": (t) => t("it was started too many times in a short period"),
  "oom-kill": (t) => t("it exceeded its memory limit and was killed"),
  protocol: (t) => t("it did not signal readiness, which its Type= requires"),
  resources: (t) => t("systemd lacked a resource needed to start the unit; see its journal"),
  "exec-condition": (t) => t("its ExecCondition= was not met"),
  dependency: (t) => t("one of its required units failed"),
  unmounted: (t) => t("a file system that it uses was unmounted"),
};

/** Why a unit failed if its process exited or was killed. */
export const ends = {
  exited: (t, status: number) => t("exit code {0}", status),
  exitedBecause: (t, status: string, meaning: string) => t("exit code {0}: {1}", status, meaning),
  killed: (t, signal: string) => t("killed by {0}", signal),
  dumped: (t, signal: string) => t("killed by {0}, with a core dump", signal),
  signal: (t, number: number) => t("signal {0}", number),
} as const satisfies Texts;

/** Describes why a unit failed: `exit code 203/EXEC: executing the program …`. */
export function unitFailure(t: Translate, { result, code, status }: UnitResult): Text {
  if (result === "exit-code" && code !== 2 && code !== 3 && status !== undefined) {
    const [name, meaning] = exitCodes[status] ?? [];
    return name === undefined || meaning === undefined
      ? ends.exited(t, status)
      : ends.exitedBecause(t, `${status}/${name}`, meaning(t));
  }
  if ((result === "signal" || result === "core-dump") && status !== undefined) {
    const signal = signals[status] ?? ends.signal(t, status);
    return result === "core-dump" ? ends.dumped(t, signal) : ends.killed(t, signal);
  }
  return results[result]?.(t) ?? plain(result);
}

/**
 * Linux's signal numbers (signal(7), x86 and ARM), because the container runs on Linux. `os.constants.signals` has
 * the numbers of this host; on macOS, for example, 10 is SIGBUS and 12 is SIGSYS.
 */
const signals: Readonly<Record<number, string>> = {
  1: "SIGHUP",
  2: "SIGINT",
  3: "SIGQUIT",
  4: "SIGILL",
  6: "SIGABRT",
  7: "SIGBUS",
  8: "SIGFPE",
  9: "SIGKILL",
  11: "SIGSEGV",
  13: "SIGPIPE",
  15: "SIGTERM",
  31: "SIGSYS",
};
