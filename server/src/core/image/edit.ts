import { aboveComments, deleteWithComments, isIgnore } from "../base/lines";
import { once } from "../base/once";
import { type Edit, lineAt, nextLine, type Span } from "../base/text";
import { isRoot } from "../container/user";
import { sourceSpan } from "../shell/mapped-text";
import { jsonStrings, plainWords, quotedWords } from "./arguments";
import { expand } from "./expand";
import type { ImageEditor, Instruction, Placed } from "./image";

/** The verbs for a stage: `own` are its instructions after FROM. */
export function imageEditor(
  text: string,
  escapeChar: string,
  from: Instruction,
  own: readonly Instruction[],
): ImageEditor {
  const places = placesIn(from, own);
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
    const start = continued ? beforeContinuations(text, argumentsSpan.end, escapeChar) : end;
    return [{ span: { start, end }, text: `\n${indentOf(instruction)}${styled(added)}` }];
  };
  const before = (instruction: Instruction, added: string): Edit[] => {
    const start = aboveComments(text, instruction.span.start, floorOf(instruction));
    return [{ span: { start, end: start }, text: `${indentOf(instruction)}${styled(added)}\n` }];
  };

  /** Instructions of a stage follow one another in the file. */
  const positionOf = ({ index }: Instruction) => index - (own[0]?.index ?? 0);
  /** The end of the instruction before one: comments and blank lines stand between them. */
  const floorOf = (instruction: Instruction) => lineEndOf(own[positionOf(instruction) - 1] ?? from);

  const insert: ImageEditor["insert"] = (instruction, where) => {
    if (where === "after-from") return after(places.head(), instruction);
    const block = own[places.of(instruction, where)];
    return block ? before(block, instruction) : after(own.at(-1) ?? from, instruction);
  };
  const replace = (span: Span, replacement: string): Edit[] => [{ span, text: replacement }];

  /** Removes whole instructions, neighboring ones together. */
  const removeAll = (instructions: readonly Instruction[]): Edit[] => {
    const groups: Instruction[][] = [];
    for (const instruction of instructions) {
      const group = groups.at(-1);
      if (group && follows(group.at(-1) as Instruction, instruction)) group.push(instruction);
      else groups.push([instruction]);
    }
    const edits = groups.flatMap((group) => {
      const [first, last] = [group[0], group.at(-1)] as [Instruction, Instruction];
      return deleteWithComments(text, { start: first.span.start, end: lineEndOf(last) }, floorOf(first));
    });
    // Neighbours of the same keyword are named, so that another removal of them waits for this one.
    const all = new Set(instructions);
    const neighbours = instructions.flatMap((gone) => {
      const [previous, next] = [own[positionOf(gone) - 1], own[positionOf(gone) + 1]];
      return [
        ...(previous?.keyword === gone.keyword && touches(previous, gone) ? [previous] : []),
        ...(next?.keyword === gone.keyword && touches(gone, next) ? [next] : []),
      ];
    });
    const beside = [...new Set(neighbours)].filter((each) => !all.has(each));
    const claims = beside.flatMap(({ keywordSpan: { start, end } }) =>
      replace({ start, end }, text.slice(start, end)),
    );
    return [...edits, ...claims];
  };
  const linesBetween = (one: Instruction, next: Instruction) =>
    text
      .slice(nextLine(text, lineEndOf(one)), lineAt(text, next.span.start).start)
      .split("\n")
      .slice(0, -1);
  /** Whether nothing but ignore comments, which go with their instruction, stands between two. */
  const follows = (one: Instruction, next: Instruction) => linesBetween(one, next).every(isIgnore);
  /** Whether the removal of one reaches the place of the other. */
  const touches = (one: Instruction, next: Instruction) => {
    const lines = linesBetween(one, next);
    return lines.length === 0 || lines.some(isIgnore);
  };

  const variables = (): EnvWord[] =>
    own
      .filter(({ keyword }) => keyword === "ENV")
      .flatMap((instruction) => envWords(instruction, escapeChar));
  /** The words of ENV instructions that set `name`, last first. */
  const settings = (name: string) =>
    variables()
      .filter((word) => word.name === name)
      .reverse();
  /** What is written as `ENV name value`. */
  const oldForms = () => variables().filter(({ oldForm }) => oldForm);
  /** As `name=value`, quoted where it must be; undefined where quotes would be read otherwise. */
  const modern = ({ name, nameSpan, span }: EnvWord): string | undefined => {
    const value = text.slice(nameSpan.end, span.end).trim();
    if (value === "" || /["'`\\\n]/.test(value)) return undefined;
    return `${name}=${/^[\w./:@%+,=${}~-]+$/.test(value) ? value : `"${value}"`}`;
  };

  const lastOf = (name: string) => own.findLast((instruction) => instruction.keyword === name);

  return {
    setEnv(name, value) {
      const [word] = settings(name);
      if (!word) return insert(`ENV ${name}=${quoted(value)}`, "after-from");
      // Among others of the old form it stays in that form.
      if (word.oldForm && oldForms().length > 1) return replace(word.span, `${name} ${value}`);
      return replace(word.span, `${name}=${quoted(value)}`);
    },
    modernEnv() {
      const words = oldForms().map((word) => ({ ...word, fixed: modern(word) }));
      if (words.length === 0 || words.some(({ fixed }) => fixed === undefined)) return undefined;
      return words.flatMap(({ span, fixed = "" }) => replace(span, fixed));
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
      const volumes = own
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
      edits.push(...removeAll(emptied.map(({ volume }) => volume)));
      return edits.length > 0 ? edits : undefined;
    },
    setProgram(name, words) {
      const list = `[${words.map((word) => JSON.stringify(word)).join(", ")}]`;
      const set = lastOf(name);
      if (!set) return insert(`${name} ${list}`, "end");
      return replace(set.span, `${text.slice(set.keywordSpan.start, set.keywordSpan.end)} ${list}`);
    },
    insert,
    insertAfter: after,
    insertBefore: before,
    remove: (...instructions) => removeAll(instructions),
    replace,
  };
}

/** Where new instructions go. */
interface Places {
  /** FROM, or the last ARG of the block that follows it. */
  head(): Instruction;
  /** The index of the instruction that a new one goes before; the number of all for the end. */
  of(added: string, where: "before-program" | "end"): number;
}

function placesIn(from: Instruction, own: readonly Instruction[]): Places {
  /** The first of ENTRYPOINT and CMD, or of the USER lines directly before it. */
  const programBlock = once((): number => {
    let first = own.findIndex(({ keyword }) => keyword === "ENTRYPOINT" || keyword === "CMD");
    while (first > 0 && own[first - 1]?.keyword === "USER") first--;
    return first;
  });
  /** A RUN works on what the steps before it made: it does not go above the last of them. */
  const afterSteps = once((): number => {
    const last = own.findLastIndex(({ keyword }) => /^(RUN|COPY|ADD)$/.test(keyword));
    const program = programBlock();
    return program === -1 || program > last ? program : last + 1;
  });
  /** A RUN needs root: it goes before the USER that drops root permanently. */
  const lastUser = once((): number => {
    const at = own.findLastIndex(({ keyword }) => keyword === "USER");
    return at !== -1 && !isRoot(own[at]?.arguments ?? "") ? at : -1;
  });
  return {
    head: once(() => {
      const first = own.findIndex(({ keyword }) => keyword !== "ARG");
      return own[(first === -1 ? own.length : first) - 1] ?? from;
    }),
    of: (added, where) => {
      const isStep = /^run\b/i.test(added);
      const user = isStep ? lastUser() : -1;
      const program = where === "before-program" ? (isStep ? afterSteps() : programBlock()) : -1;
      return Math.min(user === -1 ? own.length : user, program === -1 ? own.length : program);
    },
  };
}

/** The start of the escape characters, and the spaces after them, before a place. */
function beforeContinuations(text: string, place: number, escapeChar: string): number {
  for (let at = place; ; ) {
    let end = at;
    while (/\s/.test(text[end - 1] ?? "")) end--;
    if (text[end - 1] !== escapeChar) return at;
    at = end - 1;
  }
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
  /** `ENV name value`. */
  readonly oldForm: boolean;
}

/** The variables that an ENV sets, with the place of name and of name and value. */
function envWords({ body, argumentsSpan }: Instruction, escapeChar: string): EnvWord[] {
  const words = quotedWords(body, escapeChar);
  const [first] = words;
  if (!first) return [];
  if (!first.text.includes("=")) {
    const nameSpan = sourceSpan(body, first.start, first.end);
    return [{ name: first.text, nameSpan, span: argumentsSpan, oldForm: true }];
  }
  return words.flatMap(({ text, start, end }) => {
    const equals = text.indexOf("=");
    if (equals <= 0) return [];
    const nameSpan = sourceSpan(body, start, start + equals);
    const written = text.slice(0, equals);
    return [
      {
        name: expand(written, () => undefined, escapeChar) ?? written,
        nameSpan,
        span: sourceSpan(body, start, end),
        oldForm: false,
      },
    ];
  });
}

/** A value as ENV takes it: plain where it can be. */
function quoted(value: string): string {
  return /^[\w./:@%+,-]*$/.test(value) ? value : `"${value.replace(/[\\"$]/g, "\\$&")}"`;
}
