import type { BaseImage } from "./base-image";
import type { CopyInstruction, Instruction } from "./image";
import { readCopy } from "./steps";

/**
 * The stage or image that a `COPY --from=x / /` copies completely over this one; undefined for other instructions.
 */
export function wholeCopySource(instruction: Instruction, escapeChar: string): string | undefined {
  if (instruction.keyword !== "COPY" || !/--from=/i.test(instruction.arguments)) return undefined;
  const context = {
    lookup: () => undefined,
    escapeChar,
    shell: [],
    variables: new Map(),
    budget: { left: 0 },
  };
  const copy = readCopy(instruction, context);
  return isWholeCopy(copy) ? copy.fromStage : undefined;
}

/** Whether the instruction copies a stage or an image completely over this one. */
export function isWholeCopy({ fromStage, sources, destination }: CopyInstruction): boolean {
  return (
    fromStage !== undefined &&
    destination === "/" &&
    sources.length === 1 &&
    /^\/?\.?\/?$/.test(sources[0] ?? "-")
  );
}

/** What remains of a base image if only its files are copied. ENV, CMD, STOPSIGNAL and VOLUME are not files. */
export function filesOf(base: BaseImage | undefined): BaseImage | undefined {
  return (
    base && {
      ...base,
      bootsSystemd: false,
      entrypoint: undefined,
      cmd: undefined,
      env: undefined,
      stopSignal: undefined,
      volumes: undefined,
    }
  );
}
