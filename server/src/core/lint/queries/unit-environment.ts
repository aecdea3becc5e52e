import { grouped } from "../../base/grouped";
import { onceFor } from "../../base/once";
import { ofScript } from "../../image/programs";
import { settingsOf, type UnitFile, unitFiles } from "../../image/unit-files";
import { type BuiltImage, writtenFiles } from "../../image/written-files";
import { readUnit } from "../../systemd/unit-text";

/** A variable that a unit of the image reads but that is not set for it. */
export interface EnvironmentUse {
  readonly name: string;
  readonly unit: string;
  /** A condition of the unit reads the variable; PassEnvironment= does not apply there. */
  readonly condition: boolean;
  /** The unit file that reads the variable. */
  readonly file: UnitFile;
}

/** Variables that systemd sets for every service, or for services with certain settings. */
const bySystemd =
  /^(PATH|HOME|USER|LOGNAME|SHELL|LANG|LC_\w+|TERM|MAINPID|NOTIFY_SOCKET|INVOCATION_ID|JOURNAL_STREAM|WATCHDOG_\w+|LISTEN_\w+|SERVICE_RESULT|EXIT_CODE|EXIT_STATUS|SYSTEMD_\w+|\w+_DIRECTORY)$/;

/** The variables that the copied units read but that are not set for them, each name once per unit. */
export const environmentUses: (built: BuiltImage) => readonly EnvironmentUse[] = onceFor(readUses);

function readUses(built: BuiltImage): EnvironmentUse[] {
  const files = unitFiles(built);
  if (files.length === 0) return [];
  const provided = globallyProvided(built);
  if (provided === "all") return [];
  const units = grouped(files, ({ unit }) => unit);
  return [...units].flatMap(([unit, own]) => usesOfUnit(unit, own, provided));
}

function usesOfUnit(unit: string, files: readonly UnitFile[], everywhere: Provided): EnvironmentUse[] {
  const settings = files.flatMap((file) => settingsOf(file).map((setting) => ({ ...setting, file })));
  const values = (key: string) => settings.filter((setting) => setting.key === key).map(({ value }) => value);
  const inUnit = new Set([
    ...values("Environment").flatMap(assignedIn),
    ...values("PassEnvironment").flatMap((value) => value.split(/\s+/)),
    ...everywhere.services,
  ]);
  // The content of an EnvironmentFile is unknown.
  const fromFile = values("EnvironmentFile").some((value) => value !== "");
  const uses = new Map<string, EnvironmentUse>();
  for (const { key, value, file } of settings) {
    const condition = /^(Condition|Assert)Environment$/.test(key);
    const isExec = /^Exec[A-Z]/.test(key);
    if (!condition && (!isExec || fromFile)) continue;
    for (const name of condition ? conditionName(value) : namesIn(value)) {
      if (bySystemd.test(name) || everywhere.all.has(name) || (!condition && inUnit.has(name))) continue;
      const known = uses.get(name);
      if (!known || (condition && !known.condition)) uses.set(name, { name, unit, condition, file });
    }
  }
  return [...uses.values()];
}

/** The names in `$NAME`, `${NAME}`, and `$$NAME`, which a shell in the service expands. */
function namesIn(line: string): string[] {
  return [...line.matchAll(/\$\$?\{?([A-Za-z_]\w*)/g)].map(([, name = ""]) => name);
}

/** The name in `NAME`, `!NAME` or `NAME=value`. */
function conditionName(value: string): string[] {
  const name = /^[|!\s]*([A-Za-z_]\w*)/.exec(value)?.[1];
  return name === undefined ? [] : [name];
}

/** The names in a list of assignments, each of which may be quoted in full: `"A=b c" D=e`. */
function assignedIn(value: string): string[] {
  return [...value.matchAll(/(?:^|\s)["']?([A-Za-z_]\w*)=/g)].map(([, name = ""]) => name);
}

interface Provided {
  /** Names that are available to all units and their conditions. */
  readonly all: ReadonlySet<string>;
  /** Names that are available to all services. */
  readonly services: readonly string[];
}

/** The commands of a build step that may set variables for all units, as strings. */
const environmentWords = ofScript((script) =>
  script.map(({ words }) => words.join(" ")).filter((text) => /-environment|DefaultEnvironment=/.test(text)),
);

/** The variables that an image passes to all units; "all" if they cannot be determined. */
function globallyProvided(built: BuiltImage): Provided | "all" {
  const files = writtenFiles(built);
  const texts = files.map(({ text = "" }) => text);
  const commands = built.image.runs.flatMap(environmentWords);
  const generator = /\/system(d\/system)?-environment-generators\//;
  if (
    files.some(({ path }) => generator.test(path)) ||
    built.image.copies.some(({ destination }) => generator.test(`${destination}/`))
  )
    return "all";
  if ([...texts, ...commands].some((text) => /systemctl\s+(import|set)-environment/.test(text))) return "all";
  const settings = files
    .filter(({ path }) => /\/systemd\/(system\.conf|system\/service\.d\/)/.test(path))
    .flatMap(({ text = "" }) => readUnit(text));
  const values = (key: string) => settings.filter((setting) => setting.key === key).map(({ value }) => value);
  const program = [built.image.entrypoint, built.image.cmd].flatMap((line) => line?.words ?? []);
  return {
    all: new Set([
      ...values("DefaultEnvironment").flatMap(assignedIn),
      ...commands.flatMap((text) =>
        [...text.matchAll(/DefaultEnvironment=(.*)/g)].flatMap(([, list = ""]) => assignedIn(list)),
      ),
      ...program.flatMap(({ value }) => setenvName(value)),
    ]),
    services: [
      ...values("PassEnvironment").flatMap((value) => value.split(/\s+/)),
      ...values("Environment").flatMap(assignedIn),
    ],
  };
}

/** The name in an argument of init such as `systemd.setenv=NAME=value`. */
export function setenvName(word: string): string[] {
  const name = /^systemd\.setenv=([A-Za-z_]\w*)/.exec(word)?.[1];
  return name === undefined ? [] : [name];
}
