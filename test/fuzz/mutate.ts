import fc from "fast-check";
import { rules } from "../../server/src/core/lint/rules/index";
import { type Case, targets } from "./case";
import { composeMutation } from "./mutate-compose";
import { dockerfileMutation } from "./mutate-dockerfile";
import { inserted, lineMutation, linesOf, type Mutation, piece, place } from "./mutate-text";
import pieces from "./pieces.json";

/** No input is longer: the cost of an input grows with its length, what it finds does not. */
const longest = 20_000;

/** Files and logs made from seeds by mutations, from the vocabulary alone, and from noise. */
export function cases(seeds: readonly Case[]): fc.Arbitrary<Case> {
  const ofKind = (kind: Case["kind"]) => seeds.filter((seed) => seed.kind === kind);
  const mutated = (kind: Case["kind"]) => mutatedSeeds(ofKind(kind));
  return fc
    .oneof(
      { weight: 10, arbitrary: mutated("dockerfile") },
      { weight: 10, arbitrary: mutated("compose") },
      { weight: 3, arbitrary: mutated("log") },
      { weight: 1, arbitrary: freshDockerfiles },
      { weight: 1, arbitrary: noise },
    )
    .map((input) => ({ ...input, text: input.text.slice(0, longest) }));
}

function mutatedSeeds(seeds: readonly Case[]): fc.Arbitrary<Case> {
  const [first] = seeds;
  if (!first) throw new Error("there is no seed of a kind");
  const donors = fc.constantFrom(...seeds).map(({ text }) => text);
  return fc
    .record({
      seed: fc.constantFrom(...seeds),
      mutations: fc.array(mutationOf(first.kind, donors), { minLength: 1, maxLength: 6, size: "max" }),
      target: fc.option(fc.constantFrom(...targets), { nil: "own" as const }),
      exitCode: fc.option(fc.constantFrom(0, 1, 125, 127, 137, 255), { nil: undefined }),
    })
    .map(({ seed, mutations, target, exitCode }) => ({
      ...seed,
      text: mutations.reduce((text, mutate) => mutate(text), seed.text),
      target: target === "own" ? seed.target : target,
      exitCode: seed.kind === "log" ? exitCode : undefined,
    }));
}

function mutationOf(kind: Case["kind"], donors: fc.Arbitrary<string>): fc.Arbitrary<Mutation> {
  const blind = lineMutation(donors);
  if (kind === "log") return fc.oneof({ weight: 3, arbitrary: blind }, logLine);
  const known = kind === "dockerfile" ? dockerfileMutation : composeMutation;
  return fc.oneof(
    { weight: 3, arbitrary: blind },
    { weight: 5, arbitrary: known },
    { weight: 1, arbitrary: ignoreComment },
  );
}

/** An ignore comment above some line, as deep as that line, at times with a blank line below. */
const ignoreComment: fc.Arbitrary<Mutation> = fc
  .record({
    at: place,
    rule: fc.constantFrom(...rules.map(({ id }) => id)),
    file: fc.boolean(),
    blank: fc.boolean(),
  })
  .map(({ at, rule, file, blank }) => (text) => {
    const lines = linesOf(text);
    const index = at % (lines.length + 1);
    const indent = /^[ \t]*/.exec(lines[index] ?? "")?.[0] ?? "";
    const comment = `${indent}# systemd-containers-ignore${file ? "-file" : ""} ${rule}\n${blank ? "\n" : ""}`;
    return inserted(lines, index, comment);
  });

const logLine: fc.Arbitrary<Mutation> = fc
  .record({ at: place, line: fc.constantFrom(...pieces.logs) })
  .map(({ at, line }) => (text) => {
    const lines = linesOf(text);
    return inserted(lines, at % (lines.length + 1), `${line}\n`);
  });

const freshDockerfiles: fc.Arbitrary<Case> = fc
  .record({
    lines: fc.array(fc.constantFrom(...pieces.dockerfile), { minLength: 1, maxLength: 14, size: "max" }),
    target: fc.constantFrom(...targets),
  })
  .map(({ lines, target }) => ({
    kind: "dockerfile",
    text: `FROM debian:12\n${lines.join("\n")}\n`,
    target,
  }));

const noise: fc.Arbitrary<Case> = fc.record({
  kind: fc.constantFrom("dockerfile", "compose", "log"),
  text: fc
    .array(
      fc.oneof(piece, fc.constantFrom(...pieces.dockerfile, ...pieces.keys, ...pieces.tops, ...pieces.logs)),
      { maxLength: 60, size: "max" },
    )
    .map((parts) => parts.join("")),
});
