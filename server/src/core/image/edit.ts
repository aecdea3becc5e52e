import { sourceSpan } from "../shell/mapped-text";
import type { Edit, Span } from "../text";
import { lineAt } from "../text";
import { jsonStrings, plainWords, quotedWords } from "./arguments";
import type { ImageEditor, Instruction, Placed } from "./image";

/** The verbs for a stage: `own` are its instructions after FROM. */
export function imageEditor(
  text: string,
  escapeChar: string,
  from: Instruction,
  own: readonly Instruction[],
): ImageEditor {
  const lower = /^[a-z]/.test(text.slice(from.keywordSpan.start, from.keywordSpan.end));
  const keyword = (word: string) => (lower ? word.toLowerCase() : word.toUpperCase());
  const styled = (instruction: string) => instruction.replace(/^[A-Za-z]+/, keyword);
  const indentOf = ({ span }: Instruction) =>
    /^[ \t]*/.exec(text.slice(lineAt(text, span.start).start, span.start))?.[0] ?? "";
  const lineEndOf = ({ span }: Instruction) => lineAt(text, Math.max(span.start, span.end - 1)).end;

  const after = (instruction: Instruction, added: string): Edit[] => {
    const end = lineEndOf(instruction);
    const { span, argumentsSpan, heredocs } = instruction;
    // A line that is continued at the end of the file would go on with what is added.
    const continued = heredocs.length === 0 && argumentsSpan.end < span.end;
    const start = continued ? argumentsSpan.end : end;
    return [{ span: { start, end }, text: `\n${indentOf(instruction)}${styled(added)}` }];
  };
  const before = (instruction: Instruction, added: string): Edit[] => {
    const start = commentsAbove(instruction);
    return [{ span: { start, end: start }, text: `${indentOf(instruction)}${styled(added)}\n` }];
  };

  /** Where the comment lines directly above an instruction begin, or the instruction's line. */
  const commentsAbove = (instruction: Instruction): number => {
    const known = commentStarts.get(instruction.index) ?? commentStartAbove(instruction);
    commentStarts.set(instruction.index, known);
    return known;
  };
  const commentStarts = new Map<number, number>();
  /** Instructions of a stage follow one another in the file. */
  const positionOf = ({ index }: Instruction) => index - (own[0]?.index ?? 0);
  const commentStartAbove = (instruction: Instruction): number => {
    const previous = own[positionOf(instruction) - 1] ?? from;
    const floor = lineEndOf(previous);
    let { start } = lineAt(text, instruction.span.start);
    while (start > floor + 1) {
      const line = lineAt(text, start - 1);
      if (line.start <= floor || !/^\s*#/.test(text.slice(line.start, line.end))) break;
      start = line.start;
    }
    return start;
  };

  /** FROM, or the last ARG of the block that follows it. */
  const head = once((): Instruction => {
    const first = own.findIndex((instruction) => instruction.keyword !== "ARG");
    return own[(first === -1 ? own.length : first) - 1] ?? from;
  });
  /** The first of ENTRYPOINT and CMD, or of the USER lines directly before it. */
  const programBlock = once((): number => {
    let first = own.findIndex(
      (instruction) => instruction.keyword === "ENTRYPOINT" || instruction.keyword === "CMD",
    );
    while (first > 0 && own[first - 1]?.keyword === "USER") first--;
    return first;
  });
  /** A RUN works on what the steps before it made: it does not go above the last of them. */
  const afterSteps = once((): number => {
    const last = own.findLastIndex(({ keyword }) => /^(RUN|COPY|ADD)$/.test(keyword));
    const program = programBlock();
    return program === -1 || program > last ? program : last + 1;
  });
  /** A RUN needs root: it goes before the USER that takes root away for good. */
  const lastUser = once((): number => {
    const at = own.findLastIndex((instruction) => instruction.keyword === "USER");
    return at !== -1 && !/^(root|0)(:|$)/.test(own[at]?.arguments ?? "") ? at : -1;
  });
  const insert: ImageEditor["insert"] = (instruction, where) => {
    if (where === "after-from") return after(head(), instruction);
    const isStep = /^run\b/i.test(instruction);
    const user = isStep ? lastUser() : -1;
    const program = where === "before-program" ? (isStep ? afterSteps() : programBlock()) : -1;
    const place = Math.min(user === -1 ? own.length : user, program === -1 ? own.length : program);
    const block = own[place];
    return block ? before(block, instruction) : after(own.at(-1) ?? from, instruction);
  };
  const replace = (span: Span, replacement: string): Edit[] => [{ span, text: replacement }];

  const remove = (instruction: Instruction): Edit[] => {
    const next = own[positionOf(instruction) + 1];
    const last = lineEndOf(instruction);
    const lineBreak = /^\r?\n/.exec(text.slice(last, last + 2))?.[0].length ?? 0;
    const end = last + lineBreak;
    // Comments above may speak of a group of the same keyword; then they stay with what is left of it.
    const grouped = next?.keyword === instruction.keyword && lineAt(text, next.span.start).start === end;
    const start = grouped ? lineAt(text, instruction.span.start).start : commentsAbove(instruction);
    const from = lineBreak === 0 && start > 0 ? lineAt(text, start - 1).end : start;
    return [{ span: { start: from, end }, text: "" }];
  };

  /** The words of ENV instructions that set `name`, last first. */
  const settings = (name: string): EnvWord[] =>
    own
      .filter(({ keyword }) => keyword === "ENV")
      .flatMap((instruction) => envWords(instruction, escapeChar))
      .filter((word) => word.name === name)
      .reverse();

  const lastOf = (name: string) => own.findLast((instruction) => instruction.keyword === name);

  return {
    setEnv(name, value) {
      const [word] = settings(name);
      if (!word) return insert(`ENV ${name}=${quoted(value)}`, "after-from");
      return replace(word.span, `${name}=${quoted(value)}`);
    },
    renameEnv(name, to) {
      const words = settings(name);
      return words.length === 0 ? undefined : words.flatMap((word) => replace(word.nameSpan, to));
    },
    setStopSignal(signal) {
      const set = lastOf("STOPSIGNAL");
      if (!set) return insert(`STOPSIGNAL ${signal}`, "before-program");
      return replace(set.span, `${text.slice(set.keywordSpan.start, set.keywordSpan.end)} ${signal}`);
    },
    removeVolumes(paths) {
      const edits = own.flatMap((volume) => {
        if (volume.keyword !== "VOLUME") return [];
        const words = jsonStrings(volume.body) ?? plainWords(volume.body);
        const gone = words.filter(({ value }) => paths.includes(value));
        if (gone.length === 0) return [];
        return gone.length === words.length ? remove(volume) : removeItems(words, new Set(gone));
      });
      return edits.length > 0 ? mergeDeletions(edits) : undefined;
    },
    setProgram(name, words) {
      const list = `[${words.map((word) => JSON.stringify(word)).join(", ")}]`;
      const set = lastOf(name);
      if (!set) return insert(`${name} ${list}`, "end");
      return replace(set.span, `${text.slice(set.keywordSpan.start, set.keywordSpan.end)} ${list}`);
    },
    insert,
    insertAfter: after,
    remove,
    replace,
  };
}

/** Works a value out when it is first asked for. */
function once<T>(work: () => T): () => T {
  let done: { readonly value: T } | undefined;
  return () => {
    done ??= { value: work() };
    return done.value;
  };
}

/** Neighbours that both go may each claim the line break between them. */
function mergeDeletions(edits: readonly Edit[]): Edit[] {
  const merged: Edit[] = [];
  for (const edit of [...edits].sort((a, b) => a.span.start - b.span.start)) {
    const last = merged.at(-1);
    if (!last || edit.span.start >= last.span.end) merged.push(edit);
    else
      merged[merged.length - 1] = {
        span: { start: last.span.start, end: Math.max(last.span.end, edit.span.end) },
        text: "",
      };
  }
  return merged;
}

/** Each item goes with the separator on the side of what stays. */
function removeItems(words: readonly Placed<string>[], gone: ReadonlySet<Placed<string>>): Edit[] {
  const edits: Edit[] = [];
  const kept = words.findIndex((word) => !gone.has(word));
  words.forEach((word, index) => {
    if (!gone.has(word)) return;
    const next = words[index + 1];
    const previous = words[index - 1];
    // An item before the first that stays takes what follows it, the others what precedes them.
    const leads = index < kept;
    if (leads && next) edits.push({ span: { start: word.span.start, end: next.span.start }, text: "" });
    else if (previous) edits.push({ span: { start: previous.span.end, end: word.span.end }, text: "" });
  });
  return edits;
}

interface EnvWord {
  readonly name: string;
  readonly nameSpan: Span;
  readonly span: Span;
}

/** The variables that an ENV sets, with the place of name and of name and value. */
function envWords({ body, argumentsSpan }: Instruction, escapeChar: string): EnvWord[] {
  const words = quotedWords(body, escapeChar);
  const [first] = words;
  if (!first) return [];
  if (!first.text.includes("=")) {
    return [{ name: first.text, nameSpan: sourceSpan(body, first.start, first.end), span: argumentsSpan }];
  }
  return words.flatMap(({ text, start, end }) => {
    const equals = text.indexOf("=");
    if (equals <= 0) return [];
    const nameSpan = sourceSpan(body, start, start + equals);
    return [{ name: text.slice(0, equals), nameSpan, span: sourceSpan(body, start, end) }];
  });
}

/** A value as ENV takes it: plain where it can be. */
function quoted(value: string): string {
  return /^[\w./:@%+,-]*$/.test(value) ? value : `"${value.replace(/[\\"$]/g, "\\$&")}"`;
}
