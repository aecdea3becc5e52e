import { entryScript } from "../../image/entry-script";
import type { ContainerSubject } from "../../project/subject";
import { containerRule } from "../rule";

export const runFlagAfterImage = containerRule({
  id: "run-flag-after-image",
  title: "Put options before the image",
  severity: "warning",
  why: `
    \`docker run\` and \`podman run\` read their own options only before the image. Everything after the image is the
    container's command. If the image's ENTRYPOINT is init, these words become arguments to systemd, which silently
    ignores them. If init is in the image's CMD, these words replace it, and the engine tries to start the first
    option as a program.
  `,
  consequence: "The options have no effect, or the container does not start.",
  symptoms: ["no-effect", "not-started"],
  ignore: "If a script in the image reads these options itself, you can disable this rule.",
  evidence: {
    sourced:
      "the docker run reference, `docker run [OPTIONS] IMAGE [COMMAND] [ARG...]`; podman-run(1); systemd, src/core/main.c",
    why: "our tests start containers through the engines' API, which has no command line.",
  },
  messages: {
    arguments:
      "The engine does not read options after the image, so init receives {options} as arguments. Move them before the image.",
    program:
      "The engine does not read options after the image, so it starts {options} instead of the image's init. Move them before the image.",
  },
  fixes: {
    move: "Move {options} before the image",
  },
  *check(subject, say) {
    const { source } = subject;
    const { behindImage } = source;
    if (!behindImage || readsWords(subject)) return;
    const { names: options, span, change, without } = behindImage;
    const replaces = startsByCommand(subject);
    yield {
      span,
      severity: replaces ? "error" : "warning",
      message: say(replaces ? "program" : "arguments", { options }),
      fixes: [
        {
          title: say("move", { options }),
          // The container may boot without the options, but not with them.
          safe: replaces,
          edits: change.edits,
          before: without,
          reach: { run: source.name, runs: change.runs },
        },
      ],
    };
  },
});

/** Whether the entry script of the image reads the words after the image, rather than only passing them to init. */
function readsWords({ boot: { script }, image }: ContainerSubject): boolean {
  const found = script && image && entryScript(image.image, script.name, image.readFile);
  if (!found || found === "missing") return false;
  const { start, end } = script.span;
  const others = found.text.slice(0, start) + found.text.slice(end);
  return /\$\{?[@*#1-9]|\bgetopts\b/.test(others);
}

/** Whether the image is known to start init only through its CMD, which a command after the image replaces. */
function startsByCommand(subject: ContainerSubject): boolean {
  const { image, source } = subject;
  const base = subject.base;
  if (base === undefined || base.entrypoint || image?.image.entrypoint || source.spec.entrypoint)
    return false;
  return image ? image.image.cmd !== undefined : base.cmd !== undefined;
}
