import type { ContainerSubject } from "../../project/subject";
import { baseOf } from "../queries/run-image";
import { containerRule } from "../rule";

export const runFlagAfterImage = containerRule({
  id: "run-flag-after-image",
  title: "Put options before the image",
  severity: "warning",
  why: `
    \`docker run\` and \`podman run\` read their own options only before the image. All words after it are the container's
    command: in an image whose ENTRYPOINT is init they are arguments of systemd, which silently ignores them. In
    an image that starts init by CMD they take the place of init, and the engine finds no program of that name.
  `,
  consequence: "The options have no effect, or the container does not start.",
  symptoms: ["no-effect", "not-started"],
  ignore: "If a script of the image reads these words as its own options, you can disable this rule.",
  evidence: {
    sourced:
      "the reference of docker run, `docker run [OPTIONS] IMAGE [COMMAND] [ARG...]`; podman-run(1); systemd, src/core/main.c",
    why: "the lab starts containers by the API of the engines, which has no command line.",
  },
  messages: {
    arguments:
      "The engine does not read options after the image: init gets {options} as arguments. Move them before the image.",
    program:
      "The engine does not read options after the image: it starts {options} in place of the image's init. Move them before the image.",
  },
  fixes: {
    move: "Move {options} before the image",
  },
  *check(subject, say) {
    const { source } = subject;
    const { behindImage } = source;
    if (!behindImage) return;
    const { names: options, span, change, without } = behindImage;
    const replaces = startsByCommand(subject);
    yield {
      span,
      severity: replaces ? "error" : "warning",
      message: say(replaces ? "program" : "arguments", { options }),
      fixes: [
        {
          title: say("move", { options }),
          // Without the options the container may boot, and with them not.
          safe: replaces,
          edits: change.edits,
          before: without,
          reach: { run: source.name, runs: change.runs },
        },
      ],
    };
  },
});

/** Whether the image is known to start init by its CMD alone, which the words of a command replace. */
function startsByCommand(subject: ContainerSubject): boolean {
  const { image, source } = subject;
  const base = baseOf(subject);
  if (base === undefined || base.entrypoint || image?.image.entrypoint || source.spec.entrypoint)
    return false;
  return image ? image.image.cmd !== undefined : base.cmd !== undefined;
}
