import type { ContainerSpec } from "../../container/spec";
import { scriptArgument } from "../../shell/interpreter";

/** The script that a container's command passes to a shell, and its index among the words of the command. */
export function scriptOf({
  command,
}: ContainerSpec): { text: string; index: number; shell: string } | undefined {
  const words = command?.words ?? [];
  const shell = /(?:^|\/)((?:ba|da|a|z|k)?sh)$/.exec(words[0] ?? "")?.[1];
  const index = scriptArgument(words);
  const text = index === undefined ? undefined : words[index];
  return shell && index !== undefined && text !== undefined ? { text, index, shell } : undefined;
}
