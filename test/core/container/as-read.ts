import { words } from "../../../server/src/core/container/flags";
import type { ContainerSpec } from "../../../server/src/core/container/spec";

/** A run as its command line is read back: every word of the program stands behind the image, but the entrypoint's first. */
export function asRead(run: ContainerSpec): ContainerSpec {
  const { entrypoint, command, ...rest } = run;
  const behind = words(run);
  return {
    ...rest,
    image: run.image ?? "image",
    ...(entrypoint && { entrypoint: { words: entrypoint.words[0] ? [entrypoint.words[0]] : [] } }),
    ...(behind.length > 0 && { command: { words: behind } }),
  };
}
