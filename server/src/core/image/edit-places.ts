import { once } from "../base/once";
import { isRoot } from "../container/user";
import type { Instruction } from "./image";

/** Where to insert new instructions. */
export interface Places {
  /** FROM, or the last ARG of the block after it. */
  head(): Instruction;
  /** The index of the instruction before which to insert a new one, or the number of instructions for the end. */
  of(added: string, where: "before-program" | "end"): number;
}

/** The insertion points of a stage; `own` are its instructions after FROM. */
export function placesIn(from: Instruction, own: readonly Instruction[]): Places {
  /** The index of the first ENTRYPOINT or CMD, or of the first of the USER lines directly before it. */
  const programBlock = once((): number => {
    let first = own.findIndex(({ keyword }) => keyword === "ENTRYPOINT" || keyword === "CMD");
    while (first > 0 && own[first - 1]?.keyword === "USER") first--;
    return first;
  });
  /** A RUN depends on the results of the steps before it, so it cannot go above the last of them. */
  const afterSteps = once((): number => {
    const last = own.findLastIndex(({ keyword }) => /^(RUN|COPY|ADD)$/.test(keyword));
    const program = programBlock();
    return program === -1 || program > last ? program : last + 1;
  });
  /** A RUN needs root, so it goes before the USER that drops root permanently. */
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
