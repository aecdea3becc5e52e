import { bootTarget, enabledBy } from "../../boot/target";
import type { Image } from "../../image/image";
import { editFix } from "../queries/fixes";
import { lastProgram } from "../queries/program";
import { imageRule } from "../rule";

export const imageBootTarget = imageRule({
  id: "image-boot-target",
  title: "Choose the target that systemd boots",
  severity: "hint",
  why: `
    Unless a target is chosen, systemd boots default.target, which most distributions link to graphical.target:
    all that a desktop starts, as far as it is installed. A server container needs multi-user.target, or a target
    that starts its services and nothing else.

    It is information where a display manager is enabled or installed, which graphical.target starts.

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
      "No boot target is chosen, so systemd boots the distribution's default, often graphical.target. Choose multi-user.target.",
    desktop: "No boot target is chosen, and graphical.target starts {unit}. Choose multi-user.target.",
  },
  fixes: {
    setDefault: "Boot into multi-user.target (RUN systemctl set-default)",
    unit: "Boot into multi-user.target (--unit=multi-user.target)",
    sysinit: "Boot into sysinit.target: early boot only, no services, no D-Bus, no logins",
    own: "Boot into a separate target that wants {units}",
  },
  *check({ image, boot }, say) {
    if (boot.evidence !== "image" || bootTarget(image, boot.argv)) return;
    // An image that is unknown, or that boots systemd by itself, may have chosen already.
    if (!image.base || image.base.bootsSystemd) return;
    const program = lastProgram(image);
    if (!program || program.instruction.stage !== image.from.stage || program.words.length === 0) return;
    const units = enabledBy(image).map(({ unit }) => unit);
    const desktop = displayManagerOf(image, units);
    yield {
      span: program.span,
      severity: desktop === undefined ? "hint" : "information",
      message: desktop === undefined ? say("found") : say("desktop", { unit: desktop }),
      get fixes() {
        return [
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
        ];
      },
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

/** Display managers: what multi-user.target leaves out and graphical.target starts. */
const displayManagers = /^(display-manager|gdm3?|lightdm|sddm|lxdm|xdm|slim|greetd|nodm|ly)(\.service)?$/;

/** What graphical.target starts beside multi-user.target, as far as it is enabled or installed. */
function displayManagerOf({ packages }: Image, units: readonly string[]): string | undefined {
  return [...units, ...packages.keys()].find((name) => displayManagers.test(name));
}
