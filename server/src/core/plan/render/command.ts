import { type Message, message } from "../../base/message";
import { visible } from "../../base/visible";
import { flagGroups, flags, words } from "../../container/flags";
import { applySteps, bareSpec } from "../../container/spec";
import type { EngineFacts } from "../../engine";
import { ownSettings, ownWords, withoutSecrets } from "../own";
import { isPlan, plan, planOver } from "../plan";
import type { LaunchPlan, Requirement } from "../types";
import { dockerArguments, podmanArguments } from "./arguments";

/** One requirement, explained to a reader: what it is on the command line, why it is there, and what it costs. */
export interface Explained {
  readonly what: string;
  readonly why: Message;
  readonly cost?: Message;
}

/** Explains a plan to a reader, one requirement per line; notes about what no flag can change come last. */
export function explain(plan: LaunchPlan): Explained[] {
  const { own } = plan;
  const shown = withoutSecrets(plan);
  const kept = own ? displayCommand(ownWords(plan, flagGroups(shown), words(shown))) : "";
  return [
    ...(kept === "" ? [] : [{ what: kept, why: ownSettings }]),
    ...plan.requirements.map((requirement) => ({
      what: toDisplay(requirement),
      why: requirement.reason,
      cost: requirement.cost,
    })),
    ...notesOf(plan),
  ];
}

/** The label before settings of a service that are not in its command. */
export const leftOut = "not carried over";

/**
 * Notes about what no flag can change, about assumptions, and about settings of a service that its command does not
 * contain.
 */
export function notesOf(plan: LaunchPlan): Explained[] {
  const notes = plan.assumed ? [...plan.notes, assumption(plan)] : plan.notes;
  const left = plan.own?.left ?? [];
  return [
    ...notes.map((why) => ({ what: "note", why })),
    ...left.map((what) => ({ what: leftOut, why: message("plan.left", "{what}", { what }) })),
  ];
}

function assumption({ facts: { version = "", cgroupVersion } }: LaunchPlan): Message {
  return message(
    "plan.note.assumed",
    "No target engine is configured; assuming Docker {version} with cgroup v{cgroup}.",
    { version, cgroup: String(cgroupVersion) },
  );
}

/** The flags of one requirement, and the words after the image. */
export function toDisplay({ steps }: Requirement): string {
  const spec = applySteps(bareSpec, steps);
  return displayCommand([...flags(spec), ...words(spec)]);
}

/**
 * The command line that starts the image of a plan on an engine. If the plan was made for another engine, a new plan
 * is made, which knows only the kind of engine. Empty if that engine cannot boot the image. Unless `secrets` is true,
 * the values of a service's variables are left to the shell's environment.
 */
export function commandFor(
  launch: LaunchPlan,
  engine: EngineFacts["engine"],
  { secrets = false } = {},
): string[] {
  const planned = planOn(launch, engine);
  if (!planned) return [];
  const spec = secrets ? planned.spec : withoutSecrets(planned);
  return (engine === "podman" ? podmanArguments : dockerArguments)(spec, launch.image.reference);
}

/** The plan for an engine of this kind; undefined if it cannot boot the image. */
export function planOn(launch: LaunchPlan, engine: EngineFacts["engine"]): LaunchPlan | undefined {
  const { facts, image, options, own } = launch;
  if (facts.engine === engine) return launch;
  const other = plan(image, { engine }, options);
  if (!isPlan(other)) return undefined;
  return own ? planOver(own, other) : other;
}

/** A command line for a POSIX shell, on one line. Anything that is special to the shell is quoted. */
export function displayCommand(words: readonly string[]): string {
  return words.map((word, index) => (isPlain(word, index) ? word : quoted(word))).join(" ");
}

/** Quotes a word. Control characters become escapes in `$'…'`, which bash, zsh, ksh and POSIX 2024 support. */
function quoted(word: string): string {
  const shown = visible(word.replace(/[\\']/g, "\\$&"));
  if (shown === word.replace(/[\\']/g, "\\$&")) return `'${word.replaceAll("'", `'\\''`)}'`;
  return `$'${shown}'`;
}

/** Whether a word needs no quotes. If the first word contained `=`, it would be an assignment. */
function isPlain(word: string, index: number): boolean {
  return /^[\w/:=.,@%+-]+$/.test(word) && !(index === 0 && /^\w+=/.test(word));
}
