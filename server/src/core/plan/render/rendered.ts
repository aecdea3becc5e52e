import type { Message } from "../../base/message";
import { flagGroups, readFlag, words } from "../../container/flags";
import { bareSpec, type ContainerSpec } from "../../container/spec";
import { runFlags } from "../../surfaces/quadlet/write";
import { displayCommand } from "./command";

/** A container written in the format of a tool. */
export interface Rendered {
  /** The content of the file, which consists of complete lines. */
  readonly text: string;
  /**
   * What the content does not express, or not exactly: flags of `docker run` or `podman run`, and the words after the
   * image.
   */
  readonly unsaid: readonly string[];
  /** What the reader should know before using the content. */
  readonly notes: readonly Message[];
}

/**
 * The settings of `run` that are missing from `said`, the part that the format expresses: flags, and the words after
 * the image as one command line.
 */
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

/**
 * The spec without the flags whose values a tool would replace, such as variables in the tool's syntax. If its
 * command or its entrypoint contains such a value, both are left out.
 */
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
