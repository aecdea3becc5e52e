import { onceFor } from "../../base/once";
import type { Span } from "../../base/text";
import { bootTarget } from "../../boot/target";
import type { Image, RunInstruction, UnitAction } from "../../image/image";
import { unitAt } from "../../image/unit-files";
import { type WrittenFile, writtenFiles } from "../../image/written-files";
import type { ImageSubject } from "../../project/subject";
import { packageUnits } from "../../systemd/package-units";
import { debianNames, rpmNames, targets } from "../../systemd/unit-names";
import { baseLabel } from "../queries/base-label";
import { editFix } from "../queries/fixes";
import { misplacedUnits } from "../queries/misplaced-units";
import { nearest, nearestTarget, stem, writtenName } from "../queries/near-unit-names";
import { enabledScripts, unreadScripts } from "../queries/sysv-scripts";
import { type FileEdit, imageRule, type SayOf } from "../rule";

/** Settings of [Install] on which `systemctl enable` acts (systemd.unit(5)). */
const installs = /^[ \t]*(WantedBy|RequiredBy|UpheldBy|Also|Alias|DefaultInstance)[ \t]*=[ \t]*\S/m;

const messages = {
  target:
    "Unit {unit} does not exist, so systemd boots into rescue.target and starts no services. Use {right}.",
  enable: "Unit {unit} does not exist, so the build fails. Use {right}.",
  ignored: "Unit {unit} does not exist, so this has no effect. Use {right}.",
  alias: "On {base}, {unit} is an alias or does not exist, so the build fails. Use {right}.",
  install:
    "{unit} has no [Install] section, so systemctl enable has no effect and the unit does not start. Add WantedBy=multi-user.target.",
  script:
    "systemd {version} ignores scripts in /etc/init.d, so {unit} does not start. Write a unit file for it.",
  place:
    "systemd does not read units from {directory}, so systemctl enable does not find {unit} and the build fails. Copy it to /etc/systemd/system.",
  unread:
    "systemd does not read units from {directory}, so {unit} never starts. Copy it to /etc/systemd/system.",
} as const;

const fixes = {
  fix: "Replace with {right}",
  section: "Add an [Install] section to {unit}",
  move: "Copy the unit to {right}",
} as const;

type Say = SayOf<typeof messages & typeof fixes>;

export const imageUnitName = imageRule({
  id: "image-unit-name",
  title: "Use the names of existing units",
  severity: "error",
  why: `
    A name in \`systemctl enable\`, \`set-default\` or \`--unit=\` must be the name of a unit, with the right suffix. If a
    target does not exist, systemd boots into rescue.target, where no service runs. \`systemctl enable\` fails the
    build if the unit is unknown or an alias. \`disable\` and \`mask\` then have no effect. A unit file without an
    \`[Install]\` section cannot be enabled: systemctl prints a note and continues.

    systemd reads units from \`/etc/systemd/system\`, \`/usr/local/lib/systemd/system\` and \`/usr/lib/systemd/system\`.
    It does not read \`/etc/systemd\`, \`/lib/systemd\` or \`/etc/init.d\`; \`/usr/lib/systemd/user\` is for user units.
    systemd 260 and later ignores \`/etc/init.d\` scripts, even if update-rc.d, chkconfig or insserv enable them.
  `,
  consequence: "The build fails, or the container boots without its services.",
  symptoms: ["build", "no-effect"],
  ignore: "If a source that this rule cannot read provides a unit of this name, you can disable this rule.",
  evidence: {
    measured:
      "Docker 28.5, systemd 252 and 262: --unit=multi-user.targte boots into rescue.target. Enabling a missing unit, " +
      "setting one as the default, and enabling sshd on Debian fail the build. Masking a missing unit and enabling a " +
      "unit without [Install] do not.",
  },
  sources: ["systemctl(1)", "systemd.unit(5)", "systemd.special(7)", "systemd v260 release notes"],
  messages,
  fixes,
  *check(subject, say) {
    const { image, boot } = subject;
    const known = knownUnits(subject);
    const chosen = bootTarget(image, boot.argv);
    const right = chosen && nearestTarget(chosen.unit, known);
    if (chosen?.span && chosen.by === "argument" && right) {
      const { start, end } = chosen.span;
      const word = image.text.slice(start, end);
      const edits = word.includes(chosen.unit)
        ? image.edit.replace(chosen.span, word.replace(chosen.unit, right))
        : undefined;
      yield {
        span: chosen.span,
        message: say("target", { unit: chosen.unit, right }),
        fixes: [editFix(edits, say("fix", { right }), false)],
      };
    }
    for (const action of image.units) yield* judge(subject, action, known, say);
    for (const { name, span } of enabledScripts(image)) {
      if (unreadScripts(subject).has(name))
        yield { ...scriptFinding(image, name, span, say), severity: "warning" };
    }
    yield* misplaced(subject, say);
  },
});

