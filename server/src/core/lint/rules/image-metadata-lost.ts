import { detectInImage } from "../../boot/detect";
import type { CopyInstruction, Image, Program } from "../../image/image";
import { isWholeCopy } from "../../image/whole-copy";
import type { ImageSubject } from "../../project/subject";
import { canonicalPath, cgroupPath, lockPath, runPath, tmpPath } from "../../systemd/paths";
import { editFix } from "../queries/fixes";
import { imageRule } from "../rule";

export const imageMetadataLost = imageRule({
  id: "image-metadata-lost",
  title: "Repeat settings that COPY --from does not copy",
  severity: "warning",
  always: true,
  why: `
    \`FROM scratch\` with \`COPY --from=build / /\` puts a whole image into one layer. However, COPY copies only files.
    ENV, STOPSIGNAL, CMD, ENTRYPOINT and VOLUME belong to the earlier stage's configuration, not to its files, so
    they are lost.
  `,
  consequence:
    "The container does not start, or `docker stop` ends in SIGKILL, although the copied stage is correct.",
  symptoms: ["not-started", "killed-on-stop"],
  ignore: "If the image is only a base for images that set everything again, you can disable this rule.",
  evidence: {
    measured:
      "Docker 28.5, systemd 252: if all files are copied into FROM scratch, the image has no command, and the engine does not " +
      "start it. The effects of a missing STOPSIGNAL or `container` environment variable were measured for the rules on those settings.",
  },
  messages: {
    found: "COPY --from={stage} copies files, not settings. Repeat {lost} in this stage.",
  },
  fixes: {
    fix: "Repeat {what}",
  },
  *check(subject, say) {
    const { image } = subject;
    const copy = wholeCopy(image);
    const source = copy?.fromStage === undefined ? undefined : stageOf(subject, copy.fromStage);
    if (!copy || !source || detectInImage(source, subject.readFile).boots === "no") return;
    const lost = lostSettings(source, image);
    if (lost.length === 0) return;
    const what = lost.map((line) => line.split(/[ =]/, 1)[0]).join(", ");
    const written = lost.join("; ");
    yield {
      span: copy.argumentsSpan,
      message: say("found", { stage: copy.fromStage ?? "", lost: written }),
      fixes: [editFix(image.edit.insert(lost.join("\n"), "end"), say("fix", { what }), false)],
    };
  },
});

/** The `COPY --from=stage / /` in a stage that begins FROM scratch. */
function wholeCopy({ copies, from }: Image): CopyInstruction | undefined {
  if (!/^\s*(--\S+\s+)*scratch\b/i.test(from.arguments)) return undefined;
  return copies.find((copy) => copy.stage === from.stage && isWholeCopy(copy));
}

function stageOf({ dockerfile, image }: ImageSubject, name: string): Image | undefined {
  const source = dockerfile.image(name);
  return source && source.from.stage < image.from.stage ? source : undefined;
}

/** The instructions that restore the missing settings. */
function lostSettings(source: Image, image: Image): string[] {
  const container = source.env.get("container")?.value ?? source.base?.env?.container;
  const signal = source.stopSignal?.value ?? source.base?.stopSignal;
  const hidden = new Set([cgroupPath, runPath, lockPath, tmpPath]);
  const kept = new Set(image.volumes.map(({ value }) => canonicalPath(value)));
  const volumes = source.volumes
    .map(({ value }) => value)
    .filter((path) => !hidden.has(canonicalPath(path)) && !kept.has(canonicalPath(path)));
  const silent = !image.cmd && !image.entrypoint;
  return [
    container && !image.env.has("container") ? `ENV container=${container}` : undefined,
    signal && !image.stopSignal ? `STOPSIGNAL ${signal}` : undefined,
    volumes.length > 0 ? `VOLUME ${JSON.stringify(volumes)}` : undefined,
    silent ? program("ENTRYPOINT", source.entrypoint, source.base?.entrypoint) : undefined,
    silent ? program("CMD", source.cmd, source.entrypoint ? undefined : source.base?.cmd) : undefined,
  ].filter((line) => line !== undefined);
}

function program(
  keyword: string,
  written: Program | undefined,
  base: readonly string[] | undefined,
): string | undefined {
  if (written) return `${keyword} ${written.instruction.arguments}`;
  return base && `${keyword} ${JSON.stringify(base)}`;
}
