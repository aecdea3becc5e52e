import { type Message, message } from "../../base/message";
import type { Edit } from "../../base/text";
import type { ContainerSource } from "../../container/source";
import type { SpecChange } from "../../container/spec";
import type { Fix } from "../rule";
import { toDisplay } from "./run-file";

/**
 * A fix that applies the steps in the syntax of the surface; undefined if this file cannot express them. It changes
 * only this container if possible. If it also changes other containers, through a fragment that they share, its title
 * names them.
 */
export function stepsFix(
  source: ContainerSource,
  steps: readonly SpecChange[],
  title: Message,
  safe: boolean,
): Fix | undefined {
  const [fix, shared] = source
    .changes(steps)
    .filter(({ edits }) => edits.length > 0)
    .map(({ edits, runs }): Fix => {
      const reach = { run: source.name, runs };
      return { title: alsoFor(title, source.name, runs), safe, edits, steps, reach };
    });
  return fix && { ...fix, ...(shared && { shared }) };
}

/** The maximum number of names in a title; further names are only counted. */
const named = 3;

function alsoFor(title: Message, name: string, runs: readonly string[]): Message {
  if (runs.length === 1) return title;
  const others = runs.slice(0, named + 1).filter((run) => run !== name);
  const more = runs.length - 1 - named;
  const services = others.slice(0, named);
  const key = `${title.key}.shared`;
  if (more <= 0) return message(key, "{fix} (also for {services})", { fix: title, services });
  const args = { fix: title, services, more: String(more) };
  return message(key, "{fix} (also for {services} and {more} more)", args);
}

/** A fix in the Dockerfile; undefined if the edit is not possible. */
export function editFix(edits: readonly Edit[] | undefined, title: Message, safe: boolean): Fix | undefined {
  return edits && edits.length > 0 ? { title, safe, edits } : undefined;
}

/** The title of a fix that adds or sets something, in the syntax of the surface: `Add stop_signal: SIGRTMIN+3`. */
export function addTitle(source: ContainerSource, steps: readonly SpecChange[]): Message {
  return message("fix.add", "Add {what}", { what: toDisplay(source, steps) });
}
