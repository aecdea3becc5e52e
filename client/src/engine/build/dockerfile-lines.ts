import type { Step } from "./build-output";

/** An instruction of a Dockerfile, with what is needed to match it to a failed step. */
interface Instruction {
  readonly keyword: string;
  /** The instruction on one line, with each run of white space collapsed to a space. */
  readonly text: string;
  /** The 0-based line that it starts at. */
  readonly line: number;
}

/**
 * The 0-based line at which a build failed, or undefined if that is unclear. For syntax errors the engine reports the
 * line. For failed steps it reports only the step, which is looked up by its text and then by its number.
 */
export function failedLine(dockerfile: string, error: string, step: Step | undefined): number | undefined {
  const named =
    /(?:parse error (?:on )?|Dockerfile(?:\.[^\s:]{0,99})?:|syntax error - )line:? ?(\d+)|\bon line (\d+)/i.exec(
      error,
    );
  const line = Number(named?.[1] ?? named?.[2] ?? Number.NaN) - 1;
  if (line >= 0) return line;
  return step && locate(instructions(dockerfile), step)?.line;
}

/** The file that COPY or ADD did not find, parsed from an error of BuildKit, the classic builder or Podman. */
export function missingFile(error: string): string | undefined {
  const found =
    /checksum of ref [^"\s]+ "\/?([^"]+)": not found/.exec(error) ??
    /: stat \/?([^\s:]+): file does not exist/.exec(error) ??
    /copier: stat: "\/?([^"]+)": no such file/.exec(error);
  return found?.[1];
}

function locate(all: readonly Instruction[], step: Step): Instruction | undefined {
  const wanted = oneLine(step.text);
  const keyword = /^\w+/.exec(wanted)?.[0].toUpperCase();
  const alike = all.filter((each) => each.keyword === keyword);
  if (keyword === "FROM") return alike.find(({ text }) => sameImage(text, wanted)) ?? only(alike);
  const same = alike.filter(({ text }) => text === wanted || start(text) === start(wanted));
  return only(same) ?? byNumber(all, step, keyword) ?? same[0] ?? only(alike);
}

/**
 * BuildKit counts the instructions in a stage that create layers; Docker's classic builder counts all instructions in
 * the file.
 */
function byNumber(
  all: readonly Instruction[],
  { number, stage }: Step,
  keyword?: string,
): Instruction | undefined {
  if (number === undefined) return undefined;
  const layers = stagesOf(all).map((each) =>
    each.filter((one) => /^(FROM|RUN|COPY|ADD|WORKDIR)$/.test(one.keyword)),
  );
  const counted = stage === undefined ? layers.at(-1) : layers[stageIndex(layers, stage)];
  return [counted?.[number - 1], all[number - 1]].find((found) => found?.keyword === keyword);
}

function stagesOf(all: readonly Instruction[]): Instruction[][] {
  const stages: Instruction[][] = [];
  for (const each of all) {
    if (each.keyword === "FROM") stages.push([]);
    stages.at(-1)?.push(each);
  }
  return stages;
}

/** BuildKit refers to a stage by its name, or as `stage-N`, counted from 0. */
function stageIndex(stages: readonly (readonly Instruction[])[], name: string): number {
  const index = /^stage-(\d+)$/.exec(name)?.[1];
  if (index !== undefined) return Number(index);
  return stages.findIndex(([from]) => from?.text.toLowerCase().endsWith(` as ${name.toLowerCase()}`));
}

/** Whether two FROM lines name the same image. `docker.io/library/debian:12` is the full form of `debian:12`. */
function sameImage(from: string, wanted: string): boolean {
  const short = (text: string) =>
    (text.split(" ").find((word, index) => index > 0 && !word.startsWith("--")) ?? "")
      .replace(/^docker\.io\/(library\/)?/, "")
      .replace(/:latest$/, "")
      .replace(/@sha256:.*/s, "");
  return short(from) === short(wanted);
}

function only<T>(found: readonly T[]): T | undefined {
  return found.length === 1 ? found[0] : undefined;
}

/** BuildKit shows only the first line of a heredoc and shortens long words. */
function start(text: string): string {
  return text.replace(/ ?\(.*/s, "").slice(0, 60);
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, " ").trim();
}

/** Splits a Dockerfile into instructions. Handles comments, continued lines, the escape directive and heredocs. */
function instructions(dockerfile: string): Instruction[] {
  const lines = dockerfile.replace(/^\uFEFF/, "").split(/\r?\n/);
  const joiner = /^[ \t]*#[ \t]*escape[ \t]*=[ \t]*(\S)/im.exec(dockerfile)?.[1] === "`" ? "`" : "\\";
  const found: Instruction[] = [];
  const isNote = (text: string | undefined) => text !== undefined && /^\s*(#|$)/.test(text);
  for (let at = 0; at < lines.length; at++) {
    if (isNote(lines[at])) continue;
    const line = at;
    const parts: string[] = [];
    for (; at < lines.length; at++) {
      const text = lines[at] ?? "";
      if (parts.length > 0 && isNote(text)) continue;
      const goes = text.trimEnd().endsWith(joiner);
      parts.push(goes ? text.trimEnd().slice(0, -1) : text);
      if (!goes) break;
    }
    const text = oneLine(parts.join(" "));
    const keyword = /^\w*/.exec(text)?.[0].toUpperCase() ?? "";
    found.push({ keyword, text, line });
    if (!/^(RUN|COPY|ADD)$/.test(keyword)) continue;
    for (const [, dash, , word] of text.matchAll(/<<(-?)(["']?)([A-Za-z_]\w*)\2/g)) {
      const ends = (body: string | undefined) => (dash ? body?.replace(/^\t+/, "") : body) === word;
      while (at + 1 < lines.length && !ends(lines[++at]));
    }
  }
  return found;
}
