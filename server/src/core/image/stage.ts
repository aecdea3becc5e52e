import { type Budget, mostExpanded, mostKeptVariables } from "../base/limits";
import { jsonStrings } from "./arguments";
import type { BaseImage } from "./base-image";
import { baseImage } from "./base-images";
import { imageEditor } from "./edit";
import { expand } from "./expand";
import { type From, readFroms } from "./froms";
import type { CopyInstruction, Image, Instruction, Placed, Program, RunInstruction, Variable } from "./image";
import { installedPackages } from "./packages";
import { isUnreadable } from "./problems";
import { type Context, isNone, readEntries, readProgram, readStep } from "./steps";
import { unitActions } from "./units";
import { declare, keptVariables, readEnv, within } from "./variables";
import { filesOf, wholeCopySource } from "./whole-copy";

/** Everything that a stage hands on to one that is built FROM it. Lists are shared, never changed in place. */
interface State {
  readonly name: string;
  readonly from: Instruction;
  bottom: Instruction;
  baseReference?: string;
  base?: BaseImage;
  instructions: Instruction[];
  args: Map<string, string | undefined>;
  env: Map<string, Variable>;
  runs: RunInstruction[];
  copies: CopyInstruction[];
  user?: Placed<string>;
  entrypoint?: Program;
  cmd?: Program;
  stopSignal?: Image["stopSignal"];
  volumes: Image["volumes"][number][];
  healthcheck?: Instruction;
  exposed: string[];
  shell: readonly string[];
  unreadable: boolean;
}

interface File {
  readonly text: string;
  readonly escapeChar: string;
  /** Build arguments before the first FROM, with their defaults. */
  readonly global: ReadonlyMap<string, string | undefined>;
  /** What variables may still add to the words of the file. */
  readonly budget: Budget;
  /** How many variables may still be kept for its steps. */
  readonly kept: Budget;
  /** Instructions of each stage, FROM first. */
  readonly stages: readonly (readonly [Instruction, ...Instruction[]])[];
  readonly froms: readonly From[];
  /** Stages that have been read. */
  readonly states: Map<number, State>;
}

/** Reads stages of one file on demand; a stage is read once, after the stage that it is built FROM. */
export function stageReader(
  text: string,
  escapeChar: string,
  instructions: readonly Instruction[],
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
    // A build argument without a default is empty unless it is given; what is no reference then depends on it.
    within(budget, (name) => (global.has(name) ? (global.get(name) ?? "") : undefined)),
  );
  const file: File = {
    text,
    escapeChar,
    global,
    budget,
    kept: { left: mostKeptVariables },
    stages,
    froms,
    states: new Map(),
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

/** Reads the stages that `stage` depends on, the earlier first: chains may be long, so this does not recurse. */
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

/** The earlier stage whose whole tree this one takes over by COPY. */
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
  const begun = below ? inherit(below) : begin(reference, from);
  const state: State = { ...begun, name: name ?? String(stage), from };
  const copied = file.states.get(copiedStage(file, stage) ?? -1);
  if (copied) takeFiles(state, copied);
  let variables: ReadonlyMap<string, string | undefined> | undefined;
  let cmdIsOwn = false;
  const lookup = within(file.budget, (variable) =>
    state.env.has(variable) ? state.env.get(variable)?.value : state.args.get(variable),
  );
  const context = (): Context => {
    variables ??= keptVariables(state, file.kept);
    return { lookup, escapeChar: file.escapeChar, shell: state.shell, variables, budget: file.budget };
  };
  const value = (instruction: Instruction): Placed<string> => ({
    value: expand(instruction.arguments, lookup, file.escapeChar) ?? instruction.arguments,
    span: instruction.argumentsSpan,
  });

  for (const instruction of own) {
    const step = readStep(instruction, context);
    state.instructions.push(step);
    if (isUnreadable(instruction)) state.unreadable = true;
    switch (instruction.keyword) {
      case "ARG":
        declare(instruction, file.escapeChar, state.args, file.global, lookup);
        variables = undefined;
        break;
      case "ENV":
        for (const [key, variable] of readEnv(instruction, file.escapeChar, lookup))
          state.env.set(key, variable);
        variables = undefined;
        break;
      case "RUN":
        state.runs.push(step as RunInstruction);
        break;
      case "COPY":
      case "ADD":
        state.copies.push(step as CopyInstruction);
        break;
      case "SHELL":
        state.shell = jsonStrings(instruction.body)?.map((word) => word.value) ?? state.shell;
        break;
      case "ENTRYPOINT":
        state.entrypoint = readProgram(instruction, context());
        if (!cmdIsOwn) state.cmd = undefined;
        break;
      case "CMD":
        state.cmd = readProgram(instruction, context());
        cmdIsOwn = true;
        break;
      case "USER":
        if (instruction.arguments !== "") state.user = value(instruction);
        break;
      case "STOPSIGNAL":
        if (instruction.arguments !== "") state.stopSignal = { ...value(instruction), instruction };
        break;
      case "VOLUME":
        state.volumes.push(
          ...readEntries(instruction, context()).map((entry) => ({ ...entry, instruction })),
        );
        break;
      case "EXPOSE":
        state.exposed.push(...readEntries(instruction, context()).map((entry) => entry.value));
        break;
      case "HEALTHCHECK":
        state.healthcheck = isNone(instruction, file.escapeChar) ? undefined : instruction;
        break;
    }
  }
  return state;
}

function begin(reference: string | undefined, bottom: Instruction): Omit<State, "name" | "from"> {
  const base = reference === undefined ? undefined : baseImage(reference);
  return {
    bottom,
    baseReference: reference,
    base,
    instructions: [],
    args: new Map(),
    env: new Map(Object.entries(base?.env ?? {}).map(([key, value]) => [key, { value }])),
    runs: [],
    copies: [],
    volumes: [],
    exposed: [],
    shell: ["/bin/sh", "-c"],
    unreadable: false,
  };
}

function inherit(parent: State): State {
  return {
    ...parent,
    instructions: [...parent.instructions],
    args: new Map(parent.args),
    env: new Map(parent.env),
    runs: [...parent.runs],
    copies: [...parent.copies],
    volumes: [...parent.volumes],
    exposed: [...parent.exposed],
  };
}

/** The files of another stage, and so what its steps did to them, lie over those of this one. */
function takeFiles(state: State, other: State): void {
  const { bottom, base, baseReference, instructions, runs, copies, unreadable } = other;
  state.bottom = bottom;
  state.base = filesOf(base);
  state.baseReference = baseReference;
  state.instructions = [...instructions, ...state.instructions];
  state.runs = [...runs, ...state.runs];
  state.copies = [...copies, ...state.copies];
  state.unreadable ||= unreadable;
}

/** Packages and units hang on the commands of every RUN, so they are worked out when they are asked for. */
function toImage(state: State, file: File, stage: number): Image {
  const own = file.stages[stage] ?? [];
  const steps = state.instructions.slice(state.instructions.length - (own.length - 1));
  let packages: ReturnType<typeof installedPackages> | undefined;
  let units: Image["units"] | undefined;
  const installed = () => {
    packages ??= installedPackages(state.runs);
    return packages;
  };
  return {
    ...state,
    text: file.text,
    stage: state.name,
    own: steps,
    get packages() {
      return installed().packages;
    },
    get withoutRecommends() {
      return installed().withoutRecommends;
    },
    get units() {
      units ??= unitActions(state.instructions);
      return units;
    },
    edit: imageEditor(file.text, file.escapeChar, state.from, steps),
  };
}
