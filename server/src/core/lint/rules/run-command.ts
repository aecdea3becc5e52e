import type { SpecChange } from "../../container/spec";
import { isInitPath, isSystemdPath } from "../../image/init";
import type { ContainerSubject } from "../../project/subject";
import { readCommands } from "../../shell/commands";
import { plainText } from "../../shell/mapped-text";
import type { ShellCommand } from "../../shell/reader";
import { type IgnoredWord, ignoredWords } from "../../systemd/kernel-words";
import { stepsFix } from "../queries/fixes";
import { failingCall, missingInit } from "../queries/missing-init";
import { imageBoot, onlyForSystemd, replacedInit, replacementIn } from "../queries/replaced-init";
import { placeOf } from "../queries/run-file";
import { scriptOf } from "../queries/shell-script";
import { containerRule, type Fix, type SayOf, type Violation } from "../rule";

const messages = {
  shell:
    "A shell is PID 1 and starts init as a child process, so init exits with code 1 (telinit error). Start init directly.",
  idle: "{program} replaces the image's init, so systemd is not started. Remove it.",
  work: "{program} replaces the image's init, so systemd is not started. Remove it, and open shells with the engine's exec command.",
  dropped: "Setting an entrypoint discards the image's CMD {words}, so systemd is not started.",
  dashes: "systemd ignores {words}: options start with two dashes.",
  target: "systemd ignores {words} and boots into the default target. Use --unit= to set a target.",
  absent:
    "{image} does not include systemd, so {path} does not exist and the container does not start. Build an image that contains systemd.",
  calls:
    "{call} fails because PID 1 is not systemd (System has not been booted with systemd). Enable the unit in the image and start init.",
  install:
    "systemd is installed each time the container starts, which is slow and fails without a network. Install it in the image.",
  syntax: "No shell interprets {words}: systemd receives it as an argument and ignores it.",
} as const;

const fixes = {
  add: "Replace with {words}",
  list: "Start init directly: {what}",
  remove: "Remove {what} to run the image's init",
  restore: "Restore the image's CMD: {what}",
  drop: "Remove {words} (still boots into the same target)",
  choose: "Replace with {words} (changes the boot target)",
  exec: "Use exec {init}",
} as const;

type Say = SayOf<typeof messages & typeof fixes>;

export const runCommand = containerRule({
  id: "run-command",
  title: "Start systemd as PID 1",
  severity: "error",
  always: true,
  pods: true,
  why: `
    A container's command replaces the image's CMD, and setting an entrypoint discards that CMD. A container that is
    supposed to boot systemd then runs something else: a shell that starts init as a child process, \`tail -f\` to
    keep the container running, or a script that never starts init.

    To open a shell, use the running container: \`docker exec -it NAME bash\`, \`docker compose exec SERVICE bash\`.
  `,
  consequence:
    "systemd does not boot: no service starts, or init exits with code 1 (telinit error) because it is not PID 1.",
  symptoms: ["not-started", "exit-1", "degraded"],
  ignore:
    "If this service does not need systemd and merely has a leftover systemd setting, you can disable this rule.",
  evidence: {
    measured:
      "Docker 28.5, cgroup v2, systemd 252: /sbin/init as a child of dash exits with code 1 (Couldn't find an alternative " +
      "telinit implementation to spawn). bash execs its last command, so systemd boots. With exec in a script, " +
      "systemd also boots.",
  },
  messages,
  fixes,
  *check(subject, say) {
    const { source, boot } = subject;
    const { spec } = source;
    // If the file sets no program, the rule for the tool reports the program that the tool starts.
    if (source.standIn && !subject.isChanged) return;
    yield* withoutSystemd(subject, say);
    if (boot.boots !== "no" && !boot.throughShell) yield* commandWords(subject, say);
    const settings = onlyForSystemd(spec);
    if (boot.boots !== "no") {
      if (settings && boot.throughShell && boot.evidence === "run") yield* throughShell(subject, say);
      return;
    }
    const image = imageBoot(subject);
    const replaced = replacedInit(subject);
    if (replaced) {
      const { program, shell, key } = replaced;
      yield {
        span: placeOf(source, { key }),
        severity: settings || image === "certain" ? "error" : "warning",
        message: say(shell ? "work" : "idle", { program }),
        fixes: [withoutProgram(subject, say)],
      };
      return;
    }
    const replacement = replacementIn(subject);
    if (replacement?.key === "entrypoint" && settings && !spec.command && image !== "no") {
      yield* droppedCmd(subject, say);
    }
  },
});

/** Reports that the image does not contain init, or that init is installed at each start. */
function* withoutSystemd(subject: ContainerSubject, say: Say): Generator<Violation, void> {
  const call = failingCall(subject);
  if (call !== undefined) {
    yield {
      span: placeOf(subject.source, { key: subject.source.spec.command ? "command" : "entrypoint" }),
      severity: "warning",
      message: say("calls", { call }),
    };
  }
  const missing = missingInit(subject);
  if (!missing) return;
  const { spec } = subject.source;
  const { path, isInstalledAtStart } = missing;
  yield {
    span: placeOf(subject.source, { key: spec.command ? "command" : "entrypoint" }),
    severity: isInstalledAtStart ? "warning" : "error",
    message: isInstalledAtStart ? say("install") : say("absent", { image: spec.image ?? "The image", path }),
  };
}

