import type { Target } from "../../engine";
import type { Image, Program } from "../../image/image";
import { isInitPath } from "../../image/init";
import { podmanReadsShell } from "../../plan/adapt";
import { runsScript, scriptArgument } from "../../shell/interpreter";
import { editFix } from "../queries/fixes";
import { type Fix, imageRule, type SayOf, type Severity, type Violation } from "../rule";

const messages = {
  shell:
    "In shell form, {sh} is PID 1, and systemd is its child, which exits with code 1 (telinit error). Use exec form.",
  bash: "In shell form, the container boots only because bash execs its last command. Use exec form.",
  podman:
    "Podman before 4.1 does not recognize systemd in shell form, so PID 1 exits with code 255. Use exec form, or --systemd=always.",
  maybe:
    "In shell form, the shell is PID 1 unless it execs its last command; under dash or BusyBox, systemd exits with code 1 (telinit error). Use exec form.",
  several:
    "The shell stays PID 1 while it runs several commands, so systemd is its child and exits with code 1 (telinit error). Start systemd with exec.",
  quotes:
    "Exec form must be JSON with straight double quotes. This line runs in shell form, and the container exits.",
  variable: "{word} is not expanded in exec form, so the file is not found and the container does not start.",
} as const;

const fixes = {
  fix: "Use exec form: {words}",
  exec: "Start init with exec",
} as const;

type Say = SayOf<typeof messages & typeof fixes>;

export const imageShellFormInit = imageRule({
  id: "image-shell-form-init",
  title: "Use exec form to start systemd",
  severity: "error",
  always: true,
  why: `
    Shell form (\`CMD /sbin/init\`) runs \`/bin/sh -c "/sbin/init"\`: the shell is PID 1 and systemd is its child.
    systemd is a system manager only as PID 1. As a child, \`/sbin/init\` acts as the old \`telinit\` and exits.
    bash hides the fault because it execs its last command. dash (\`/bin/sh\` on Debian and Ubuntu) and BusyBox
    do not.

    Exec form is JSON: square brackets and straight double quotes. A line with other quotes runs in shell
    form. Variables are not expanded in exec form.
  `,
  consequence: 'PID 1 exits with code 1: "Couldn\'t find an alternative telinit implementation to spawn."',
  symptoms: ["exit-1"],
  ignore: "There is no known reason to disable this rule.",
  evidence: {
    measured:
      "Docker 28.5, cgroup v2, systemd 252: under dash, containers with `CMD /sbin/init` or `CMD true && /sbin/init` " +
      "exit with code 1. With SHELL bash, systemd boots and stops cleanly.",
  },
  sources: ["Dockerfile reference, Shell and exec form"],
  messages,
  fixes,
  *check({ image, boot, target }, say) {
    const script = boot.throughShell && boot.script?.exec ? boot.script.name : undefined;
    const boots = boot.boots !== "no";
    for (const program of [image.entrypoint, image.cmd]) {
      if (!program) continue;
      const found =
        program.form === "exec"
          ? (unexpandedInit(image, program, say) ??
            (boots ? shellInExecForm(image, program, say) : undefined))
          : (wrongQuotes(image, program, say) ??
            initInShellForm(image, program, { script, target }, say) ??
            (boots ? initAfterOthers(image, program, say) : undefined));
      if (found) yield found;
    }
  },
});

/** Reports `["$INIT"]`, in which nothing expands the variable. */
function unexpandedInit(image: Image, program: Program, say: Say): Violation | undefined {
  const [first, ...rest] = program.words;
  const meant = first && variableOf(image, first.value);
  if (!first || !meant) return undefined;
  const list = [meant, ...rest.map(({ value }) => value)];
  return {
    span: first.span,
    message: say("variable", { word: first.value }),
    fixes: [toExecForm(image, program, list, true, say)],
  };
}

/** Reports `[“/sbin/init”]`, which is meant as exec form but runs in shell form. */
function wrongQuotes(image: Image, program: Program, say: Say): Violation | undefined {
  const list = jsonOf(program.script ?? "");
  if (!list || !isInitPath(list[0] ?? "")) return undefined;
  return {
    span: program.span,
    message: say("quotes"),
    fixes: [toExecForm(image, program, list, true, say)],
  };
}

