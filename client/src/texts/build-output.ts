import type { BuildOutput } from "../ports/engine";

/** What a build reports, as `docker build --progress=plain` writes it: whole lines, but for text of the builder. */
export function buildText(output: BuildOutput): string {
  switch (output.kind) {
    // It is among the lines of the builder too.
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
