import { type Message, message } from "../../base/message";
import { flagGroups, flags, words } from "../../container/flags";
import { applySteps, bareSpec, type ContainerSpec } from "../../container/spec";
import { toDisplay } from "../../surfaces/compose/display";
import { compose } from "../../surfaces/compose/fields";
import { ownSettings, ownWords, withoutSecrets } from "../own";
import type { LaunchPlan, Requirement } from "../types";
import { podmanRun } from "./arguments";
import { displayCommand, type Explained, notesOf, planOn } from "./command";

/** Words of a command line that belong together, and why they are there. */
export interface Part {
  readonly words: readonly string[];
  readonly why: Message;
  readonly cost?: Message;
}

/**
 * Every word of the command that `commandFor` returns, grouped into parts; empty if that engine cannot boot the
 * image.
 */
export function commandParts(launch: LaunchPlan, engine: "docker" | "podman"): Part[] {
  const planned = planOn(launch, engine);
  if (!planned) return [];
  const says = engine === "podman" ? podmanRun : (spec: ContainerSpec) => spec;
  const runs = planned.requirements.map((requirement) => ({
    requirement,
    run: says(applySteps(bareSpec, requirement.steps)),
  }));
  const whole = says(withoutSecrets(planned));
  const kept = (groups: readonly string[][], behind: readonly string[]): Part[] =>
    planned.own ? [{ words: ownWords(planned, groups, behind), why: ownSettings }] : [];
  const parts = [
    { words: [engine, "run"], why: start },
    { words: ["-d"], why: background },
    ...kept(flagGroups(whole), []),
    ...runs.map(({ requirement, run }) => part(flags(run), requirement)),
    { words: [planned.image.reference], why: image },
    ...kept([], words(whole)),
    ...runs.map(({ requirement, run }) => part(words(run), requirement)),
  ];
  return parts.filter((each) => each.words.length > 0);
}

function part(said: readonly string[], { reason, cost }: Requirement): Part {
  return { words: said, why: reason, cost };
}

const start = message(
  "parts.run",
  "Creates a container from the image and starts it. Flags before the image are for the engine; arguments after it are for the container's program.",
);
const background = message(
  "parts.detached",
  "Runs in the background. Use the engine's `logs` command to see the console output.",
);
const image = message("parts.image", "The image to start.");
const service = message("parts.service", "The service to start.");

/** Explains a copied command to a reader: what each of its parts is for, and what no part can change. */
export function explainParts(launch: LaunchPlan, tool: "docker" | "podman" | "compose"): Explained[] {
  if (tool === "compose") return explainCompose(launch);
  const parts = commandParts(launch, tool);
  const own = planOn(launch, tool);
  return own
    ? [
        ...parts.map(({ words: said, why, cost }) => ({ what: displayCommand(said), why, cost })),
        ...notesOf(own),
      ]
    : [];
}

/** Explains a Compose file, which expresses the plan in keys, with one or more lines per requirement. */
function explainCompose(launch: LaunchPlan): Explained[] {
  return [
    { what: "services:", why: service },
    { what: `image: ${launch.image.reference}`, why: image },
    ...launch.requirements.map(({ steps, reason, cost }) => ({
      what: steps.map((step) => toDisplay(compose, step)).join(" · "),
      why: reason,
      cost,
    })),
    ...notesOf(launch),
  ];
}
