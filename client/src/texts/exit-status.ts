import type { UnitResult } from "../ports/container";

/**
 * Names of the exit codes that systemd itself gives a service it could not start: what systemd.exec(5) lists
 * under "Process Exit Codes", and what was being done.
 */
const names: Readonly<Record<number, readonly [name: string, meaning: string]>> = {
  200: ["CHDIR", "changing to the working directory"],
  201: ["NICE", "setting the nice level"],
  202: ["FDS", "passing file descriptors"],
  203: ["EXEC", "executing the program: it is missing, not executable, or on a noexec mount"],
  204: ["MEMORY", "not enough memory"],
  205: ["LIMITS", "setting resource limits"],
  206: ["OOM_ADJUST", "setting the OOM score"],
  207: ["SIGNAL_MASK", "setting the signal mask"],
  208: ["STDIN", "opening standard input"],
  209: ["STDOUT", "opening standard output"],
  210: ["CHROOT", "changing the root directory"],
  211: ["IOPRIO", "setting the I/O priority"],
  212: ["TIMERSLACK", "setting the timer slack"],
  213: ["SECUREBITS", "setting secure bits"],
  214: ["SETSCHEDULER", "setting the CPU scheduler, which needs the capability SYS_NICE"],
  215: ["CPUAFFINITY", "setting the CPU affinity"],
  216: ["GROUP", "changing to the group"],
  217: ["USER", "changing to the user: no such user"],
  218: ["CAPABILITIES", "setting capabilities that the container does not have"],
  219: ["CGROUP", "setting up the control group"],
  220: ["SETSID", "starting a session"],
  221: ["CONFIRM", "the start was refused by an operator"],
  222: ["STDERR", "opening standard error"],
  224: ["PAM", "opening a PAM session"],
  225: ["NETWORK", "setting up a network namespace"],
  226: ["NAMESPACE", "setting up mount namespaces for the unit's sandbox"],
  227: ["NO_NEW_PRIVILEGES", "setting no_new_privs"],
  228: ["SECCOMP", "setting up the system call filter"],
  229: ["SELINUX_CONTEXT", "changing the SELinux context"],
  230: ["PERSONALITY", "setting the execution domain"],
  231: ["APPARMOR_PROFILE", "changing the AppArmor profile"],
  232: ["ADDRESS_FAMILIES", "restricting address families"],
  233: ["RUNTIME_DIRECTORY", "creating the runtime directory"],
  235: ["CHOWN", "changing the owner of a socket"],
  236: ["SMACK_PROCESS_LABEL", "setting the SMACK label"],
  237: ["KEYRING", "setting up the kernel keyring"],
  238: ["STATE_DIRECTORY", "creating the state directory"],
  239: ["CACHE_DIRECTORY", "creating the cache directory"],
  240: ["LOGS_DIRECTORY", "creating the logs directory"],
  241: ["CONFIGURATION_DIRECTORY", "creating the configuration directory"],
  242: ["NUMA_POLICY", "setting the NUMA policy"],
  243: ["CREDENTIALS", "setting up credentials"],
  245: ["BPF", "setting up BPF restrictions"],
};

/** An exit code as systemd writes it: `203/EXEC`; undefined where the process was killed. */
export function exitStatus({ code, status }: UnitResult): string | undefined {
  if (code !== 1 || status === undefined) return undefined;
  return `${status}/${names[status]?.[0] ?? (status === 1 ? "FAILURE" : "n/a")}`;
}

const results: Readonly<Record<string, string>> = {
  timeout: "it timed out while starting or stopping",
  watchdog: "it did not reset its watchdog in time",
  "start-limit-hit": "it was started too often in a short time",
  "oom-kill": "it exceeded its memory limit and was killed",
  protocol: "it did not signal readiness, which its Type= requires",
  resources: "systemd lacked a resource to start it; see its journal",
  "exec-condition": "its ExecCondition= was not met",
  dependency: "a unit that it requires failed",
  unmounted: "a file system that it uses was unmounted",
};

/** Why a unit failed, in words: `exit code 203/EXEC: executing the program …`. */
export function unitFailure({ result, code, status }: UnitResult): string {
  if (result === "exit-code" && code !== 2 && code !== 3 && status !== undefined) {
    const [name, meaning] = names[status] ?? [];
    return name === undefined ? `exit code ${status}` : `exit code ${status}/${name}: ${meaning}`;
  }
  if ((result === "signal" || result === "core-dump") && status !== undefined) {
    const dumped = result === "core-dump" ? ", with a core dump" : "";
    return `killed by ${signals[status] ?? `signal ${status}`}${dumped}`;
  }
  return results[result] ?? result;
}

/**
 * Linux's numbers (signal(7), x86 and ARM), since the container runs there whatever this host runs: `os.constants.signals`
 * has those of this host, where on macOS 10 is SIGBUS and 12 SIGSYS.
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
