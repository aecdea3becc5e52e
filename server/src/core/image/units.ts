import { lastSegment, type Span } from "../base/text";
import type { Command, CopyInstruction, Image, Instruction, RunInstruction, UnitAction } from "./image";
import { commandsOfRun, programOf } from "./programs";

/** What the instructions do to units, in build order: systemctl, links into wants directories, copied links. */
export function unitActions(instructions: readonly Instruction[]): UnitAction[] {
  return instructions.flatMap((instruction) => {
    if (instruction.keyword === "RUN")
      return commandsOfRun(instruction as RunInstruction, ...unitPrograms).flatMap(ofCommand);
    if (instruction.keyword === "COPY" || instruction.keyword === "ADD")
      return ofCopy(instruction as CopyInstruction);
    return [];
  });
}

const unitPrograms = ["systemctl", "deb-systemd-helper", "ln"];

function ofCommand(command: Command): UnitAction[] {
  return programOf(command) === "ln" ? ofLink(command) : ofSystemctl(command);
}

const unitVerbs: Readonly<Record<string, UnitAction["verb"]>> = {
  enable: "enable",
  reenable: "enable",
  unmask: "unmask",
  disable: "disable",
  mask: "mask",
  "set-default": "set-default",
  "add-wants": "add-wants",
  "add-requires": "add-wants",
};

/** Options of systemctl whose value is the next word. */
const valueOptions = new Set([
  "-t",
  "--type",
  "-p",
  "--property",
  "-n",
  "-o",
  "-H",
  "-M",
  "--root",
  "--image",
  "-s",
]);

function ofSystemctl(command: Command): UnitAction[] {
  const operands: { word: string | undefined; span: Span }[] = [];
  for (let at = 1; at < command.words.length; at++) {
    const word = command.words[at];
    if (word !== undefined && valueOptions.has(word)) at++;
    else if (!word?.startsWith("-")) operands.push({ word, span: command.wordSpans[at] ?? command.span });
    else if (word === "--user" || word === "--global") return [];
  }
  const [first, ...rest] = operands;
  const verb = first?.word === undefined ? undefined : unitVerbs[first.word];
  if (!verb) return [];
  const { run: instruction } = command;
  const units = rest.flatMap(({ word, span }) => (word ? [{ unit: unitName(word), span }] : []));
  if (verb === "set-default") {
    return units.slice(0, 1).map(({ unit, span }) => {
      const target = unit.replace(/\.service$/, ".target");
      return { unit: "default.target", verb, target, span, instruction };
    });
  }
  if (verb === "add-wants") {
    const target =
      rest[0]?.word === undefined ? undefined : unitName(rest[0].word).replace(/\.service$/, ".target");
    return rest
      .slice(1)
      .flatMap(({ word, span }) => (word ? [{ unit: unitName(word), verb, target, span, instruction }] : []));
  }
  return units.map(({ unit, span }) => ({ unit, verb, span, instruction }));
}

/** `ssh` becomes `ssh.service`, and a path is reduced to its last part. */
export function unitName(word: string): string {
  const name = lastSegment(word);
  return /\.(service|socket|target|timer|mount|automount|path|slice|swap|scope|device)$/.test(name)
    ? name
    : `${name}.service`;
}

/** Matches directories from which systemd reads units. */
const unitFolder = /(^|\/)systemd\/system\//;

/** Handles `ln -s unit …/x.target.wants/`, `ln -sf x.target …/default.target` and `ln -s /dev/null …/unit`. */
function ofLink(command: Command): UnitAction[] {
  const operands = command.words
    .map((word, index) => ({ word, span: command.wordSpans[index] ?? command.span }))
    .slice(1)
    .filter(({ word }) => word === undefined || !word.startsWith("-"));
  const destination = operands.at(-1);
  const sources = operands.slice(0, -1);
  const path = destination?.word;
  if (!path || !destination || !unitFolder.test(path)) return [];
  const { run: instruction } = command;
  return sources.flatMap(({ word: source, span }): UnitAction[] => {
    if (!source) return [];
    const name = path.endsWith("/") ? lastSegment(source) : lastSegment(path);
    const wants = /\/([^/]+)\.(?:wants|requires)(?:\/|$)/.exec(path);
    if (source === "/dev/null")
      return wants || !isUnit(name) ? [] : [{ unit: name, verb: "mask", span, instruction }];
    if (wants?.[1]) {
      const unit = isUnit(name) ? name : lastSegment(source);
      return isUnit(unit) ? [{ unit, verb: "add-wants", target: wants[1], span, instruction }] : [];
    }
    const target = lastSegment(source);
    return name === "default.target" ? [{ unit: name, verb: "set-default", target, span, instruction }] : [];
  });
}

function isUnit(name: string): boolean {
  return /\.(service|socket|target|timer|mount|automount|path|slice)$/.test(name);
}

/** A file that is copied into a wants directory is enabled. */
function ofCopy(copy: CopyInstruction): UnitAction[] {
  const { sources, destination, argumentsSpan: span } = copy;
  const wants = unitFolder.test(destination)
    ? /\/([^/]+)\.(?:wants|requires)(?:\/|$)/.exec(destination)
    : null;
  if (!wants?.[1]) return [];
  const names = isUnit(destination) ? [destination] : [...sources, ...copy.heredocs.map(({ name }) => name)];
  return names
    .map(lastSegment)
    .filter(isUnit)
    .map((unit) => ({ unit, verb: "add-wants" as const, target: wants[1], span, instruction: copy }));
}

/** The units that are enabled at the end of the Dockerfile, in the order in which they were enabled. */
export function enabledUnits(image: Image): string[] {
  const enabled = new Set<string>();
  for (const { unit, verb } of image.units) {
    if (verb === "enable" || verb === "add-wants") enabled.add(unit);
    if (verb === "disable" || verb === "mask") enabled.delete(unit);
  }
  return [...enabled];
}
