import type { Span } from "../../base/text";
import { entryScript } from "../../image/entry-script";
import { isInitPath } from "../../image/init";
import type { ImageSubject } from "../../project/subject";
import { readScriptFile } from "../../shell/commands";
import { isShell, scriptOperand } from "../../shell/interpreter";
import { type ScriptFile, scriptFile } from "../queries/entry-file";
import { editFix } from "../queries/fixes";
import { type FileEdit, type Fix, imageRule, type SayOf, type Violation } from "../rule";

const messages = {
  child:
    "{script} starts init without exec, so systemd is not PID 1 and the container exits with code 1. Use exec.",
  never: '{script} ignores its argument {init} and never starts it. End the script with exec "$@".',
  swallowed:
    "ENTRYPOINT in shell form ignores CMD, so {script} never receives the argument {init}. Use exec form.",
  here: "started here",
} as const;

const fixes = {
  fix: "Add exec before init",
  exec: "Use exec form: {words}",
} as const;

type Say = SayOf<typeof messages & typeof fixes>;

export const imageEntrypointExec = imageRule({
  id: "image-entrypoint-exec",
  title: "Start systemd with exec in entrypoint scripts",
  severity: "error",
  always: true,
  why: `
    PID 1 is the program that the engine starts. If that program is a script, it must replace itself with systemd:
    \`exec /sbin/init\` replaces the shell, and systemd becomes PID 1. Without \`exec\` the shell stays PID 1, and
    systemd runs as its child. A systemd that is not PID 1 acts as \`telinit\` and exits.
  `,
  consequence:
    'The container exits with code 1: "Couldn\'t find an alternative telinit implementation to spawn."',
  symptoms: ["exit-1"],
  ignore: "If the script deliberately starts init only under certain conditions, you can disable this rule.",
  evidence: {
    measured:
      "Docker 28.5, systemd 252: the container exits with code 1 if its entrypoint script runs /sbin/init without exec. With exec, systemd " +
      "boots, and the container stops in 0.2 s.",
  },
  messages,
  fixes,
  *check(subject, say) {
    const { boot } = subject;
    const { script } = boot;
    if (boot.evidence === "script" && script && boot.span) {
      // With exec, this is correct. The rule image-work-after-init reports init in the background and commands after exec.
      if (script.exec || script.background) return;
      const file = scriptFile(subject, script);
      const place = file && { start: file.offset + script.span.start, end: file.offset + script.span.end };
      yield {
        span: boot.span,
        message: say("child", { script: script.path ?? "The script" }),
        fixes: [file && place ? execFix(file, script.span, say) : undefined],
        related: file && place ? [{ uri: file.uri, span: place, message: say("here") }] : [],
      };
      return;
    }
    const swallowed = boot.boots === "no" ? withoutArguments(subject, say) : undefined;
    if (swallowed) yield swallowed;
    const ends = boot.boots === "no" ? deadEnd(subject) : undefined;
    if (!ends) return;
    const { span, script: name, init } = ends;
    yield { span, message: say("never", { script: name, init }) };
  },
});

/** Adds `exec` to the command if it starts init directly and is neither part of a pipeline nor in the background. */
function execFix({ uri, text, offset }: ScriptFile, { start, end }: Span, say: Say): Fix | undefined {
  const written = text.slice(start, end);
  const first = /^["']?(\S+?)["']?(\s|$)/.exec(written)?.[1];
  if (!first || !(isInitPath(first) || /^\$[@*]$|^\$\{[@*]\}$|^\$1$/.test(first))) return undefined;
  if (/^[ \t]*(\||&(?!&))/.test(text.slice(end))) return undefined;
  const at = offset + start;
  const edits: FileEdit[] = [{ uri, span: { start: at, end: at }, text: "exec " }];
  return { title: say("fix"), safe: true, edits };
}

/** An entrypoint script that can be read completely and receives init as an argument, but starts another program. */
function deadEnd({
  image,
  readFile,
}: ImageSubject): { span: Span; script: string; init: string } | undefined {
  const { entrypoint, cmd } = image;
  const words = entrypoint?.form === "exec" ? entrypoint.words : [];
  const values = words.map(({ value }) => value);
  const [first, ...rest] = words.slice((isShell(values[0]) ? scriptOperand(values, 1) : 0) ?? values.length);
  if (!first || cmd?.form === "shell" || image.base?.family === "none") return undefined;
  const args = [...rest, ...(cmd?.words ?? [])];
  const init = args.find(({ value }) => isInitPath(value))?.value;
  const script = init && entryScript(image, first.value, readFile);
  if (!init || !script || script === "missing") return undefined;
  const commands = readScriptFile(script.text, { positional: args.map(({ value }) => value) });
  if (commands.length === 0 || commands.some(({ words }) => leadsOn(words))) return undefined;
  return { span: first.span, script: first.value, init };
}

/** A shell-form entrypoint with a script that uses its arguments; the script never receives the init from CMD. */
function withoutArguments({ image, readFile }: ImageSubject, say: Say): Violation | undefined {
  const { entrypoint, cmd, from } = image;
  const words = entrypoint?.form === "shell" ? entrypoint.words.map(({ value }) => value) : [];
  const [name] = words;
  const init = cmd?.form === "exec" ? cmd.words[0]?.value : undefined;
  if (!entrypoint || name === undefined || !isInitPath(init) || init === undefined) return undefined;
  const script = entryScript(image, name, readFile);
  if (!script || script === "missing" || !/\$[@*1]|\$\{[@*1]/.test(script.text)) return undefined;
  const list = JSON.stringify(words);
  const isOwn = entrypoint.instruction.stage === from.stage;
  const edits = isOwn ? image.edit.setProgram("ENTRYPOINT", words) : undefined;
  return {
    span: entrypoint.span,
    message: say("swallowed", { script: name, init }),
    fixes: [editFix(edits, say("exec", { words: list }), false)],
  };
}

/** Whether a command could still start init because it is unknown or another script, or receives the path of init. */
function leadsOn([program, ...args]: readonly (string | undefined)[]): boolean {
  if (args.some((word) => isInitPath(word))) return true;
  if (program === undefined || /^(eval|source|\.)$/.test(program)) return true;
  return program.includes("/") && !/^(\/usr)?(\/local)?\/s?bin\//.test(program);
}
