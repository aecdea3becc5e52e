import type { Ask } from "../base/kept";
import { type Chain, itemsOf, type Layered, layered } from "../base/layered";
import type { Budget } from "../base/limits";
import { jsonStrings } from "./arguments";
import type { BaseImage } from "./base-image";
import { knownImage } from "./base-images";
import { expand } from "./expand";
import type { From } from "./froms";
import type { CopyInstruction, Image, Instruction, Placed, Program, RunInstruction, Variable } from "./image";
import { isUnreadable } from "./problems";
import { type Context, isNone, readEntries, readProgram, readStep } from "./steps";
import { declare, readEnv, variablesOf, within } from "./variables";
import { filesOf } from "./whole-copy";

/** Everything that a stage passes on to a stage based on it, which extends it without copying it. */
export interface State {
  readonly name: string;
  readonly from: Instruction;
  bottom: Instruction;
  baseReference?: string;
  base?: BaseImage;
  instructions: Chain<Instruction>;
  readonly args: Layered<string | undefined>;
  readonly env: Layered<Variable>;
  runs: Chain<RunInstruction>;
  copies: Chain<CopyInstruction>;
  user?: Placed<string>;
  entrypoint?: Program;
  cmd?: Program;
  stopSignal?: Image["stopSignal"];
  readonly volumes: Chain<Image["volumes"][number]>;
  healthcheck?: Instruction;
  readonly exposed: Chain<string>;
  shell: readonly string[];
  unreadable: boolean;
}

export interface File {
  readonly text: string;
  readonly escapeChar: string;
  /** Build arguments before the first FROM, with their defaults. */
  readonly global: ReadonlyMap<string, string | undefined>;
  /** How many characters variables may still add to the words of the file. */
  readonly budget: Budget;
  /** The instructions of each stage, FROM first. */
  readonly stages: readonly (readonly [Instruction, ...Instruction[]])[];
  readonly froms: readonly From[];
  /** The stages that have been read so far. */
  readonly states: Map<number, State>;
  /** Returns what was found in base images. */
  readonly read: Ask;
}

/** Applies a stage's instructions to its state, in sequence. */
export function takeInstructions(own: readonly Instruction[], file: File, state: State): void {
  const run = openReading(file, state);
  for (const instruction of own) {
    const step = readStep(instruction, run.context);
    state.instructions.own.push(step);
    if (isUnreadable(instruction)) state.unreadable = true;
    if (!takeVariables(instruction, run)) takeStep(instruction, step, run);
  }
}

/** A stage whose instructions are being read. */
interface Reading {
  readonly file: File;
  readonly state: State;
  readonly lookup: (name: string) => string | undefined;
  /** What a shell would receive at this point of the stage. */
  context(): Context;
  /** Called when an ARG or ENV has changed what a shell receives. */
  forget(): void;
  /** The stage has set its own CMD, which a later ENTRYPOINT does not reset. */
  cmdIsOwn: boolean;
}

function openReading(file: File, state: State): Reading {
  let variables: Context["variables"] | undefined;
  const lookup = within(file.budget, (variable) =>
    state.env.has(variable) ? state.env.get(variable)?.value : state.args.get(variable),
  );
  return {
    file,
    state,
    lookup,
    cmdIsOwn: false,
    context: () => {
      variables ??= variablesOf(state);
      return { lookup, escapeChar: file.escapeChar, shell: state.shell, variables, budget: file.budget };
    },
    forget: () => {
      variables = undefined;
    },
  };
}

/** Handles an ARG or ENV; returns false for any other instruction. */
function takeVariables(instruction: Instruction, { file, state, lookup, forget }: Reading): boolean {
  switch (instruction.keyword) {
    case "ARG":
      declare(instruction, file.escapeChar, state.args, file.global, lookup);
      break;
    case "ENV":
      for (const [key, variable] of readEnv(instruction, file.escapeChar, lookup))
        state.env.set(key, variable);
      break;
    default:
      return false;
  }
  forget();
  return true;
}

function takeStep(instruction: Instruction, step: Instruction, run: Reading): void {
  const { file, state, lookup, context } = run;
  const value = (): Placed<string> => ({
    value: expand(instruction.arguments, lookup, file.escapeChar) ?? instruction.arguments,
    span: instruction.argumentsSpan,
  });
  switch (instruction.keyword) {
    case "RUN":
      state.runs.own.push(step as RunInstruction);
      break;
    case "COPY":
    case "ADD":
      state.copies.own.push(step as CopyInstruction);
      break;
    case "SHELL":
      state.shell = jsonStrings(instruction.body)?.map((word) => word.value) ?? state.shell;
      break;
    case "ENTRYPOINT":
      state.entrypoint = readProgram(instruction, context());
      if (!run.cmdIsOwn) state.cmd = undefined;
      break;
    case "CMD":
      state.cmd = readProgram(instruction, context());
      run.cmdIsOwn = true;
      break;
    case "USER":
      if (instruction.arguments !== "") state.user = value();
      break;
    case "STOPSIGNAL":
      if (instruction.arguments !== "") state.stopSignal = { instruction, ...value() };
      break;
    case "VOLUME":
      state.volumes.own.push(
        ...readEntries(instruction, context()).map((entry) => ({ instruction, ...entry })),
      );
      break;
    case "EXPOSE":
      state.exposed.own.push(...readEntries(instruction, context()).map((entry) => entry.value));
      break;
    case "HEALTHCHECK":
      state.healthcheck = isNone(instruction, file.escapeChar) ? undefined : instruction;
      break;
  }
}

/** The initial state of a stage that is built from an image. */
export function begin(
  reference: string | undefined,
  bottom: Instruction,
  read: Ask,
): Omit<State, "name" | "from"> {
  const base = reference === undefined ? undefined : knownImage(reference, read);
  const user = base?.seen?.user;
  return {
    bottom,
    baseReference: reference,
    base,
    instructions: { own: [] },
    args: layered(),
    env: layered(Object.entries(base?.env ?? {}).map(([key, value]) => [key, { value }])),
    runs: { own: [] },
    copies: { own: [] },
    user: user === undefined ? undefined : { value: user, span: bottom.argumentsSpan },
    volumes: { own: [] },
    exposed: { own: [] },
    shell: ["/bin/sh", "-c"],
    unreadable: false,
  };
}

/** The initial state of a stage that is based on another stage. */
export function inherit(parent: State): State {
  return {
    ...parent,
    instructions: { own: [], below: parent.instructions },
    args: parent.args.copy(),
    env: parent.env.copy(),
    runs: { own: [], below: parent.runs },
    copies: { own: [], below: parent.copies },
    volumes: { own: [], below: parent.volumes },
    exposed: { own: [], below: parent.exposed },
  };
}

/** Copies all files of another stage, and the effects of its steps on them, over those of this stage. */
export function takeFiles(state: State, other: State): void {
  const { bottom, base, baseReference, instructions, runs, copies, unreadable } = other;
  state.bottom = bottom;
  state.base = filesOf(base);
  state.baseReference = baseReference;
  // A stage that is also based on the other one already has its instructions.
  const own = new Set<Instruction>(itemsOf(state.instructions));
  const isNew = (instruction: Instruction) => !own.has(instruction);
  const before = <Item extends Instruction>(others: Chain<Item>, mine: Chain<Item>): Chain<Item> => ({
    own: [...itemsOf(others).filter(isNew), ...itemsOf(mine)],
  });
  state.instructions = before(instructions, state.instructions);
  state.runs = before(runs, state.runs);
  state.copies = before(copies, state.copies);
  state.unreadable ||= unreadable;
}
