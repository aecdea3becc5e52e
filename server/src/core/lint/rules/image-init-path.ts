import { broughtBy } from "../../image/brought";
import type { Image } from "../../image/image";
import { installsUnread } from "../../image/packages";
import { anyCommand, programOf } from "../../image/programs";
import type { ShellCommand } from "../../shell/reader";
import { editFix } from "../queries/fixes";
import { initPath } from "../queries/init-path";
import { programSpan } from "../queries/program";
import { installsSystemd, systemdInstalls } from "../queries/systemd-packages";
import { imageRule } from "../rule";

/** The path of systemd in the package `systemd` of Debian and Ubuntu. */
const ownPath = "/lib/systemd/systemd";

export const imageInitPath = imageRule({
  id: "image-init-path",
  title: "Install the package that provides /sbin/init",
  severity: "error",
  why: `
    On Debian and Ubuntu the package \`systemd\` contains \`/lib/systemd/systemd\`. The link to it, \`/sbin/init\`, is in
    another package, \`systemd-sysv\`, because other init systems can provide this link too. \`--no-install-recommends\`
    leaves that package out.
  `,
  consequence: 'The container does not start: "stat /sbin/init: no such file or directory".',
  symptoms: ["not-started"],
  ignore: "If a child image or a bind mount provides the path, you can disable this rule.",
  evidence: {
    measured:
      "Docker 28.5, Debian 12 without systemd-sysv: the engine does not start the container (no such file or directory).",
  },
  sources: ["package contents of systemd and systemd-sysv in Debian and Ubuntu"],
  messages: {
    maybe:
      "{path} is provided by systemd-sysv, which does not appear to be installed. Install it, or start {own}.",
    found:
      "{path} is provided by systemd-sysv, which is not installed: the container does not start. Install it, or start {own}.",
  },
  fixes: {
    install: "Add systemd-sysv to the installed packages",
    path: "Replace with {own}",
  },
  *check(subject, say) {
    const { image, boot } = subject;
    const { base } = image;
    if (base?.family !== "debian" && base?.family !== "ubuntu") return;
    const path = boot.evidence === "image" ? initPath(subject) : undefined;
    if (!path || !/^(\/usr)?\/sbin\/init$/.test(path) || base.hasSystemd !== "no") return;
    const { systemd, init } = broughtBy(base, { packages: image.packages.keys(), bare: image.bare });
    if (systemd !== "yes" || init !== "no" || anyUnread(image) || maybeMade(image)) return;
    const install = systemdInstalls(image).findLast(
      (command) => installsSystemd(command)?.name === "systemd",
    );
    const span = install && installsSystemd(install)?.span;
    const word = [image.entrypoint, image.cmd]
      .flatMap((program) => (program?.form === "exec" ? program.words : []))
      .find((each) => each.value === path && each.span.start === boot.span?.start);
    const named = span && image.text.slice(span.start, span.end) === "systemd";
    // apt was tested only on Debian; without recommended packages it installs the same packages on Ubuntu.
    const isCertain = base.family === "debian" || image.bare.has("systemd");
    yield {
      span: programSpan(subject),
      severity: isCertain ? "error" : "warning",
      message: say(isCertain ? "found" : "maybe", { path, own: ownPath }),
      fixes: [
        named
          ? editFix(
              image.edit.replace({ start: span.end, end: span.end }, " systemd-sysv"),
              say("install"),
              false,
            )
          : undefined,
        word
          ? editFix(
              image.edit.replace(word.span, JSON.stringify(ownPath)),
              say("path", { own: ownPath }),
              false,
            )
          : undefined,
      ],
    };
  },
});

/** Whether a step creates the path or could create it. */
function maybeMade(image: Image): boolean {
  const copied = image.copies.some(
    ({ destination, fromStage }) =>
      fromStage !== undefined || /^\/?$|^(\/usr)?\/s?bin(\/(init)?)?$|^\/usr\/?$/.test(destination),
  );
  return copied || anyMakes(image);
}

const anyUnread = anyCommand(installsUnread);
const anyMakes = anyCommand(makes);

function makes(command: ShellCommand): boolean {
  const program = programOf(command);
  if (
    command.words[0] === undefined ||
    /^(dpkg|make|tar|debootstrap|ansible-playbook|bash|sh|source|\.)$/.test(program)
  )
    return true;
  if (/^(\.|\/(?!usr\/|bin\/|sbin\/))/.test(command.words[0] ?? "")) return true;
  return command.words.some((word) => word === undefined || /(^|\/)s?bin\/(init)?$/.test(word));
}
