import type { Case } from "./case";

/** How often a shrinking input is tried: a count, so that the result depends on no clock. */
const mostTries = 1_500;

/**
 * A short input for which `stillFails` is true as for the given one: pieces are left out as long as it
 * does, first lines, then words, then characters; then the other files and the engine.
 */
export function shrink(input: Case, stillFails: (input: Case) => boolean): Case {
  let tries = 0;
  const fails = (candidate: Case) => tries++ < mostTries && stillFails(candidate);
  let small = input;
  for (const without of ["files", "target", "exitCode"] as const) {
    const { [without]: _, ...rest } = small;
    if (small[without] !== undefined && fails(rest)) small = rest;
  }
  for (const name of Object.keys(small.files ?? {})) {
    const { [name]: _, ...files } = small.files ?? {};
    if (fails({ ...small, files })) small = { ...small, files };
  }
  for (const pieces of [/(?<=\n)/, /(?<=[\s,;&])/, ""]) {
    small = withoutPieces(small, pieces, fails);
  }
  return small;
}

function withoutPieces(input: Case, pieces: RegExp | string, fails: (input: Case) => boolean): Case {
  let parts = input.text.split(pieces);
  for (let size = Math.ceil(parts.length / 2); size >= 1; size = Math.floor(size / 2)) {
    for (let at = 0; at < parts.length; ) {
      const fewer = parts.toSpliced(at, size);
      if (fewer.length < parts.length && fails({ ...input, text: fewer.join("") })) parts = fewer;
      else at += size;
    }
  }
  return { ...input, text: parts.join("") };
}
