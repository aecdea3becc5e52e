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
  title: "Choose the target that systemd boots",
  severity: "hint",
  why: `
    Unless a target is chosen, systemd boots default.target, which most distributions link to graphical.target:
    all that a desktop starts, as far as it is installed. Where the service names init in its command, the target
    can be an argument of it.

    \`sysinit.target\`, which is often advised, is early boot only: no services, no D-Bus, no logins.
  `,
  consequence: "The container boots into the distribution's default and starts whatever is wanted there.",
  symptoms: ["boots-too-far"],
  ignore: "The image's default is what you want.",
  evidence: {
    measured:
      "Docker 28.5, cgroup v2, systemd 252: with no target named, multi-user and graphical targets are active. With " +
      "sysinit.target the state is running, yet ssh and systemd-user-sessions are inactive.",
  },
  sources: ["systemd.special(7)", "bootup(7)"],
  messages: {
    found:
      "No boot target is chosen, so systemd boots the image's default, often graphical.target. Choose multi-user.target.",
  },
  fixes: {
    multiUser: "Boot into multi-user.target ({argument})",
    sysinit: "Boot into sysinit.target ({argument}): early boot only, no services, no D-Bus, no logins",
  },
  *check(subject, say) {
    const { source, boot, image } = subject;
    if (boot.evidence !== "run" || boot.throughShell) return;
    const chosen = image ? bootTarget(image.image, boot.argv) : targetArgument(boot.argv);
    // Where the image names init too, the rule on the Dockerfile speaks.
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

/** The argument behind the words that the run itself gives; a run of an entrypoint alone gets a command. */
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
