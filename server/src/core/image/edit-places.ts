import { once } from "../base/once";
import { isRoot } from "../container/user";
import type { Instruction } from "./image";

/** Where new instructions go. */
export interface Places {
  /** FROM, or the last ARG of the block that follows it. */
  head(): Instruction;
  /** The index of the instruction that a new one goes before; the number of all for the end. */
  of(added: string, where: "before-program" | "end"): number;
}

/** The places of a stage; `own` are its instructions after FROM. */
export function placesIn(from: Instruction, own: readonly Instruction[]): Places {
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
