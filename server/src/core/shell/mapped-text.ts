import type { Span } from "../base/text";

/**
 * Text joined from pieces of a source, with a map back to the source: for example, a RUN body without line
 * continuations and comments, or a script that is quoted inside another script. Pieces are sorted by `at`.
 */
export interface MappedText {
  readonly text: string;
  readonly pieces: readonly Piece[];
}

interface Piece {
  /** The start of the piece in `text`. */
  readonly at: number;
  /** The start of the piece in the source. */
  readonly source: number;
  /** Set if the piece is not a copy: as a whole, it replaces this many characters of the source. */
  readonly standsFor?: number;
}

/** Text that is its own source, or a copy of the source text at offset `source`. */
export function plainText(text: string, source = 0): MappedText {
  return { text, pieces: [{ at: 0, source }] };
}

/** Text that replaces a range of the source. */
export function replacement(text: string, { start, end }: Span): MappedText {
  return { text, pieces: [{ at: 0, source: start, standsFor: end - start }] };
}

/** Collects pieces: `copy` adds text from the source, and `replace` adds text that replaces a part of the source. */
export function textBuilder() {
  const parts: string[] = [];
  const pieces: Piece[] = [];
  let length = 0;
  const add = (text: string, piece: Piece) => {
    if (text === "") return;
    parts.push(text);
    pieces.push(piece);
    length += text.length;
  };
  return {
    copy: (text: string, source: number) => add(text, { at: length, source }),
    replace: (text: string, { start, end }: Span) =>
      add(text, { at: length, source: start, standsFor: end - start }),
    build: (): MappedText => ({
      text: parts.join(""),
      pieces: pieces.length > 0 ? pieces : [{ at: 0, source: 0 }],
    }),
  };
}

/**
 * The range of the source that corresponds to the range from `start` to `end` of the text; anything beyond the text
 * is cut off.
 */
export function sourceSpan({ text, pieces }: MappedText, start: number, end: number): Span {
  const stop = Math.min(end, text.length);
  const first = pieceAt(pieces, Math.min(start, stop));
  const from = first.standsFor === undefined ? first.source + Math.min(start, stop) - first.at : first.source;
  if (stop <= start) return { start: from, end: from };
  const last = pieceAt(pieces, stop - 1);
  const to = last.standsFor === undefined ? last.source + stop - last.at : last.source + last.standsFor;
  return { start: from, end: Math.max(from, to) };
}

/** Part of a mapped text. */
export function sliceText({ text, pieces }: MappedText, start: number, end = text.length): MappedText {
  const kept: Piece[] = [];
  for (let index = pieceIndex(pieces, start); index < pieces.length; index++) {
    const piece = pieces[index];
    if (!piece || (piece.at >= end && kept.length > 0)) break;
    const cut = Math.max(0, start - piece.at);
    const moved = piece.standsFor === undefined ? cut : 0;
    kept.push({ ...piece, at: Math.max(0, piece.at - start), source: piece.source + moved });
  }
  return { text: text.slice(start, end), pieces: kept };
}

/** Concatenates mapped texts. */
export function joinTexts(parts: readonly MappedText[]): MappedText {
  const pieces: Piece[] = [];
  let length = 0;
  for (const part of parts) {
    if (part.text !== "") pieces.push(...part.pieces.map((piece) => ({ ...piece, at: piece.at + length })));
    length += part.text.length;
  }
  return {
    text: parts.map(({ text }) => text).join(""),
    pieces: pieces.length > 0 ? pieces : [{ at: 0, source: 0 }],
  };
}

function pieceAt(pieces: readonly Piece[], at: number): Piece {
  return pieces[pieceIndex(pieces, at)] ?? { at: 0, source: 0 };
}

function pieceIndex(pieces: readonly Piece[], at: number): number {
  let low = 0;
  let high = pieces.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((pieces[middle]?.at ?? 0) <= at) low = middle;
    else high = middle - 1;
  }
  return low;
}
