import type { RunStep } from "../../container/spec";
import { isInitPath } from "../../image/init";
import type { RunSubject } from "../../project/subject";
import { type IgnoredWord, ignoredWords } from "../../systemd/kernel-words";
import type { Report, SayOf } from "../rule";
import { placeOf } from "./runs";
import { stepsFix } from "./shared";

type Name = "dashes" | "target" | "syntax" | "add" | "drop" | "choose";
type Say = SayOf<Readonly<Record<Name, "{words}">>>;

/** Words of the run's own command that systemd does not know; it boots all the same. */
export function* commandWords({ source, boot }: RunSubject, say: Say): Generator<Report, void> {
  const all = source.run.command?.words ?? [];
  const init = all.findIndex(isInitPath);
  // The image's entrypoint is init, and the command its arguments.
  if (init === -1 && !(boot.evidence !== "script" && isInitPath(boot.argv[0]))) return;
  const found = ignoredWords(all.slice(init + 1));
  const span = placeOf(source, { key: "command" });
  const fix = (
    faults: readonly IgnoredWord[],
    name: Name,
    write: (word: IgnoredWord) => string | undefined,
  ) => {
    const changed = new Map(
      faults.flatMap((each) =>
        Array.from({ length: each.count }, (_, at) => [init + 1 + each.index + at, write(each)] as const),
      ),
    );
    const words = all.flatMap((word, index) => (changed.has(index) ? (changed.get(index) ?? []) : word));
    const said = faults.map((each) => write(each) ?? wordsOf(each)).join(" ");
    const step: RunStep = { do: "set", key: "command", value: { words } };
    return stepsFix(source, [step], say(name, { words: said }), name === "add");
  };
  const wordsOf = ({ index, count }: IgnoredWord) =>
    all.slice(init + 1 + index, init + 1 + index + count).join(" ");
  const report = (name: Name, faults: readonly IgnoredWord[], fixes: Report["fixes"]): Report => {
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
