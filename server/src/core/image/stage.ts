import type { Ask } from "../base/kept";
import { itemsOf } from "../base/layered";
import { type Budget, mostExpanded } from "../base/limits";
import { computing, once } from "../base/once";
import type { BaseImage } from "./base-image";
import { imageEditor } from "./edit";
import { readFroms } from "./froms";
import type { Image, Instruction } from "./image";
import { installedPackages } from "./packages";
import { begin, type File, inherit, type State, takeFiles, takeInstructions } from "./stage-state";
import { unitActions } from "./units";
import { declare, within } from "./variables";
import { wholeCopySource } from "./whole-copy";

/** Reads the stages of one file on demand. A stage is read once, after the stage on which it is based. */
export function stageReader(
  text: string,
  escapeChar: string,
  instructions: readonly Instruction[],
  read: Ask,
): (stage: number) => Image | undefined {
  const stages: [Instruction, ...Instruction[]][] = [];
  const global = new Map<string, string | undefined>();
  const budget: Budget = { left: mostExpanded };
  const lookup = within(budget, (name) => global.get(name));
  for (const instruction of instructions) {
    if (instruction.keyword === "FROM") stages.push([instruction]);
    else if (instruction.stage >= 0) stages[instruction.stage]?.push(instruction);
    else if (instruction.keyword === "ARG") declare(instruction, escapeChar, global, new Map(), lookup);
  }
  const froms = readFroms(
    stages.map(([from]) => from),
    escapeChar,
    // A build argument without a default counts as empty. If that makes the reference invalid, the build must set the
    // argument, so the reference is unknown.
    within(budget, (name) => (global.has(name) ? (global.get(name) ?? "") : undefined)),
  );
  const file: File = {
    text,
    escapeChar,
    global,
    budget,
    stages,
    froms,
    states: new Map(),
    read,
  };
  const images = new Map<number, Image>();
  return (stage) => {
    const known = images.get(stage);
    if (known) return known;
    const state = readState(file, stage);
    if (!state) return undefined;
    const image = toImage(state, file, stage);
    images.set(stage, image);
    return image;
  };
}

/** Reads the stages on which `stage` depends, earlier ones first. Chains can be long, so this does not recurse. */
function readState(file: File, stage: number): State | undefined {
  const needed = new Set([stage]);
  for (const at of needed) {
    for (const other of [file.froms[at]?.parent, copiedStage(file, at)]) {
      if (other !== undefined && !file.states.has(other)) needed.add(other);
    }
  }
  for (const at of [...needed].sort((a, b) => a - b)) {
    const state = file.states.has(at) ? undefined : runStage(file, at);
    if (state) file.states.set(at, state);
  }
  return file.states.get(stage);
}

/** The earlier stage that this one copies completely with COPY. */
function copiedStage({ stages, froms, escapeChar }: File, stage: number): number | undefined {
  const [, ...own] = stages[stage] ?? [];
  for (const instruction of own) {
    const name = wholeCopySource(instruction, escapeChar)?.toLowerCase();
    if (name === undefined) continue;
    const named = froms.slice(0, stage).findLastIndex((from) => from.name === name);
    const at = named === -1 && /^\d+$/.test(name) ? Number(name) : named;
    if (at >= 0 && at < stage) return at;
  }
  return undefined;
}

function runStage(file: File, stage: number): State | undefined {
  const [from, ...own] = file.stages[stage] ?? [];
  const { reference, name, parent } = file.froms[stage] ?? {};
  if (!from) return undefined;
  const below = parent === undefined ? undefined : file.states.get(parent);
  const begun = below ? inherit(below) : begin(reference, from, file.read);
  const state: State = Object.assign(begun, { name: name ?? String(stage), from });
  const copied = file.states.get(copiedStage(file, stage) ?? -1);
  if (copied) takeFiles(state, copied);
  takeInstructions(own, file, state);
  return state;
}

const ofCommands = ["commands", "packages", "bare", "withoutRecommends", "units"] as const;
const withCommands = computing<Pick<Image, (typeof ofCommands)[number]>>(ofCommands);

/** The same image on a base that the Dockerfile does not name. */
export function basedOn(image: Image, base: BaseImage): Image {
  return withCommands(
    { ...image, base },
    {
      commands: () => image.commands,
      packages: () => image.packages,
      bare: () => image.bare,
      withoutRecommends: () => image.withoutRecommends,
      units: () => image.units,
    },
  );
}

/** Packages and units depend on the commands of every RUN, so they are computed on first use. */
function toImage(state: State, file: File, stage: number): Image {
  const own = file.stages[stage] ?? [];
  const instructions = itemsOf(state.instructions);
  const runs = itemsOf(state.runs);
  const steps = instructions.slice(instructions.length - (own.length - 1));
  const commands = once(() => runs.flatMap((run) => run.commands));
  const installed = once(() => installedPackages(runs));
  const units = once(() => unitActions(instructions));
  const known = {
    text: file.text,
    stage: state.name,
    own: steps,
    edit: imageEditor(file.text, file.escapeChar, state.from, steps),
    ...state,
    ...{ instructions, runs },
    env: state.env.all(),
    copies: itemsOf(state.copies),
    volumes: itemsOf(state.volumes),
    exposed: itemsOf(state.exposed),
  };
  return withCommands(known, {
    commands,
    packages: () => installed().packages,
    bare: () => installed().bare,
    withoutRecommends: () => installed().withoutRecommends,
    units,
  });
}