function* judge(subject: ImageSubject, action: UnitAction, known: ReadonlySet<string>, say: Say) {
  const { image } = subject;
  const { verb, span } = action;
  if (action.instruction.keyword !== "RUN" || !isSystemctl(action)) return;
  const unit = verb === "set-default" ? (action.target ?? "") : action.unit;
  const quiet = /^(disable|mask|unmask)$/.test(verb);
  const fails = !quiet && !failureIgnored(action);
  const other = verb === "enable" ? otherName(image, unit, known) : undefined;
  if (other) {
    yield {
      span,
      severity: fails ? "error" : "warning",
      message: say("alias", { unit, base: baseLabel(image), right: other }),
      fixes: [renamed(image, action, unit, other, say)],
    } as const;
    return;
  }
  const right = verb === "set-default" ? nearestTarget(unit, known) : nearest(unit, known);
  if (right) {
    yield {
      span,
      severity: fails ? "error" : "warning",
      message: say(fails ? "enable" : "ignored", { unit: writtenName(unit), right }),
      fixes: [renamed(image, action, unit, right, say)],
    } as const;
    return;
  }
  if (verb === "enable") yield* ofFile(subject, action, say);
}

/** For each unit, the file that is written last in the directories that systemd reads. */
const byUnit = onceFor(
  (files: readonly WrittenFile[]) =>
    new Map(
      files.flatMap((file) => {
        const unit = unitAt(file.path);
        return unit === undefined ? [] : [[unit, file] as const];
      }),
    ),
);

/** Reports a unit file or script in the Dockerfile that cannot be enabled. */
function* ofFile(subject: ImageSubject, { unit, span }: UnitAction, say: Say) {
  const { image } = subject;
  const files = writtenFiles(subject);
  const file = byUnit(files).get(unit);
  if (file) {
    if (file.text === undefined || installs.test(file.text) || hasDropIn(files, unit)) return;
    if (files.some(({ path, text }) => activates(path, unit) || pullsIn(text, unit))) return;
    yield {
      span,
      severity: "warning",
      message: say("install", { unit }),
      fixes: [sectionFix(subject, file, say)],
    } as const;
    return;
  }
  const name = unit.replace(/\.service$/, "");
  if (unreadScripts(subject).has(name)) yield scriptFinding(image, name, span, say);
}

function scriptFinding({ base }: Image, unit: string, span: Span, say: Say) {
  return { span, message: say("script", { unit, version: String(base?.systemdVersion) }) } as const;
}

/** Unit files in directories that systemd does not read. User units are reported only if they are enabled. */
function* misplaced(subject: ImageSubject, say: Say) {
  const { image } = subject;
  const enabled = image.units.filter(
    ({ verb, instruction, span }) =>
      verb === "enable" &&
      instruction.keyword === "RUN" &&
      !image.text.slice(span.start, span.end).includes("/"),
  );
  const names = enabled.map(({ unit }) => unit);
  for (const { unit, directory, instruction, destination } of misplacedUnits(subject, names)) {
    const action = enabled.find((one) => one.unit === unit && isSystemctl(one));
    if (!action && directory.endsWith("/user")) continue;
    const fails = action !== undefined && !failureIgnored(action);
    const { start, end } = instruction.argumentsSpan;
    const written = image.text.slice(start, end);
    const at = written.indexOf(destination);
    const once = at !== -1 && written.indexOf(destination, at + 1) === -1;
    const right = `/etc/systemd/system/${destination.endsWith(`/${unit}`) ? unit : ""}`;
    const place = { start: start + at, end: start + at + destination.length };
    yield {
      span: action?.span ?? (once ? place : instruction.argumentsSpan),
      severity: fails ? "error" : "warning",
      message: say(fails ? "place" : "unread", { unit, directory }),
      fixes: [once ? editFix(image.edit.replace(place, right), say("move", { right }), false) : undefined],
    } as const;
  }
}