/** Removes the command and entrypoint that replace the image's init. */
function withoutProgram({ source }: ContainerSubject, say: Say): Fix | undefined {
  const keys = (["entrypoint", "command"] as const).filter((key) => source.spec[key]);
  const steps = keys.map((key): SpecChange => ({ do: "unset", key }));
  const what = keys.map((key) => source.toDisplay({ do: "set", key, value: source.spec[key] })).join(", ");
  return stepsFix(source, steps, say("remove", { what }), false);
}

function* droppedCmd({ source, image }: ContainerSubject, say: Say): Generator<Violation, void> {
  const words = image?.image.cmd?.form === "exec" ? image.image.cmd.words.map(({ value }) => value) : [];
  if (!words.some(isInitPath)) return;
  const step: SpecChange = { do: "set", key: "command", value: { words } };
  yield {
    span: placeOf(source, { key: "entrypoint" }),
    message: say("dropped", { words: words.join(" ") }),
    fixes: [stepsFix(source, [step], say("restore", { what: source.toDisplay(step) }), false)],
  };
}

/** Reports words of the container's command that systemd ignores; it boots anyway. */
function* commandWords({ source, boot }: ContainerSubject, say: Say): Generator<Violation, void> {
  const all = source.spec.command?.words ?? [];
  const init = all.findIndex(isInitPath);
  // The image's entrypoint is init, and the command provides its arguments.
  if (init === -1 && !(boot.evidence !== "script" && isSystemdPath(boot.argv[0]))) return;
  const found = ignoredWords(all.slice(init + 1));
  const span = placeOf(source, { key: "command" });
  const fix = (
    faults: readonly IgnoredWord[],
    name: "add" | "drop" | "choose",
    write: (word: IgnoredWord) => string | undefined,
  ) => {
    const changed = new Map(
      faults.flatMap((each) =>
        Array.from({ length: each.count }, (_, at) => [init + 1 + each.index + at, write(each)] as const),
      ),
    );
    const words = all.flatMap((word, index) => (changed.has(index) ? (changed.get(index) ?? []) : word));
    const said = faults.map((each) => write(each) ?? wordsOf(each)).join(" ");
    const step: SpecChange = { do: "set", key: "command", value: { words } };
    return stepsFix(source, [step], say(name, { words: said }), name === "add");
  };
  const wordsOf = ({ index, count }: IgnoredWord) =>
    all.slice(init + 1 + index, init + 1 + index + count).join(" ");
  const report = (
    name: "dashes" | "target" | "syntax",
    faults: readonly IgnoredWord[],
    fixes: Violation["fixes"],
  ): Violation => {
    const words = faults.map(wordsOf).join(", ");
    return { span, severity: "warning", message: say(name, { words }), fixes };
  };
  const dashes = found.filter(({ fault }) => fault === "dashes");
  const targets = found.filter(({ fault }) => fault === "unit" || fault === "target");
  const syntax = found.filter(({ fault }) => fault === "shell");
  const right = ({ right }: IgnoredWord) => right;
  const nothing = () => undefined;
  if (dashes.length > 0) yield report("dashes", dashes, [fix(dashes, "add", right)]);
  if (targets.length > 0) {
    yield report("target", targets, [fix(targets, "drop", nothing), fix(targets, "choose", right)]);
  }
  if (syntax.length > 0) yield report("syntax", syntax, [fix(syntax, "drop", nothing)]);
}

/** Reports a shell that starts init as a child process. */
function* throughShell({ source }: ContainerSubject, say: Say): Generator<Violation, void> {
  const script = scriptOf(source.spec);
  const commands = script ? readCommands(plainText(script.text)) : [];
  const init = commands.findLast(({ words }) => isInitPath(words[0]));
  // bash execs its last command.
  if (script?.shell === "bash" && init?.last) return;
  const only = commands.length === 1 ? init : undefined;
  const plain = only && !only.conditional && only.redirections.length === 0 && only.environment.size === 0;
  const words = plain ? only.words.filter((word) => word !== undefined) : [];
  const list: SpecChange = { do: "set", key: "command", value: { words } };
  const fix =
    words.length > 0 && words.length === only?.words.length
      ? stepsFix(
          source,
          [list],
          say("list", { what: source.toDisplay(list) }),
          !/[$`*?]/.test(script?.text ?? ""),
        )
      : script && init && withExec(source, script, init, say);
  yield {
    span: placeOf(source, { key: source.spec.command ? "command" : "entrypoint" }),
    message: say("shell"),
    fixes: [fix],
  };
}

function withExec(
  source: ContainerSubject["source"],
  { text, index }: { readonly text: string; readonly index: number },
  { span, words }: ShellCommand,
  say: Say,
): Fix | undefined {
  const script = `${text.slice(0, span.start)}exec ${text.slice(span.start)}`;
  const argv = (source.spec.command?.words ?? []).map((word, at) => (at === index ? script : word));
  const step: SpecChange = { do: "set", key: "command", value: { words: argv } };
  return stepsFix(source, [step], say("exec", { init: words[0] ?? "" }), false);
}
