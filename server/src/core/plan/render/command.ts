import { type Message, message } from "../../base/message";
import { visible } from "../../base/visible";
import { flagGroups, flags, words } from "../../container/flags";
import { applySteps, bareSpec } from "../../container/spec";
import type { EngineFacts } from "../../engine";
import { ownSettings, ownWords, withoutSecrets } from "../own";
import { isPlan, plan, planOver } from "../plan";
import type { LaunchPlan, Requirement } from "../types";
import { dockerArguments, podmanArguments } from "./arguments";

/** One requirement for a reader: what it is on the command line, why, and what it costs. */
export interface Explained {
  readonly what: string;
  readonly why: Message;
  readonly cost?: Message;
}

/** A plan for a reader, a reason a line; what no flag can change comes last. */
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

/** Before the settings of a service that its command does not have. */
export const leftOut = "not carried over";

/** What no flag can change, what was assumed, and what of a service its command does not say. */
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

/** The flags of one requirement, and the words that follow the image. */
export function toDisplay({ steps }: Requirement): string {
  const spec = applySteps(bareSpec, steps);
  return displayCommand([...flags(spec), ...words(spec)]);
}

/**
 * The command line that starts a plan's image on an engine; one that the plan is not made for is planned
 * again, of which nothing but its kind is known then. Empty where that engine cannot boot it. The values of a
 * service's variables are left to the shell's environment unless `secrets` are to be shown.
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

/** The plan for an engine of this kind; undefined where it cannot boot the image. */
export function planOn(launch: LaunchPlan, engine: EngineFacts["engine"]): LaunchPlan | undefined {
  const { facts, image, options, own } = launch;
  if (facts.engine === engine) return launch;
  const other = plan(image, { engine }, options);
  if (!isPlan(other)) return undefined;
  return own ? planOver(own, other) : other;
}

/** A command line for a POSIX shell, on one line: what means something to the shell is quoted. */
export function displayCommand(words: readonly string[]): string {
  return words.map((word, index) => (isPlain(word, index) ? word : quoted(word))).join(" ");
}

/** In quotes; control characters as escapes in `$'…'`, which bash, zsh, ksh and POSIX of 2024 know. */
function quoted(word: string): string {
  const shown = visible(word.replace(/[\\']/g, "\\$&"));
  if (shown === word.replace(/[\\']/g, "\\$&")) return `'${word.replaceAll("'", `'\\''`)}'`;
  return `$'${shown}'`;
}

/** The first word with `=` in it would be an assignment. */
function isPlain(word: string, index: number): boolean {
  return /^[\w/:=.,@%+-]+$/.test(word) && !(index === 0 && /^\w+=/.test(word));
}
