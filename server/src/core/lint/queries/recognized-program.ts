import type { BootDetection } from "../../boot/detect";
import type { Image } from "../../image/image";
import { isBareInit, isInitPath } from "../../image/init";
import { podmanDetects } from "../../plan/adapt";
import { isShell } from "../../shell/interpreter";

/** How an image that Podman does not recognize can start the same program in a form that Podman recognizes. */
export interface Recognized {
  readonly keyword: "ENTRYPOINT" | "CMD";
  readonly words: readonly string[];
  /** The build step that links the entry script to a path that Podman recognizes. */
  readonly link?: string;
}

/** A path that Podman recognizes and that packages do not use; FreeIPA's image has its entry script there. */
const freeInit = "/usr/local/sbin/init";

/**
 * The program of this stage in a form that Podman recognizes: init by its path, or an entry script under one of the
 * paths of init. `script` is the content of the entry script, if there is one.
 */
export function recognizedProgram(
  { entrypoint, cmd, from }: Image,
  { script, argv }: BootDetection,
  text: string | undefined,
): Recognized | undefined {
  const program = entrypoint ?? cmd;
  if (!program || program.instruction.stage !== from.stage) return undefined;
  const keyword = entrypoint ? "ENTRYPOINT" : "CMD";
  const words = program.words.map(({ value }) => value);
  if (!script) return direct(keyword, words);
  // If the script starts `init` by name alone, the shell would find the script instead of init.
  if (program.form === "shell" || !text?.startsWith("#!") || !isInitPath(argv[0])) return undefined;
  if (argv[0] === freeInit || /\$0|\$\{0|BASH_SOURCE/.test(text)) return undefined;
  return linked(keyword, words, script.name);
}

/** Init by its full path, and without `exec` in the shell form. Replaces the bare name `init`. */
function direct(keyword: Recognized["keyword"], words: readonly string[]): Recognized | undefined {
  const [init, ...rest] = words[0] === "exec" ? words.slice(1) : words;
  if (init === undefined || !(isInitPath(init) || isBareInit(init))) return undefined;
  const direct = [isBareInit(init) ? "/sbin/init" : init, ...rest];
  return podmanDetects(direct, { engine: "podman" }) ? { keyword, words: direct } : undefined;
}

function linked(
  keyword: Recognized["keyword"],
  words: readonly string[],
  name: string,
): Recognized | undefined {
  const at = words.indexOf(name);
  if (at === -1 || !name.startsWith("/")) return undefined;
  const [shell, ...options] = words.slice(0, at);
  if (shell !== undefined && (!isShell(shell) || options.length > 0)) return undefined;
  const link = `ln -s ${name} ${freeInit}`;
  return {
    keyword,
    words: [freeInit, ...words.slice(at + 1)],
    link: shell === undefined ? `RUN ${link}` : `RUN chmod +x ${name} && ${link}`,
  };
}