/** Reports `CMD /sbin/init`, or a script in its place that ends by starting init. */
function initInShellForm(
  image: Image,
  program: Program,
  { script, target }: { readonly script: string | undefined; readonly target: Target },
  say: Say,
): Violation | undefined {
  const list = program.words.map(({ value }) => value);
  const starts = isInitPath(list[0] ?? "") || (script !== undefined && list.includes(script));
  if (!starts || program.script?.startsWith("exec ")) return undefined;
  const sh = shellAt(image, program.shell[0] ?? "");
  const child = asChildOf(sh);
  const unseen = child[0] !== "shell" && target?.engine === "podman" && !podmanReadsShell(target);
  const [name, severity] = unseen ? (["podman", "error"] as const) : child;
  // After the fix, systemd would receive words of CMD that the shell-form ENTRYPOINT discarded before.
  const safe = runsScript(program.shell) && (keywordOf(program) === "CMD" || !image.cmd);
  return {
    span: program.span,
    severity,
    message: say(name, { sh }),
    fixes: [toExecForm(image, program, list, safe, say)],
  };
}

/** Reports `CMD prepare && /sbin/init`. */
function initAfterOthers(
  { text, edit }: Image,
  { words, span, script = "" }: Program,
  say: Say,
): Violation | undefined {
  const start = words.length === 0 && !script.startsWith("exec ") ? lastInit(script) : undefined;
  if (start === undefined) return undefined;
  const at = text.indexOf(start, span.start);
  const isWritten = at !== -1 && at <= span.end;
  const fix = isWritten && editFix(edit.replace({ start: at, end: at }, "exec "), say("exec"), false);
  return { span, message: say("several"), fixes: fix ? [fix] : [] };
}

/** Reports `["sh", "-c", "/sbin/init"]`, which is another way of writing the shell form. */
function shellInExecForm(image: Image, program: Program, say: Say): Violation | undefined {
  const { words, span } = program;
  const shell = words[0]?.value ?? "";
  if (!/(^|\/)(ba|da)?sh$/.test(shell)) return undefined;
  const at = scriptArgument(words.map(({ value }) => value));
  const script = (at === undefined ? undefined : words[at])?.value.trim() ?? "";
  if (/\bexec\s/.test(script) || lastInit(script) === undefined) return undefined;
  const list = script.split(/\s+/);
  const literal = list.every((word) => /^[\w./=:+@%-]+$/.test(word)) && isInitPath(list[0] ?? "");
  if (!literal) return { span, message: say("several") };
  const [name, severity] = asChildOf(shellAt(image, shell));
  const title = say("fix", { words: JSON.stringify(list) });
  const edits = image.edit.setProgram(keywordOf(program), list);
  return {
    span,
    severity,
    message: say(name, { sh: shell }),
    fixes: [editFix(edits, title, at !== undefined && words.length === at + 1)],
  };
}

/** The fix that rewrites a program in exec form. */
function toExecForm(
  image: Image,
  program: Program,
  list: readonly string[],
  safe: boolean,
  say: Say,
): Fix | undefined {
  // If the program is set in an earlier stage, the fix adds a separate one to this stage, and findings about the
  // program move there.
  const isOwn = program.instruction.stage === image.from.stage;
  const edits = image.edit.setProgram(keywordOf(program), list);
  return editFix(edits, say("fix", { words: JSON.stringify(list) }), safe && isOwn);
}

function keywordOf({ instruction }: Program): "CMD" | "ENTRYPOINT" {
  return instruction.keyword as "CMD" | "ENTRYPOINT";
}

type Shell = "dash" | "bash" | "busybox" | "unknown";

/** The message if systemd is the last command of a shell; only bash is known to exec it. */
function asChildOf(shell: Shell): ["bash" | "maybe" | "shell", Severity] {
  if (shell === "bash") return ["bash", "warning"];
  return shell === "unknown" ? ["maybe", "warning"] : ["shell", "error"];
}

/** The shell at a path in this image: `sh` is dash on Debian and bash on Fedora. */
function shellAt({ base }: Image, path: string): Shell {
  if (/\/bash$|^bash$/.test(path)) return "bash";
  if (/\/dash$|^dash$/.test(path)) return "dash";
  return base?.sh ?? "unknown";
}

/** The intended word list, if only the quotes are wrong. */
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

/** The value of a `$VAR` in exec form, if this image sets it to an init path. */
function variableOf(image: Image, word: string): string | undefined {
  const name = /^\$\{?(\w+)\}?$/.exec(word)?.[1];
  const value = name === undefined ? undefined : image.env.get(name)?.value;
  return value !== undefined && isInitPath(value) ? value : undefined;
}

/** The init path, as written, that the last command of a script starts. */
function lastInit(script: string): string | undefined {
  const command =
    script
      .split(/&&|\|\||;|\n/)
      .at(-1)
      ?.trim() ?? "";
  const word = command.split(/\s+/)[0] ?? "";
  return isInitPath(word) ? word : undefined;
}
