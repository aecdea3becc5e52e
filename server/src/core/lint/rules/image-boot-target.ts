import { bootTarget, enabledBy } from "../../boot/target";
import type { Image } from "../../image/image";
import { editFix } from "../queries/fixes";
import { lastProgram } from "../queries/program";
import { imageRule } from "../rule";

export const imageBootTarget = imageRule({
  id: "image-boot-target",
  title: "Say how far systemd boots",
  severity: "information",
  why: `
    Without a word about it systemd boots into default.target, which most distributions link to
    graphical.target: everything a desktop would start, as far as it is installed. A server container wants
    multi-user.target, or a small target of its own that pulls in just its services.

    \`sysinit.target\`, which is often advised, is early boot only: no services, no D-Bus, no logins.
  `,
  consequence: "The container boots into graphical.target and starts whatever is wanted there.",
  symptoms: ["boots-too-far"],
  ignore:
    "The distribution's default is what you want: an image whose packages are few boots graphical.target without anything graphical to start.",
  evidence: {
    measured:
      "Docker 28.5, cgroup v2, systemd 252: with no target named, multi-user and graphical targets are active. With " +
      "sysinit.target the state is running, yet ssh and systemd-user-sessions are inactive.",
  },
  sources: ["systemd.special(7)", "bootup(7)"],
  messages: {
    found:
      "Nothing chooses how far systemd boots, so it boots into the distribution's default, often graphical.target.",
  },
  fixes: {
    setDefault: "Boot into multi-user.target (RUN systemctl set-default)",
    unit: "Boot into multi-user.target (--unit=multi-user.target)",
    sysinit: "Boot into sysinit.target: early boot only, no services, no D-Bus, no logins",
    own: "Boot into a target of its own that wants {units}",
  },
  *check({ image, boot }, say) {
    if (boot.evidence !== "image" || bootTarget(image, boot.argv)) return;
    // An image that is unknown, or that boots systemd by itself, may have chosen already.
    if (!image.base || image.base.bootsSystemd) return;
    const program = lastProgram(image);
    if (!program || program.instruction.stage !== image.from.stage || program.words.length === 0) return;
    const units = enabledBy(image).map(({ unit }) => unit);
    yield {
      span: program.span,
      message: say("found"),
      fixes: [
        editFix(
          image.edit.insert("RUN systemctl set-default multi-user.target", "before-program"),
          say("setDefault"),
          false,
        ),
        units.length > 0
          ? editFix(
              image.edit.insert(ownTarget(units), "before-program"),
              say("own", { units: units.join(", ") }),
              false,
            )
          : undefined,
        editFix(withArgument(image, "--unit=multi-user.target"), say("unit"), false),
        editFix(withArgument(image, "--unit=sysinit.target"), say("sysinit"), false),
      ],
    };
  },
});

/** A target that reaches the services, and lets users log in: /run/nologin goes with systemd-user-sessions. */
function ownTarget(units: readonly string[]): string {
  const lines = [
    "[Unit]",
    "Description=What this container is for",
    "Requires=basic.target",
    `Wants=systemd-user-sessions.service ${units.join(" ")}`,
    "After=basic.target",
    "AllowIsolate=yes",
  ];
  const words = lines.map((line) => `'${line}'`).join(" ");
  return `RUN printf '%s\\n' ${words} > /etc/systemd/system/container.target && systemctl set-default container.target`;
}

function withArgument(image: Image, argument: string) {
  const program = lastProgram(image);
  if (program?.form !== "exec" || program.words.length === 0) return undefined;
  const keyword = program === image.cmd ? "CMD" : "ENTRYPOINT";
  return image.edit.setProgram(keyword, [...program.words.map(({ value }) => value), argument]);
}
