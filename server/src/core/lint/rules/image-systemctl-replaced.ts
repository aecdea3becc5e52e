import { placedWords } from "../../boot/target";
import type { Command } from "../../image/image";
import { isInitPath } from "../../image/init";
import { commandsOf } from "../../image/programs";
import { writtenFiles } from "../../image/written-files";
import type { ImageSubject } from "../../project/subject";
import { editFix } from "../queries/fixes";
import { imageRule } from "../rule";

/** A systemctl in a directory that a shell searches before the directory of the real one. */
const early = /^\/usr\/local\/s?bin\/systemctl$/;
const verbs = /^(enable|reenable|disable|mask|unmask|set-default|add-wants|add-requires|preset|preset-all)$/;

export const imageSystemctlReplaced = imageRule({
  id: "image-systemctl-replaced",
  title: "Call the real systemctl",
  severity: "warning",
  always: true,
  buildTime: true,
  why: `
    Microsoft's base images for dev containers have a script at \`/usr/local/bin/systemctl\`. A shell finds it before
    \`/usr/bin/systemctl\`. The script runs the real systemctl only if systemd is running. During the build it is not,
    so \`systemctl enable\` prints a note and changes nothing, and the build continues.
  `,
  consequence: "The unit is not enabled and does not start with the container.",
  symptoms: ["no-effect"],
  ignore: "If the unit is enabled in another way, you can disable this rule.",
  evidence: {
    sourced: "devcontainers/features, src/common-utils/bin/systemctl; vscode-dev-containers, script-library",
    why: "the images come from Microsoft's registry, and our tests use only Debian's packages.",
  },
  messages: {
    found:
      "{path} shadows the real systemctl and does nothing during the build, so {verb} has no effect. Call {real}.",
  },
  fixes: {
    remove: "Remove {path} first",
    call: "Call {real} here",
  },
  *check(subject, say) {
    const { image } = subject;
    const stub = stubOf(subject);
    if (!stub || image.base?.family === "none") return;
    const removed = commandsOf(image, "rm", "mv", "unlink", "dpkg-divert").find((command) =>
      removes(command, stub.path),
    );
    const end = removed?.span.start ?? Number.POSITIVE_INFINITY;
    const used = commandsOf(image, "systemctl").filter(
      ({ words, span }) =>
        words[0] === "systemctl" &&
        span.start > stub.start &&
        span.start < end &&
        verbOf(words) !== undefined,
    );
    const real = "/usr/bin/systemctl";
    for (const command of used) {
      const [first] = command.wordSpans;
      const own = command.run.stage === image.from.stage;
      if (!first) continue;
      const written = image.text.slice(first.start, first.end) === "systemctl";
      yield {
        span: first,
        message: say("found", { path: stub.path, verb: verbOf(command.words) ?? "", real }),
        fixes: [
          own && command === used[0]
            ? editFix(
                image.edit.insertBefore(command.run, `RUN rm ${stub.path}`),
                say("remove", { path: stub.path }),
                false,
              )
            : undefined,
          written ? editFix(image.edit.replace(first, real), say("call", { real }), false) : undefined,
        ],
      };
    }
  },
});

function verbOf(words: Command["words"]): string | undefined {
  return words.slice(1).find((word) => verbs.test(word ?? ""));
}

/** The script that replaces systemctl, and the place in the file from which it applies. */
function stubOf(subject: ImageSubject): { readonly path: string; readonly start: number } | undefined {
  const { image } = subject;
  if (image.base?.systemctlStub) return { path: image.base.systemctlStub, start: 0 };
  // Without systemd as PID 1, the script is intentional.
  if (!placedWords(image).some(({ value }) => isInitPath(value))) return undefined;
  const written = writtenFiles(subject).find(({ path, text }) => early.test(path) && isShellScript(text));
  return written && { path: written.path, start: written.instruction.span.start };
}

/** Whether a replacement is a shell script. Replacements that work without systemd are written in Python. */
function isShellScript(text: string | undefined): boolean {
  return text !== undefined && !/python/.test(text.slice(0, 200));
}

function removes(command: Command, path: string): boolean {
  return command.words.includes(path);
}
