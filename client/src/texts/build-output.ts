import type { BuildOutput } from "../ports/engine";

/**
 * The output of a build, in the format of `docker build --progress=plain`. It consists of complete lines, except for
 * text that the builder formats itself.
 */
export function buildText(output: BuildOutput): string {
  switch (output.kind) {
    // The builder's other output already contains the step.
    case "step":
      return "";
    case "text":
      return output.text;
    case "line":
      return `#${output.step} ${output.text}\n`;
    case "cached":
      return `#${output.step} CACHED\n`;
    case "done":
      return `#${output.step} DONE ${output.seconds.toFixed(1)}s\n`;
    case "failed":
      return `#${output.step} ERROR: ${output.text}\n`;
    case "warning":
      return `WARNING: ${output.text}\n`;
    case "error":
      return `ERROR: ${output.text}\n`;
  }
}
