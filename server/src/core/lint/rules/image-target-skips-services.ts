import { bootTarget, isEarly, skippedBy } from "../../boot/target";
import { editFix } from "../queries/fixes";
import { handlesNologin, isLoginUnit } from "../queries/logins";
import { programSpan } from "../queries/program";
import { imageRule } from "../rule";

export const imageTargetSkipsServices = imageRule({
  id: "image-target-skips-services",
  title: "Boot into a target that starts the enabled services",
  severity: "warning",
  why: `
    \`sysinit.target\` and \`basic.target\` are early stages of the boot. Enabled services belong to multi-user.target,
    which comes later, so they never start. systemd still reports "running", because nothing failed.
    systemd-user-sessions is not started either, so \`/run/nologin\` remains, and sshd and login reject users.
  `,
  consequence:
    "The container boots, but enabled services are not started. For example, SSH connections are refused.",
  symptoms: ["degraded", "login-refused"],
  ignore:
    "If the boot is meant to stop at the early target, and the service is enabled for another use of the image, you can disable this rule.",
  evidence: {
    measured:
      "Docker 28.5, cgroup v2, systemd 252, ssh enabled: with sysinit.target, the state is running, but ssh and " +
      "systemd-user-sessions are inactive, and /run/nologin exists; with multi-user.target, ssh is active.",
  },
  sources: ["bootup(7)"],
  messages: {
    found: "The boot ends at {target} and never starts the enabled {units}. Boot into multi-user.target.",
    enabled: "{unit} is enabled here",
  },
  fixes: {
    unit: "Boot into multi-user.target",
    wants: "Add {units} to {target}",
  },
  *check(subject, say) {
    const { image, boot, uri } = subject;
    const target = bootTarget(image, boot.argv);
    if (!target || !isEarly(target.unit)) return;
    const skipped = skippedBy(image, target.unit);
    if (skipped.length === 0) return;
    const units = skipped.map(({ unit }) => unit).join(", ");
    const { span } = target;
    const word = span && image.text.slice(span.start, span.end);
    const far = word?.includes(target.unit) ? word.replace(target.unit, "multi-user.target") : undefined;
    // A server that users log in to also needs the unit that allows logins.
    const login = skipped.some(({ unit }) => isLoginUnit(unit)) && !handlesNologin(image);
    const wanted = [...skipped.map(({ unit }) => unit), ...(login ? ["systemd-user-sessions.service"] : [])];
    const wants = `RUN systemctl add-wants ${target.unit} ${wanted.join(" ")}`;
    yield {
      span: span ?? skipped[0]?.span ?? programSpan(subject),
      message: say("found", { target: target.unit, units }),
      fixes: [
        span && far !== undefined ? editFix(image.edit.replace(span, far), say("unit"), false) : undefined,
        editFix(
          image.edit.insert(wants, "before-program"),
          say("wants", { target: target.unit, units: wanted.join(", ") }),
          false,
        ),
      ],
      related: skipped.flatMap((enabled) =>
        enabled.span && span
          ? [{ uri, span: enabled.span, message: say("enabled", { unit: enabled.unit }) }]
          : [],
      ),
    };
  },
});
