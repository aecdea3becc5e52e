import type { Image, Program } from "../../image/image";
import { isInitPath } from "../../image/init";
import { editFix } from "../queries/fixes";
import { imageRule, type Report, type SayOf } from "../rule";

const messages = {
  shell: "In shell form {sh} is PID 1 and systemd its child: it exits 1 (telinit). Use the exec form.",
  bash: "In shell form a shell is started first; it boots only because bash replaces itself by its last command. Use the exec form.",
  maybe:
    "In shell form a shell is PID 1 unless it replaces itself: with dash or busybox systemd exits 1 (telinit). Use the exec form.",
  several:
    "The shell stays PID 1 while it runs several commands, so systemd is its child and exits 1 (telinit). Start it with exec.",
  quotes:
    "The exec form needs straight double quotes: this is not JSON, so a shell is given the line as it stands and the container exits.",
  variable:
    "Nothing expands {word} in exec form: there is no file of that name, and the container does not start.",
  exec: "Start init with exec",
} as const;

const fixes = {
  fix: "Use the exec form: {words}",
} as const;

type Say = SayOf<typeof messages & typeof fixes>;

export const imageShellFormInit = imageRule({
  id: "image-shell-form-init",
  title: "Start systemd in exec form",
  severity: "error",
  always: true,
  why: `
    The shell form (\`CMD /sbin/init\`) starts \`/bin/sh -c "/sbin/init"\`: the shell is PID 1 and systemd its
    child. Only as PID 1 is systemd a system manager; as a child \`/sbin/init\` takes itself for the old
    \`telinit\` and gives up. bash replaces itself by its last command and so hides the fault; dash, the
    \`/bin/sh\` of Debian and Ubuntu, and busybox do not.

    The exec form is JSON: square brackets and straight double quotes. With any other quotes the line is
    taken for the shell form, and nothing in it is expanded.
  `,
  consequence: 'PID 1 exits 1: "Couldn\'t find an alternative telinit implementation to spawn."',
  symptoms: ["exit-1"],
  ignore: "Hardly ever: the exec form says the same without a shell.",
  evidence: {
    measured:
      "Docker 28.5, cgroup v2, systemd 252: CMD /sbin/init and CMD true && /sbin/init under dash exit 1; with " +
      "SHELL bash it boots and stops in order.",
  },
  sources: ["Dockerfile reference, Shell and exec form"],
  messages,
  fixes,
  *check({ image, boot }, say) {
    for (const program of [image.entrypoint, image.cmd]) {
      if (program) yield* judge(image, program, boot.boots !== "no", say);
    }
  },
});

function* judge(image: Image, program: Program, boots: boolean, say: Say): Generator<Report, void> {
  const { words, span, script = "" } = program;
  const first = words[0]?.value ?? "";
  const keyword = program.instruction.keyword as "CMD" | "ENTRYPOINT";
  // For a program of an earlier stage this one gets its own, which findings about the program then stand at.
  const isOwn = program.instruction.stage === image.from.stage;
  const toExec = (list: readonly string[], safe: boolean) =>
    editFix(image.edit.setProgram(keyword, list), say("fix", { words: JSON.stringify(list) }), safe && isOwn);

  if (program.form === "exec") {
    const variable = words[0] && unexpanded(image, words[0].value);
    if (words[0] && variable) {
      const list = [variable, ...words.slice(1).map(({ value }) => value)];
      yield {
        span: words[0].span,
        message: say("variable", { word: words[0].value }),
        fixes: [toExec(list, true)],
      };
    }
    if (boots && /(^|\/)(ba|da)?sh$/.test(first)) yield* judgeShellCommand(program, image, say);
    return;
  }
  const list = jsonOf(script);
  if (list && isInitPath(list[0] ?? "")) {
    yield { span, message: say("quotes"), fixes: [toExec(list, true)] };
    return;
  }
  if (script.startsWith("exec ") || first === "exec") return;
  if (isInitPath(first)) {
    const sh = shellOf(image, program);
    // Words of CMD that a shell-form ENTRYPOINT swallowed would reach systemd after the fix.
    const safe = keyword === "CMD" || !image.cmd;
    const name = sh === "bash" ? "bash" : sh === "unknown" ? "maybe" : "shell";
    yield {
      span,
      severity: name === "shell" ? "error" : "warning",
      message: say(name, { sh }),
      fixes: [
        toExec(
          words.map(({ value }) => value),
          safe,
        ),
      ],
    };
    return;
  }
  const start = boots && words.length === 0 ? lastInit(script) : undefined;
  if (start === undefined) return;
  const at = image.text.indexOf(start, span.start);
  const fixes =
    at === -1 || at > span.end
      ? []
      : [editFix(image.edit.replace({ start: at, end: at }, "exec "), say("exec"), false)];
  yield { span, message: say("several"), fixes };
}

