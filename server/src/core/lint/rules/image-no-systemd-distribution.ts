import { placedWords } from "../../boot/target";
import { isInitPath } from "../../image/init";
import { baseLabel } from "../queries/base-label";
import { imageRule } from "../rule";

export const imageNoSystemdDistribution = imageRule({
  id: "image-no-systemd-distribution",
  title: "Choose a distribution that has systemd",
  severity: "error",
  always: true,
  why: `
    Alpine, BusyBox, Wolfi and distroless images have no systemd, and no package that would bring it: systemd
    is built for glibc and a full user land. Alpine's own init is BusyBox with OpenRC, which is something
    else and fine in its way. A path to systemd is a path to nothing there.
  `,
  consequence: 'The container does not start: "no such file or directory".',
  symptoms: ["not-started"],
  ignore: "The path is one that you put there yourself in a way that cannot be read.",
  evidence: {
    sourced: "package lists of Alpine, Wolfi and distroless: none holds systemd",
    why:
      "the lab makes its images from Debian's packages, so it has none of these. What becomes of a path to systemd where " +
      "there is none is measured by image-init-path.",
  },
  messages: {
    found: "{base} has no systemd and no package of it: {path} is no file, and the container does not start.",
  },
  *check({ image }, say) {
    const { base } = image;
    if (base?.family !== "none") return;
    const first = placedWords(image)[0];
    // BusyBox has an /sbin/init of its own.
    if (!first || !isInitPath(first.value) || !first.value.endsWith("/systemd")) return;
    if (image.copies.some(({ fromStage }) => fromStage !== undefined)) return;
    yield { span: first.span, message: say("found", { base: baseLabel(image), path: first.value }) };
  },
});
