import type { Message } from "../../base/message";
import { flagGroups, readFlag, words } from "../../container/flags";
import { bareSpec, type ContainerSpec } from "../../container/spec";
import { runFlags } from "../../surfaces/quadlet/write";
import { displayCommand } from "./command";

/** A run in the words of a tool. */
export interface Rendered {
  /** Whole lines. */
  readonly text: string;
  /** What the text does not say, or not exactly: flags of `docker run` or `podman run`, and words behind the image. */
  readonly unsaid: readonly string[];
  /** What the reader should know before the text is used. */
  readonly notes: readonly Message[];
}

/** What of a run is not in that which a text contains: its flags, and the words behind the image as one command line. */
export function unsaidOf(run: ContainerSpec, said: ContainerSpec): string[] {
  const kept = new Set(flagGroups(said).map(displayCommand));
  const behind = displayCommand(words(run));
  return [
    ...flagGroups(run)
      .map(displayCommand)
      .filter((flag) => !kept.has(flag)),
    ...(behind === displayCommand(words(said)) ? [] : [behind]),
  ];
}

/** A run without the flags whose values a tool would replace, such as variables in its own syntax. Its program stays. */
export function literalRun(run: ContainerSpec, replaced: RegExp): ContainerSpec {
  const { image, command, entrypoint, ...rest } = run;
  const kept = runFlags(rest).filter(({ value = "" }) => !replaced.test(value));
  const isLiteral = ![...words(run), ...(entrypoint?.words ?? [])].some((word) => replaced.test(word));
  return {
    ...kept.reduce((said, { name, value }) => readFlag(said, name, value), bareSpec),
    ...(image !== undefined && { image }),
    ...(isLiteral && command && { command }),
    ...(isLiteral && entrypoint && { entrypoint }),
  };
}