/** `["sh", "-c", "/sbin/init"]`: the same as the shell form, with another spelling. */
function* judgeShellCommand(
  { words, span, instruction }: Program,
  image: Image,
  say: Say,
): Generator<Report, void> {
  const option = words.findIndex(({ value }) => /^-\w*c$/.test(value));
  const script = (option === -1 ? undefined : words[option + 1])?.value.trim() ?? "";
  if (/\bexec\s/.test(script)) return;
  const start = lastInit(script);
  if (start === undefined) return;
  const plain = script.split(/\s+/);
  const literal = plain.every((word) => /^[\w./=:+@%-]+$/.test(word)) && isInitPath(plain[0] ?? "");
  const keyword = instruction.keyword as "CMD" | "ENTRYPOINT";
  const sh = shellAt(image, words[0]?.value ?? "");
  const name = !literal ? "several" : sh === "bash" ? "bash" : sh === "unknown" ? "maybe" : "shell";
  yield {
    span,
    severity: name === "bash" || name === "maybe" ? "warning" : "error",
    message: say(name, { sh: words[0]?.value ?? "sh" }),
    fixes: literal
      ? [
          editFix(
            image.edit.setProgram(keyword, plain),
            say("fix", { words: JSON.stringify(plain) }),
            words.length === option + 2,
          ),
        ]
      : [],
  };
}

function shellOf(image: Image, { shell }: Program): "dash" | "bash" | "busybox" | "unknown" {
  return shellAt(image, shell[0] ?? "");
}

/** What a path of a shell is in this image: `sh` is dash on Debian and bash on Fedora. */
function shellAt({ base }: Image, path: string): "dash" | "bash" | "busybox" | "unknown" {
  if (/\/bash$|^bash$/.test(path)) return "bash";
  if (/\/dash$|^dash$/.test(path)) return "dash";
  return base?.sh ?? "unknown";
}

/** The list that was meant, where only the quotes are wrong. */
function jsonOf(script: string): string[] | undefined {
  const text = script.trim();
  if (!text.startsWith("[") || !text.endsWith("]")) return undefined;
  try {
    const list: unknown = JSON.parse(text.replace(/[“”„‟″'‘’]/g, '"'));
    return Array.isArray(list) && list.every((word) => typeof word === "string") ? list : undefined;
  } catch {
    return undefined;
  }
}

/** What a `$VAR` of the exec form was meant to be, where that is an init path that this image sets. */
function unexpanded(image: Image, word: string): string | undefined {
  const name = /^\$\{?(\w+)\}?$/.exec(word)?.[1];
  const value = name === undefined ? undefined : image.env.get(name)?.value;
  return value !== undefined && isInitPath(value) ? value : undefined;
}

/** The init path that a script's last command starts, as written. */
function lastInit(script: string): string | undefined {
  const command =
    script
      .split(/&&|\|\||;|\n/)
      .at(-1)
      ?.trim() ?? "";
  const word = command.split(/\s+/)[0] ?? "";
  return isInitPath(word) ? word : undefined;
}
