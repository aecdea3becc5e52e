import { type Edit, lineAt, nextLine, type Span } from "../../base/text";
import type { SourceChange } from "../../container/source";
import type { Argv, SpecChange } from "../../container/spec";
import { changeWords } from "../flag-words";
import { unknown } from "../run-lines/regions";
import type { Item, Items } from "./items";
import { isSingle } from "./keys";
import { standingIn, type UnitFile, type UnitSetting } from "./unit";
import { flagValues, type Written, writeArgument, writeExec, writeFlag, writeWords } from "./write";

/** The planned changes to the Container section. */
interface Plan {
  /** The words that change; a word whose new text is undefined is removed. */
  readonly words: Map<Item, string | undefined>;
  readonly gone: Set<UnitSetting>;
  readonly added: Written[];
  readonly edits: Edit[];
}

/**
 * The edits that apply steps to a file; none if the file cannot express them or has lines that the generator rejects.
 */
export function changesOf(
  unit: UnitFile,
  items: Items,
  name: string,
  steps: readonly SpecChange[],
): SourceChange[] {
  if (unit.faults.length > 0) return [];
  const plan: Plan = { words: new Map(), gone: new Set(), added: [], edits: [] };
  const isCommand = (step: SpecChange) => "key" in step && step.key === "command";
  const isPossible =
    planFlags(
      plan,
      items,
      steps.filter((step) => !isCommand(step)),
    ) && steps.filter(isCommand).every((step) => planCommand(plan, unit, step));
  // A group belongs to the user that is set beside it.
  if (plan.added.some(({ key }) => key === "User"))
    for (const setting of standingIn(unit, "Container")) if (setting.key === "Group") plan.gone.add(setting);
  return isPossible ? [{ edits: editsOf(unit, items, plan), runs: [name] }] : [];
}

/** Plans the flags of keys and of PodmanArgs; false if the file cannot express them. */
function planFlags(plan: Plan, items: Items, steps: readonly SpecChange[]): boolean {
  const changes = changeWords(items, steps);
  if (!changes) return false;
  for (const [first, { count, by }] of changes.replaced)
    if (!planReplaced(plan, items.items.slice(first, first + count), by)) return false;
  // A second value of a key would hide the first.
  const hides = (key: string) =>
    isSingle(key) && items.items.some((item) => item.row.key === key && !plan.words.has(item));
  return flagValues(changes.added).every((flag) => {
    const written = writeFlag(flag);
    return add(plan, written && hides(written.key) ? writeArgument(flag) : written);
  });
}

/** Plans to replace the words of one flag with those of another. */
function planReplaced(plan: Plan, own: readonly Item[], by: readonly string[]): boolean {
  const [item] = own;
  if (!item) return false;
  for (const word of own) plan.words.set(word, undefined);
  for (const other of item.with) plan.gone.add(other);
  if (by.length === 0) return true;
  if (item.row.form === "flags") {
    plan.words.set(item, writeWords(by));
    return true;
  }
  const [flag, ...others] = flagValues(by);
  const written = flag && others.length === 0 ? writeFlag(flag) : undefined;
  if (written?.key !== item.row.key) return add(plan, written);
  plan.words.set(item, written.value);
  return true;
}

function add(plan: Plan, written: Written | undefined): boolean {
  if (written) plan.added.push(written);
  return written !== undefined;
}

/** Plans the value of Exec; false if the file cannot express it. */
function planCommand(plan: Plan, unit: UnitFile, step: SpecChange): boolean {
  const old = standingIn(unit, "Container").filter(({ key }) => key === "Exec");
  if (step.do !== "set") {
    for (const setting of old) plan.gone.add(setting);
    return true;
  }
  const value = writeExec(step.value as Argv);
  if (value === undefined || value.includes(unknown)) return false;
  const last = old.at(-1);
  if (!last) return add(plan, { key: "Exec", value });
  plan.edits.push({ span: valueSpan(last), text: value });
  return true;
}

/** The span of a setting's value. */
export function valueSpan({ value, span }: UnitSetting): Span {
  return { start: value.pieces[0]?.source ?? span.end, end: span.end };
}

function editsOf(unit: UnitFile, { items }: Items, { words, gone, added, edits }: Plan): Edit[] {
  const changed = new Set([...words.keys()].map(({ setting }) => setting));
  const inLines = [...changed].flatMap((setting) => {
    const own = [...new Set(items)].filter((item) => item.setting === setting);
    if (own.every((item) => words.has(item) && words.get(item) === undefined)) gone.add(setting);
    return gone.has(setting) ? [] : wordEdits(own, words);
  });
  const whole = [...gone].map(({ span: { start, end } }) => ({
    span: { start: lineAt(unit.text, start).start, end: nextLine(unit.text, end) },
    text: "",
  }));
  return [...edits, ...inLines, ...whole, ...additions(unit, added, gone)];
}

/**
 * The edits to the words of one setting if some of them are kept. A word is removed together with the space before
 * it.
 */
function wordEdits(own: readonly Item[], words: Plan["words"]): Edit[] {
  const first = own.findIndex((item) => !words.has(item) || words.get(item) !== undefined);
  const start = own[0]?.span.start ?? 0;
  const leading = { span: { start, end: own[first]?.span.start ?? start }, text: "" };
  const others = own.slice(first).flatMap((item, at): Edit[] => {
    if (!words.has(item)) return [];
    const text = words.get(item);
    if (text !== undefined) return [{ span: item.span, text }];
    return [{ span: { start: own[first + at - 1]?.span.end ?? start, end: item.span.end }, text: "" }];
  });
  return first > 0 ? [leading, ...others] : others;
}

/**
 * Inserts new settings after those with the same key, or otherwise at the end of the section. Settings with the same
 * position are combined.
 */
function additions(unit: UnitFile, added: readonly Written[], gone: ReadonlySet<UnitSetting>): Edit[] {
  const left = unit.settings.filter((setting) => setting.section === "Container" && !gone.has(setting));
  const header = unit.headers.findLast(({ section }) => section === "Container")?.span.end ?? 0;
  const lines = new Map<number, string>();
  for (const { key, value } of added) {
    const beside = left.findLast((setting) => setting.key === key) ?? left.at(-1);
    const at = beside?.span.end ?? header;
    lines.set(at, `${lines.get(at) ?? ""}\n${key}=${value}`);
  }
  return [...lines].map(([at, text]) => ({ span: { start: at, end: at }, text }));
}
