import { placedWords } from "../../boot/target";
import { isInitPath } from "../../image/init";
import { baseLabel } from "../queries/base-label";
import { imageRule } from "../rule";

export const imageNoSystemdDistribution = imageRule({
  id: "image-no-systemd-distribution",
  title: "Use a base image that has systemd",
  severity: "error",
  always: true,
  why: `
    Alpine, BusyBox and distroless images do not contain systemd and have no package for it: systemd is built for
    glibc and a full userland. Alpine uses BusyBox init with OpenRC instead. These images have no systemd
    binary at any path.
  `,
  consequence: 'The container does not start: "no such file or directory".',
  symptoms: ["not-started"],
  ignore:
    "If you add systemd at this path in a way that the Dockerfile does not show, you can disable this rule.",
  evidence: {
    sourced: "package lists of Alpine and distroless: none contains systemd",
    why: "the images in our tests are built from Debian's packages, so none of these images is among them. The error for a missing path was measured for the rule image-init-path.",
  },
  messages: {
    found:
      "{base} has no systemd package, so {path} does not exist and the container does not start. Use another base image.",
  },
  *check({ image }, say) {
    const { base } = image;
    if (base?.family !== "none") return;
    const first = placedWords(image)[0];
    // BusyBox includes its own /sbin/init.
    if (!first || !isInitPath(first.value) || !first.value.endsWith("/systemd")) return;
    if (image.copies.some(({ fromStage }) => fromStage !== undefined)) return;
    yield { span: first.span, message: say("found", { base: baseLabel(image), path: first.value }) };
  },
});
