import type { Ask } from "../base/kept";
import { computing, once } from "../base/once";
import type { Dockerfile, Image, Instruction } from "./image";
import { readInstructions } from "./instructions";
import { findProblem } from "./problems";
import { stageReader } from "./stage";

/**
 * Reads a Dockerfile. Never fails: a half-typed file results in fewer instructions, and a file without FROM has no
 * image. Each image is computed once, when it is first used. `ask` returns what was found by inspecting base images.
 */
export function readDockerfile(text: string, ask: Ask = () => undefined): Dockerfile {
  const read = readInstructions(text);
  const { escapeChar, instructions } = read;
  const readStage = stageReader(text, escapeChar, instructions, ask);
  const froms = instructions.filter(({ keyword }) => keyword === "FROM");
  const stages = froms.map((from) => ({ name: stageName(from), from }));

  const indexOf = (target: string | undefined): number => {
    if (target === undefined || target === "") return stages.length - 1;
    const named = stages.findIndex(({ name }) => name === target.toLowerCase());
    return named !== -1 ? named : /^\d+$/.test(target) ? Number(target) : -1;
  };
  const image = (target?: string): Image | undefined => readStage(indexOf(target));
  const problem = once(() => findProblem(read));
  return withProblem({ text, escape: escapeChar, instructions, stages, image }, { problem });
}

const withProblem = computing<Pick<Dockerfile, "problem">>(["problem"]);

/** The name in `FROM image AS name`, in lower case because the builder ignores case. */
function stageName(from: Instruction): string | undefined {
  return /\sas\s+(\S+)\s*$/i.exec(from.arguments)?.[1]?.toLowerCase();
}
