import { bootTarget, enabledBy } from "../../boot/target";
import type { Image } from "../../image/image";
import { editFix } from "../queries/fixes";
import { lastProgram } from "../queries/program";
import { imageRule } from "../rule";

export const imageBootTarget = imageRule({
  id: "image-boot-target",
  title: "Set the boot target explicitly",
  severity: "hint",
  why: `
    By default, systemd boots into default.target. Most distributions link it to graphical.target, which also starts any
    installed desktop services. A server container needs multi-user.target, or a separate target that starts only the
    container's services.

    The severity is raised to information if a display manager is enabled or installed, because graphical.target
    starts it.

    \`sysinit.target\` is often recommended, but it covers only the early boot: ordinary services and D-Bus do not start,
    and users cannot log in.
  `,
  consequence:
    "systemd boots into the distribution's default target, often graphical.target, and starts every unit that this target pulls in.",
  symptoms: ["boots-too-far"],
  ignore:
    "If you want the distribution's default target, you can disable this rule. In a minimal image, graphical.target has nothing graphical to start.",
  evidence: {
    measured:
      "Docker 28.5, cgroup v2, systemd 252: if no target is set, multi-user.target and graphical.target are active. With " +
      "sysinit.target, the state is running, but ssh and systemd-user-sessions are inactive.",
  },
  sources: ["systemd.special(7)", "bootup(7)"],
  messages: {
    found:
      "No boot target is set, so systemd boots into the distribution's default, often graphical.target. Set multi-user.target.",
    desktop:
      "No boot target is set, so systemd might boot into graphical.target, which starts {unit}. Set multi-user.target.",
  },
  fixes: {
    setDefault: "Add RUN systemctl set-default multi-user.target",
    unit: "Add the argument --unit=multi-user.target",
    sysinit: "Add the argument --unit=sysinit.target (early boot only: no services, no D-Bus, no logins)",
    own: "Create a separate boot target for {units}",
  },
  *check({ image, boot }, say) {
    if (boot.evidence !== "image" || bootTarget(image, boot.argv)) return;
    // An unknown base image, or one that boots systemd, might already set a target.
    if (!image.base || image.base.bootsSystemd) return;
    const program = lastProgram(image);
    if (!program || program.instruction.stage !== image.from.stage || program.words.length === 0) return;
    const units = enabledBy(image).map(({ unit }) => unit);
    const desktop = displayManagerOf(image, units);
    yield {
      span: program.span,
      severity: desktop === undefined ? "hint" : "information",
      message: desktop === undefined ? say("found") : say("desktop", { unit: desktop }),
      fixes: () => {
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

/** A custom target for the services. systemd-user-sessions removes /run/nologin so that users can log in. */
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

/** Display managers, which graphical.target starts and multi-user.target does not. */
const displayManagers = /^(display-manager|gdm3?|lightdm|sddm|lxdm|xdm|slim|greetd|nodm|ly)(\.service)?$/;

/** The enabled or installed display manager, which graphical.target starts. */
function displayManagerOf({ packages }: Image, units: readonly string[]): string | undefined {
  return [...units, ...packages.keys()].find((name) => displayManagers.test(name));
}
