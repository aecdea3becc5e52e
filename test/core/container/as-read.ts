import { words } from "../../../server/src/core/container/flags";
import type { ContainerSpec } from "../../../server/src/core/container/spec";

/** A run as its command line is read back: every word of the program stands behind the image, but the entrypoint's first. */
export function asRead(spec: ContainerSpec): ContainerSpec {
  const { entrypoint, command, ...rest } = spec;
  const behind = words(spec);
  return {
    ...rest,
    image: spec.image ?? "image",
    ...(entrypoint && { entrypoint: { words: entrypoint.words[0] ? [entrypoint.words[0]] : [] } }),
    ...(behind.length > 0 && { command: { words: behind } }),
  };
}
