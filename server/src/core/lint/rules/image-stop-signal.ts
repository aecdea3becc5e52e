import { isReboot, isRightSignal, rightSignal } from "../../systemd/signal";
import { onPodman } from "../queries/engine";
import { everyRun } from "../queries/every-run";
import { editFix } from "../queries/fixes";
import { programSpan } from "../queries/program";
import { imageRule } from "../rule";

export const imageStopSignal = imageRule({
  id: "image-stop-signal",
  title: "Use SIGRTMIN+3 as the stop signal",
  severity: "warning",
  why: `
    An engine stops a container by sending a signal to PID 1: SIGTERM, unless the image sets another one. systemd
    re-executes on SIGTERM and does not stop. After 10 seconds the engine kills it, and services lose unsaved data.
    \`SIGRTMIN+3\` starts halt.target, which stops every unit cleanly.
  `,
  consequence: "`docker stop` takes 10 seconds and ends in SIGKILL with exit code 137.",
  symptoms: ["killed-on-stop"],
  ignore:
    "If containers of this image are always killed, for example by test tools, or if every start sets `stop_signal` in a way that this rule cannot detect, you can disable this rule.",
  evidence: {
    measured:
      "Docker 20.10 and 28.5: with SIGTERM or SIGPWR, the container is killed after 10 s (exit code 137). With " +
      "SIGRTMIN+3, SIGRTMIN+4, signal 37 or SIGINT, it stops in 0.2 s (exit code 0), but SIGINT makes systemd reboot " +
      "instead of halting. Podman 5.8: with SIGTERM, the container is killed after 10 s (exit code 137); without STOPSIGNAL, it stops " +
      "in 0.3 s (exit code 0).",
  },
  sources: ["systemd(1), section Signals"],
  messages: {
    missing:
      "STOPSIGNAL is not set. systemd does not shut down on SIGTERM and is killed after 10 s (exit code 137). Set STOPSIGNAL {right}.",
    unknown:
      "STOPSIGNAL is not set here. Unless the base image sets it, systemd receives SIGTERM and is killed after 10 s (exit code 137). Set STOPSIGNAL {right}.",
    wrong: "systemd does not shut down on {signal} and is killed after 10 s (exit code 137). Use {right}.",
    reboot: "{signal} shuts systemd down cleanly, but makes it reboot instead of halting. Use {right}.",
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
      // Podman sends the right signal automatically, unless the image sets another.
      if (onPodman(subject)) return;
      // A base image whose name suggests that its CMD starts systemd probably sets the signal too.
      if (boot.evidence === "name") return;
      // An unknown base image could set the signal; scratch sets nothing.
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
