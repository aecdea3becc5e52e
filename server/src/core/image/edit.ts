import type { Edit } from "../base/text";
import { jsonStrings, plainWords } from "./arguments";
import { modernEnv, renameEnv, setEnv } from "./edit-env";
import { type EditedStage, lineAfter, lineBefore, removeLines, replace } from "./edit-lines";
import { placesIn } from "./edit-places";
import type { ImageEditor, Instruction, Placed } from "./image";

/** The edits for a stage; `own` are its instructions after FROM. */
export function imageEditor(
  text: string,
  escapeChar: string,
  from: Instruction,
  own: readonly Instruction[],
): ImageEditor {
  const stage: EditedStage = { text, escapeChar, from, own };
  const places = placesIn(from, own);
  const insert: ImageEditor["insert"] = (instruction, where) => {
    if (where === "after-from") return lineAfter(stage, places.head(), instruction);
    const block = own[places.of(instruction, where)];
    return block ? lineBefore(stage, block, instruction) : lineAfter(stage, own.at(-1) ?? from, instruction);
  };
  /** Replaces the arguments of the last instruction with this keyword, or inserts one. */
  const set = (name: string, value: string, where: "before-program" | "end") => {
    const last = own.findLast(({ keyword }) => keyword === name);
    if (!last) return insert(`${name} ${value}`, where);
    return replace(last.span, `${text.slice(last.keywordSpan.start, last.keywordSpan.end)} ${value}`);
  };
  return {
    setEnv: (name, value) => setEnv(stage, places.head(), name, value),
    modernEnv: () => modernEnv(stage),
    renameEnv: (name, to) => renameEnv(stage, name, to),
    setStopSignal: (signal) => set("STOPSIGNAL", signal, "before-program"),
    removeVolumes: (paths) => removeVolumes(stage, paths),
    setProgram: (name, words) =>
      set(name, `[${words.map((word) => JSON.stringify(word)).join(", ")}]`, "end"),
    insert,
    insertAfter: (instruction, added) => lineAfter(stage, instruction, added),
    insertBefore: (instruction, added) => lineBefore(stage, instruction, added),
    remove: (...instructions) => removeLines(stage, instructions),
    replace,
  };
}

function removeVolumes(stage: EditedStage, paths: readonly string[]): Edit[] | undefined {
  const volumes = stage.own
    .filter(({ keyword }) => keyword === "VOLUME")
    .map((volume) => {
      const words = jsonStrings(volume.body) ?? plainWords(volume.body);
      return { volume, words, gone: words.filter(({ value }) => paths.includes(value)) };
    })
    .filter(({ gone }) => gone.length > 0);
  const emptied = volumes.filter(({ words, gone }) => words.length === gone.length);
  const edits = volumes.flatMap((each) =>
    emptied.includes(each) ? [] : removeItems(each.words, new Set(each.gone)),
  );
  edits.push(
    ...removeLines(
      stage,
      emptied.map(({ volume }) => volume),
    ),
  );
  return edits.length > 0 ? edits : undefined;
}

/** Removes each item together with the separator on the side of the remaining items. */
function removeItems(words: readonly Placed<string>[], gone: ReadonlySet<Placed<string>>): Edit[] {
  const edits: Edit[] = [];
  const kept = words.findIndex((word) => !gone.has(word));
  words.forEach((word, index) => {
    if (!gone.has(word)) return;
    const next = words[index + 1];
    const previous = words[index - 1];
    // An item before the first remaining one is removed with the separator after it; any other, with the one before
    // it.
    const leads = index < kept;
    if (leads && next) edits.push({ span: { start: word.span.start, end: next.span.start }, text: "" });
    else if (previous) edits.push({ span: { start: previous.span.end, end: word.span.end }, text: "" });
  });
  return edits;
}
