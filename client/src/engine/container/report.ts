import type Docker from "dockerode";
import type { BootReport, ConsoleLog, FailedUnit, Mount, UnitResult } from "../../ports/container";
import { withFaults } from "../errors";
import { type ExecResult, exec } from "../exec";
import { newConsole, readConsole } from "./console";
import { inspectContainer } from "./containers";
import { numberOf, readProperties, resultProperties, unitResult } from "./properties";
import { isFrozen, listUnits, settled, systemState } from "./systemd-state";

/** A boot report with more details about PID 1. */
export interface Report extends BootReport {
  /** The control group of PID 1, as seen inside the container. */
  readonly cgroup?: string;
  /** The output of `systemd-detect-virt --container`: `docker`, `podman`, `none` … */
  readonly virtualization?: string;
}

/** The mounts that determine whether systemd boots. */
const decisive = ["/run", "/run/lock", "/tmp", "/sys/fs/cgroup", "/sys/fs/cgroup/systemd"];

/** How many journal lines of a failed unit are shown. */
const journalLines = 20;

/** Reports the current state of a container, booted or not, running or not. */
export function reportNow(docker: Docker, id: string): Promise<Report> {
  return withFaults("report", undefined, async () => {
    const { State, Config } = await inspectContainer(docker, id);
    const log = newConsole();
    await readConsole(docker, id, log, { terminal: Config.Tty === true, follow: false });
    const written = log.read();
    const nothing = { targets: [], failed: [], mounts: [], ...written };
    if (!State.Running) return { state: "exited", exitCode: State.ExitCode, ...nothing };
    const state = settled(await systemState(docker, id));
    if (!state && isFrozen(written.log)) return { state: "frozen", ...nothing };
    return { ...(await readReport(docker, id)), state: state ?? "starting", ...written };
  });
}

/** Queries a running container. Details that cannot be determined are left out instead of causing an error. */
export async function readReport(
  docker: Docker,
  id: string,
  signal?: AbortSignal,
): Promise<Omit<Report, "state" | keyof ConsoleLog>> {
  const ask = async (...argv: string[]): Promise<string | undefined> => {
    const answer: Partial<ExecResult> = await exec(docker, id, argv, { signal }).catch(() => {
      signal?.throwIfAborted();
      return {};
    });
    return answer.stdout;
  };
  const units = (...more: string[]) => ask(...listUnits, ...more);
  const [version, cmdline, cgroup, virtualization, mounts, targets, failed] = await Promise.all([
    ask("systemctl", "--version"),
    ask("cat", "/proc/1/cmdline"),
    ask("cat", "/proc/1/cgroup"),
    ask("systemd-detect-virt", "--container"),
    ask("cat", "/proc/1/mounts"),
    units("--type=target", "--state=active"),
    units("--state=failed"),
  ]);
  return {
    systemd: version?.split("\n")[0]?.trim() || undefined,
    pid1: cmdline?.replaceAll("\0", " ").trimEnd() || undefined,
    cgroup: cgroupOf(cgroup ?? ""),
    virtualization: virtualization?.trim() || undefined,
    mounts: readMounts(mounts ?? ""),
    targets: unitNames(targets ?? ""),
    failed: await failures(unitNames(failed ?? ""), ask),
  };
}

/** The first word of each line. Some versions put a dot before failed units. */
function unitNames(list: string): string[] {
  return list
    .split("\n")
    .map((line) => line.replace(/^[●*\s]+/, "").split(/\s/)[0] ?? "")
    .filter((name) => name.includes("."));
}

async function failures(
  names: readonly string[],
  ask: (...argv: string[]) => Promise<string | undefined>,
): Promise<FailedUnit[]> {
  if (names.length === 0) return [];
  const properties = `--property=Id,${resultProperties},ExecMainPID`;
  const shown = (await ask("systemctl", "show", properties, "--", ...names)) ?? "";
  const units = new Map(shown.split(/\n\n+/).map(readShown));
  // The last messages may still be on their way to the journal.
  await ask("journalctl", "--sync");
  return Promise.all(
    names.map(async (unit) => {
      const { pid, ended } = units.get(unit) ?? {};
      const lines = await ask(...unitJournal(unit, pid, journalLines));
      const journal = (lines ?? "").split("\n").filter((line) => line.trim() !== "");
      return { unit, ended, journal };
    }),
  );
}

/**
 * The command that prints the last lines of a unit's journal. The option `--unit=` is not sufficient: if a process
 * ends right after it writes a message, journald often cannot assign the message to the unit. Therefore systemd's own
 * messages are also matched by the unit's name, and the program's by its process ID.
 */
export function unitJournal(unit: string, pid: number | undefined, lines: number): string[] {
  const matches = [`_SYSTEMD_UNIT=${unit}`, "+", `UNIT=${unit}`, ...(pid ? ["+", `_PID=${pid}`] : [])];
  return ["journalctl", `--lines=${lines}`, "--no-pager", "--quiet", ...matches];
}

interface Shown {
  readonly pid?: number;
  readonly ended?: UnitResult;
}

/** Parses the output of `systemctl show` for one unit: its name, its last main process, and how it ended. */
function readShown(block: string): [string, Shown] {
  const values = readProperties(block);
  return [values.get("Id") ?? "", { pid: numberOf(values, "ExecMainPID"), ended: unitResult(values) }];
}

/**
 * The group in the hierarchy that systemd uses: on cgroup v2 the unified one, on cgroup v1 the one named `systemd`. A
 * group outside of the container's tree takes precedence; in a cgroup namespace its path starts with `/..`.
 */
function cgroupOf(text: string): string | undefined {
  const lines = text.split("\n").map((line) => line.split(":"));
  const named = lines.find(([, controllers]) => controllers === "name=systemd");
  const outside = lines.find(([, , path]) => path?.startsWith("/.."));
  const found = outside ?? named ?? lines.find(([id, controllers]) => id === "0" && controllers === "");
  return found?.slice(2).join(":");
}

/**
 * The relevant mounts from text in the format of /proc/mounts. If a path is mounted several times, the last mount is
 * the visible one.
 */
function readMounts(text: string): Mount[] {
  const found = new Map<string, Mount>();
  for (const line of text.split("\n")) {
    const [, path = "", type = "", options = ""] = line.split(" ").map(unescaped);
    if (decisive.includes(path)) found.set(path, { path, type, options });
  }
  return decisive.flatMap((path) => found.get(path) ?? []);
}

/** Decodes white space and backslashes, which that format writes as octal escapes. */
function unescaped(text: string): string {
  return text.replace(/\\([0-7]{3})/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 8)));
}
