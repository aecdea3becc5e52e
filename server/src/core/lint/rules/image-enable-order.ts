import { type Budget, mostComparisons, spend } from "../../base/limits";
import type { Edit } from "../../base/text";
import type { Image, Instruction, RunInstruction, UnitAction } from "../../image/image";
import { ofScript, programOf } from "../../image/programs";
import { unitAt } from "../../image/unit-files";
import { writtenFiles } from "../../image/written-files";
import type { ImageSubject } from "../../project/subject";
import { losesIgnore, withoutCommand } from "../queries/build-steps";
import { editFix } from "../queries/fixes";
import { systemdInstalls } from "../queries/systemd-packages";
import { imageRule } from "../rule";

export const imageEnableOrder = imageRule({
  id: "image-enable-order",
  title: "Enable units after installing them",
  severity: "warning",
  always: true,
  buildTime: true,
  why: `
    \`systemctl enable\` reads the unit file and creates the links that its \`[Install]\` section specifies. The builder
    runs instructions from top to bottom, so both the unit file and systemctl must be installed first.
  `,
  consequence: 'The build fails: "Failed to enable unit: Unit file does not exist."',
  symptoms: ["build"],
  ignore:
    "If an earlier step installs the unit in a way that this rule does not detect, such as a package with a different name, you can disable this rule.",
  evidence: {
    measured: "Docker 28.5, systemd 252: RUN systemctl enable fails the build if the unit does not exist.",
  },
  messages: {
    unit: "{unit} is enabled before it is added to the image. Move systemctl enable below the line that adds it.",
    systemd:
      "{unit} is enabled before systemd is installed, so systemctl does not exist yet. Move systemctl enable below the installation.",
    later: "added to the image here",
    installed: "systemd is installed here",
  },
  fixes: {
    fix: "Move systemctl enable {unit} down",
  },
  *check(subject, say) {
    const { image, uri } = subject;
    const enabled = image.units.filter(
      ({ verb, instruction }) => verb === "enable" && instruction.keyword === "RUN",
    );
    if (enabled.length === 0) return;
    const writers = new Map<string, Instruction>();
    for (const { path, instruction } of writtenFiles(subject)) {
      const unit = unitAt(path);
      if (unit !== undefined && !writers.has(unit)) writers.set(unit, instruction);
    }
    const sources = unitSources(image);
    const install = installOf(image, sources);
    const budget: Budget = { left: mostComparisons };
    for (const action of enabled) {
      const { unit, instruction, span } = action;
      const { script } = instruction as RunInstruction;
      if (!spend(budget, sources.packages.length + script.length)) return;
      const at = instruction.index;
      const writer = writers.get(unit);
      const late = writer !== undefined && writer.index > at && !mayProvide(sources, at, unit);
      const absent = install !== undefined && Math.min(install.first.index, install.brought) > at;
      const later = late ? writer : absent ? install.first : undefined;
      if (!later) continue;
      const edits = moved(subject, action, later);
      yield {
        span,
        message: say(late ? "unit" : "systemd", { unit }),
        fixes: [editFix(edits, say("fix", { unit }), false)],
        related: [{ uri, span: later.argumentsSpan, message: say(late ? "later" : "installed") }],
      };
    }
  },
});

/** Programs that can install a unit of any name. */
const opaque =
  /^(make|cmake|tar|unzip|dpkg|rpm|pip3?|python3?|git|bash|sh|source|\.|ansible-playbook|puppet|npm|cargo|go|curl|wget|systemctl-link)$/;

const runsOpaque = ofScript((script) =>
  script.some(
    (command) =>
      command.words[0] === undefined || command.words[0].includes("/") || opaque.test(programOf(command)),
  ),
);

/** The instructions that can install units, by index; computed once for all units. */
interface UnitSources {
  /**
   * The first instruction that can install a unit of any name: it copies a directory tree or runs such a program.
   * Comes before all others if the base image is unknown.
   */
  readonly any: number;
  readonly packages: readonly { readonly name: string; readonly index: number }[];
}

function unitSources({ base, runs, packages, copies }: Image): UnitSources {
  const tree = copies.find(({ destination }) =>
    /^\/?$|^\/(etc|usr|lib)(\/(lib|systemd|local))*\/?$/.test(destination),
  );
  const program = runs.find(runsOpaque);
  return {
    any: base === undefined ? -1 : Math.min(tree?.index ?? Infinity, program?.index ?? Infinity),
    packages: Array.from(packages, ([name, { run }]) => ({ name: name.toLowerCase(), index: run.index })),
  };
}

/**
 * Whether an instruction up to `at` can install the unit: through a package, a script, a directory tree or the base
 * image.
 */
function mayProvide({ any, packages }: UnitSources, at: number, unit: string): boolean {
  if (any <= at || unit.startsWith("systemd-")) return true;
  const stem = unit.replace(/[@.].*/s, "").toLowerCase();
  return packages.some(
    ({ name, index }) => index <= at && (name.includes(stem) || stem.includes(name.split("-")[0] ?? name)),
  );
}

/**
 * The first instruction that installs systemd with a package manager, and the index of the first one that could
 * install it.
 */
function installOf(
  image: Image,
  { any, packages }: UnitSources,
): { readonly first: Instruction; readonly brought: number } | undefined {
  if (image.base?.hasSystemd !== "no") return undefined;
  const first = systemdInstalls(image)[0]?.run;
  if (!first) return undefined;
  const copied = image.copies.find(({ fromStage }) => fromStage !== undefined)?.index ?? Infinity;
  const installed = packages.reduce((least, { index }) => Math.min(least, index), Infinity);
  return { first, brought: Math.min(any, copied, installed) };
}

/** Removes the unit from its command and enables it after the instruction `later`. */
function moved(
  subject: ImageSubject,
  { unit, span, instruction }: UnitAction,
  later: Instruction,
): readonly Edit[] | undefined {
  const { image } = subject;
  const command = (instruction as RunInstruction).commands.find(({ wordSpans }) =>
    wordSpans.some((word) => word.start === span.start),
  );
  const operands = command?.words.slice(1).filter((word) => !word?.startsWith("-")) ?? [];
  if (!command || operands.length !== 2 || later.stage !== instruction.stage) return undefined;
  const written = image.text.slice(span.start, span.end);
  const removal = withoutCommand(subject, command);
  if (!removal || losesIgnore(image, removal)) return undefined;
  return [
    ...removal,
    ...image.edit.insertAfter(later, `RUN systemctl enable ${/^[\w@.:-]+$/.test(written) ? written : unit}`),
  ];
}