/** Whether a path is that of a timer, socket or path unit that starts the service of the same name. */
function activates(path: string, unit: string): boolean {
  const name = unit.replace(/\.service$/, "");
  return [".timer", ".socket", ".path"].some((type) => path.endsWith(`/${name}${type}`));
}

/** Whether a unit file pulls in another unit. */
function pullsIn(text = "", unit: string): boolean {
  return text.split("\n").some((line) => {
    const at = line.indexOf("=");
    return (
      at > 0 &&
      pulls.test(line.slice(0, at).trim()) &&
      line
        .slice(at + 1)
        .split(/\s+/)
        .includes(unit)
    );
  });
}

const pulls = /^(Wants|Requires|Requisite|BindsTo|Upholds|OnFailure|OnSuccess|Unit|Also)$/;

function hasDropIn(files: readonly WrittenFile[], unit: string): boolean {
  return files.some(({ path }) => path.includes(`/${unit}.d/`));
}

/** Adds the section to the end of the unit file, which is in the build context or in the heredoc that writes it. */
function sectionFix({ image, fileUri }: ImageSubject, file: WrittenFile, say: Say) {
  const { text = "", source, span, path } = file;
  const unit = path.replace(/^.*\//, "");
  const ending = text.endsWith("\n") || text === "" ? "" : "\n";
  const section = `${ending}\n[Install]\nWantedBy=multi-user.target\n`;
  const title = say("section", { unit });
  if (source !== undefined) {
    const edit: FileEdit = {
      uri: fileUri(source),
      span: { start: text.length, end: text.length },
      text: section,
    };
    return { title, safe: false, edits: [edit] };
  }
  return span && editFix(image.edit.replace({ start: span.end, end: span.end }, section), title, false);
}

/** Units that are known to come from systemd, the packages or this Dockerfile. */
function knownUnits(subject: ImageSubject): ReadonlySet<string> {
  const { image } = subject;
  const names = new Set(targets);
  for (const { path } of writtenFiles(subject)) {
    const name = unitAt(path);
    if (name) names.add(name);
  }
  const rpm = image.base?.family === "rpm";
  for (const name of image.packages.keys()) {
    if (rpm) for (const { right, packages } of rpmNames) if (packages.includes(name)) names.add(right);
    const unit = !rpm && Object.hasOwn(packageUnits, name) ? packageUnits[name]?.unit : undefined;
    if (unit) names.add(unit);
  }
  return names;
}

/** The unit's name here, if the file uses another distribution's name and the package is installed. */
function otherName({ base, packages }: Image, unit: string, known: ReadonlySet<string>): string | undefined {
  if (known.has(unit)) return undefined;
  const names =
    base?.family === "debian" || base?.family === "ubuntu"
      ? debianNames
      : base?.family === "rpm"
        ? rpmNames
        : [];
  return names.find(({ wrong, packages: of }) => wrong === unit && of.some((name) => packages.has(name)))
    ?.right;
}

function isSystemctl({ instruction, span }: UnitAction): boolean {
  return commandOf(instruction as RunInstruction, span)?.words[0]?.endsWith("systemctl") === true;
}

function failureIgnored({ instruction, span }: UnitAction): boolean {
  const command = commandOf(instruction as RunInstruction, span);
  return command === undefined || command.failureIgnored || command.conditional;
}

/** The command that contains a unit's name: the last one that starts before it. */
function commandOf(run: RunInstruction, { start, end }: UnitAction["span"]) {
  const commands = inOrder(run);
  let [low, high] = [0, commands.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((commands[middle]?.span.start ?? 0) <= start) low = middle + 1;
    else high = middle;
  }
  const command = commands[low - 1];
  return command && end <= command.span.end ? command : undefined;
}

const inOrder = onceFor(({ commands }: RunInstruction) =>
  commands.toSorted((a, b) => a.span.start - b.span.start),
);

/** Replaces the name in its place, with or without the suffix, as it was written. */
function renamed(image: Image, { span }: UnitAction, unit: string, right: string, say: Say) {
  const written = image.text.slice(span.start, span.end);
  const name = writtenName(unit);
  const short = written === stem(unit) ? stem(right) : undefined;
  const text = written === name || written === unit ? right : short;
  return text === undefined
    ? undefined
    : editFix(image.edit.replace(span, text), say("fix", { right }), false);
}
