import { isReboot, isRightSignal, rightSignal } from "../../systemd/signal";
import { onPodman } from "../queries/engine";
import { everyRun } from "../queries/every-run";
import { editFix } from "../queries/fixes";
import { programSpan } from "../queries/program";
import { imageRule } from "../rule";

export const imageStopSignal = imageRule({
  id: "image-stop-signal",
  title: "Stop systemd with the signal it halts on",
  severity: "warning",
  why: `
    An engine stops a container by sending PID 1 a signal, SIGTERM unless the image names another. To
    systemd SIGTERM means "re-execute yourself": it does not stop. Ten seconds later the engine kills it,
    and services have no chance to write what they hold in memory. \`SIGRTMIN+3\` asks for halt.target,
    which stops every unit in order.
  `,
  consequence: "`docker stop` takes 10 seconds and ends in SIGKILL with exit code 137.",
  symptoms: ["killed-on-stop"],
  ignore:
    "Containers of the image are always killed, as test tools do, or every run sets `stop_signal` in a way that is not seen here.",
  evidence: {
    measured:
      "SIGTERM and SIGPWR on Docker 20.10 and 28.5: 10 s, exit 137. SIGRTMIN+3, SIGRTMIN+4 and 37: 0.2 s, exit 0. " +
      "SIGINT: 0.2 s, exit 0, as a reboot. Podman 5.8 with SIGTERM: 10 s, exit 137; without STOPSIGNAL: 0.3 s, exit 0.",
  },
  sources: ["systemd(1), section Signals"],
  messages: {
    missing:
      "No STOPSIGNAL: the engine sends SIGTERM, which systemd does not halt on, and kills it after 10 seconds (exit 137). Set STOPSIGNAL {right}.",
    unknown:
      "No STOPSIGNAL here. Unless the base image sets one, the engine sends SIGTERM, which systemd does not halt on, and kills it after 10 seconds (exit 137). Set STOPSIGNAL {right}.",
    wrong: "systemd does not halt on {signal}: the engine kills it after 10 seconds (exit 137). Use {right}.",
    reboot: "{signal} makes systemd stop in order, but as a reboot. {right} asks for a halt.",
  },
  fixes: {
    fix: "Set STOPSIGNAL {right}",
  },
  *check(subject, say) {
    if (everyRun(subject, ({ stopSignal }) => isRightSignal(stopSignal ?? ""))) return;
    const { image, boot } = subject;
    const fix = editFix(image.edit.setStopSignal(rightSignal), say("fix", { right: rightSignal }), true);
    const known = image.stopSignal?.value ?? image.base?.stopSignal;
    if (known === undefined) {
      // Podman sends the right signal by itself, but not in place of one that the image names.
      if (onPodman(subject)) return;
      // A base whose CMD starts systemd, as its name says, likely sets the signal too.
      if (boot.evidence === "name") return;
      // An unknown base image may set the signal itself; an empty one sets nothing.
      const base = image.base !== undefined || image.baseReference?.toLowerCase() === "scratch";
      const severity = base ? "warning" : "hint";
      yield {
        span: programSpan(subject),
        severity,
        message: say(base ? "missing" : "unknown", { right: rightSignal }),
        fixes: [fix],
      };
      return;
    }
    if (isRightSignal(known)) return;
    yield {
      span: image.stopSignal?.span ?? programSpan(subject),
      severity: isReboot(known) ? "information" : "warning",
      message: say(isReboot(known) ? "reboot" : "wrong", { signal: known, right: rightSignal }),
      fixes: [fix],
    };
  },
});
