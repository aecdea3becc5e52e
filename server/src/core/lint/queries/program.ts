import type { Span } from "../../base/text";
import type { Image, Program } from "../../image/image";
import type { ImageSubject } from "../../project/subject";

/** Where the Dockerfile starts systemd. Findings about missing settings are also reported there. */
export function programSpan({ boot, image }: Pick<ImageSubject, "boot" | "image">): Span {
  const inImage = boot.evidence === "image" || boot.evidence === "script";
  return (inImage && boot.span) || lastProgram(image)?.span || image.from.argumentsSpan;
}

/**
 * The instruction with the last words of the image's command line: CMD, unless a shell-form ENTRYPOINT ignores it.
 */
export function lastProgram({ cmd, entrypoint }: Image): Program | undefined {
  return entrypoint?.form === "shell" ? entrypoint : (cmd ?? entrypoint);
}
