import type { Message } from "../../base/message";
import { detectInImage } from "../../boot/detect";
import { bootTarget, targetArgument } from "../../boot/target";
import type { SpecChange } from "../../container/spec";
import type { ContainerSubject } from "../../project/subject";
import { stepsFix } from "../queries/fixes";
import { placeOf } from "../queries/run-file";
import { containerRule, type Fix } from "../rule";

export const runBootTarget = containerRule({
  id: "run-boot-target",
  title: "Set the boot target explicitly",
  severity: "hint",
  lasting: true,
  why: `
    Without an explicit target, systemd boots into default.target, which most distributions link to graphical.target.
    This also starts any installed desktop services. If the container's command starts init, you can add the target as
    an argument, such as \`--unit=multi-user.target\`.

    \`sysinit.target\`, which is often recommended, covers only early boot: there are no services, no D-Bus and no
    logins.
  `,
  consequence:
    "systemd boots into the image's default target, often graphical.target, and starts every unit that this target pulls in.",
  symptoms: ["boots-too-far"],
  ignore: "If you want the image's default target, you can disable this rule.",
  evidence: {
    measured:
      "Docker 28.5, cgroup v2, systemd 252: without an explicit target, multi-user.target and graphical.target are " +
      "active. With sysinit.target, the system state is running, but ssh and systemd-user-sessions are inactive.",
  },
  sources: ["systemd.special(7)", "bootup(7)"],
  messages: {
    found:
      "No boot target is set, so systemd boots into the image's default, often graphical.target. Set multi-user.target.",
  },
  fixes: {
    multiUser: "Boot into multi-user.target ({argument})",
    sysinit: "Boot into sysinit.target ({argument}): early boot only, no services, no D-Bus, no logins",
  },
  *check(subject, say) {
    const { source, boot, image } = subject;
    if (boot.evidence !== "run" || boot.throughShell) return;
    const chosen = image ? bootTarget(image.image, boot.argv) : targetArgument(boot.argv);
    // If the image also starts init, the rule for Dockerfiles reports it.
    if (chosen || (image && detectInImage(image.image).evidence === "image")) return;
    const key = source.spec.command?.words.length ? "command" : "entrypoint";
    const choose = (unit: string, title: "multiUser" | "sysinit") =>
      withArgument(subject, `--unit=${unit}`, say(title, { argument: `--unit=${unit}` }));
    yield {
      span: placeOf(source, { key }),
      message: say("found"),
      fixes: [choose("multi-user.target", "multiUser"), choose("sysinit.target", "sysinit")],
    };
  },
});

/** Appends the argument to the container's command. If the container sets only an entrypoint, it gets a command. */
function withArgument({ source }: ContainerSubject, argument: string, title: Message): Fix | undefined {
  const { command } = source.spec;
  if (command?.shell !== undefined) return undefined;
  const step: SpecChange = {
    do: "set",
    key: "command",
    value: { words: [...(command?.words ?? []), argument] },
  };
  return stepsFix(source, [step], title, false);
}
