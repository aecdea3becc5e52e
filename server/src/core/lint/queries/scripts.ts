import type { Run, RunStep } from "../../container/spec";
import { isInitPath } from "../../image/init";
import type { RunSubject } from "../../project/subject";
import { readCommands } from "../../shell/commands";
import { plainText } from "../../shell/mapped-text";
import type { ShellCommand } from "../../shell/reader";
import type { Fix, Report, SayOf } from "../rule";
import { placeOf } from "./runs";
import { stepsFix } from "./shared";

type Say = SayOf<{ readonly shell: "{init}"; readonly exec: "{init}"; readonly list: "{what}" }>;

/** The script that a run gives to a shell, and the index of its word in the command. */
function scriptOf({ command }: Run): { text: string; index: number; shell: string } | undefined {
  const words = command?.words ?? [];
  const shell = /(?:^|\/)((?:ba|da|a|z|k)?sh)$/.exec(words[0] ?? "")?.[1];
  const option = words.findIndex((word) => /^-\w*c$/.test(word));
  const text = words[option + 1];
  return shell && option > 0 && text !== undefined ? { text, index: option + 1, shell } : undefined;
}

/** A command that only keeps a container alive: itself, or as the last one of a script. */
export function idles(run: Run): string | undefined {
  const script = scriptOf(run);
  const words = script ? readCommands(plainText(script.text)).at(-1)?.words : run.command?.words;
  const text = (words ?? []).join(" ");
  return /^(\S*\/)?(tail -[fF]\b|sleep (inf|infinity|\d{4,}))/.exec(text)?.[0];
}

/** A shell that starts init as its child. */
export function* throughShell({ source, boot }: RunSubject, say: Say): Generator<Report, void> {
  const script = scriptOf(source.run);
  const commands = script ? readCommands(plainText(script.text)) : [];
  const init = commands.findLast(({ words }) => isInitPath(words[0]));
  // bash replaces itself by its last command.
  if (script?.shell === "bash" && init?.last) return;
  const only = commands.length === 1 ? init : undefined;
  const plain = only && !only.conditional && only.redirections.length === 0 && only.environment.size === 0;
  const words = plain ? only.words.filter((word) => word !== undefined) : [];
  const list: RunStep = { do: "set", key: "command", value: { words } };
  const fix =
    words.length > 0 && words.length === only?.words.length
      ? stepsFix(
          source,
          [list],
          say("list", { what: source.spell(list) }),
          !/[$`*?]/.test(script?.text ?? ""),
        )
      : script && init && withExec(source, script, init, say);
  yield {
    span: placeOf(source, { key: source.run.command ? "command" : "entrypoint" }),
    message: say("shell", { init: boot.argv[0] ?? "" }),
    fixes: [fix],
  };
}

function withExec(
  source: RunSubject["source"],
  { text, index }: { readonly text: string; readonly index: number },
  { span, words }: ShellCommand,
  say: Say,
): Fix | undefined {
  const script = `${text.slice(0, span.start)}exec ${text.slice(span.start)}`;
  const argv = (source.run.command?.words ?? []).map((word, at) => (at === index ? script : word));
  const step: RunStep = { do: "set", key: "command", value: { words: argv } };
  return stepsFix(source, [step], say("exec", { init: words[0] ?? "" }), false);
}
