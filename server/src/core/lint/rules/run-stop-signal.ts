import type { SpecChange } from "../../container/spec";
import { isReboot, isRightSignal, rightSignal } from "../../systemd/signal";
import { isGuess } from "../queries/boot-guess";
import { onPodman } from "../queries/engine";
import { stepsFix } from "../queries/fixes";
import { placeOf } from "../queries/run-file";
import { containerRule, type Severity } from "../rule";

export const runStopSignal = containerRule({
  id: "run-stop-signal",
  title: "Use SIGRTMIN+3 as the stop signal",
  severity: "warning",
  lasting: true,
  why: `
    To stop a container, the engine sends a signal to PID 1: the container's stop signal if set, or else the image's
    STOPSIGNAL, or else SIGTERM. systemd re-executes itself on SIGTERM and keeps running. After 10 seconds the
    engine kills it, and its services lose unsaved data. \`SIGRTMIN+3\` starts halt.target, which stops all units
    cleanly.
  `,
  consequence: "Stopping takes 10 seconds and ends in SIGKILL with exit code 137.",
  symptoms: ["killed-on-stop"],
  ignore:
    "If the container is always killed, or if the image sets the signal in a way that this rule cannot detect, you can disable this rule.",
  evidence: {
    measured:
      "Docker 20.10 and 28.5, systemd 252: with SIGTERM or SIGPWR, stopping takes 10 s (exit code 137); with " +
      "SIGRTMIN+3, SIGRTMIN+4 or 37, it takes 0.2 s (exit code 0). SIGINT also takes 0.2 s (exit code 0), but triggers a " +
      "reboot. `docker compose down` of a service without stop_signal takes 10.3 s. Podman 5.8: with SIGTERM from " +
      "the image, stopping takes 10 s (exit code 137); if no signal is set, it takes 0.3 s (exit code 0).",
  },
  sources: ["systemd(1), section Signals"],
  messages: {
    unknown:
      "Unless the image sets STOPSIGNAL {right}, the engine sends SIGTERM. systemd does not shut down on SIGTERM and is killed after 10 seconds (exit code 137).",
    missing:
      "{image} sets no stop signal. systemd does not shut down on the default SIGTERM and is killed after 10 seconds (exit code 137). Use {right}.",
    wrong:
      "systemd does not shut down on {signal}. The engine kills it after 10 seconds (exit code 137). Use {right}.",
    reboot: "{signal} triggers a reboot. Use {right} to halt.",
  },
  fixes: {
    fix: "Set {what}",
  },
  *check(subject, say) {
    const { source } = subject;
    const own = source.spec.stopSignal;
    // A variable without a default gets its value where the engine is called. If there is a Dockerfile, the rule for
    // Dockerfiles reports a missing signal.
    if (own?.includes("$") || (own === undefined && (subject.image || isGuess(subject)))) return;
    const base = subject.base;
    const signal = own ?? base?.stopSignal;
    // Podman sends the correct signal automatically, unless the service or the image sets another one.
    if (signal === undefined ? onPodman(subject) : isRightSignal(signal)) return;
    const [name, severity] = judge(signal, base !== undefined);
    const step: SpecChange = { do: "set", key: "stopSignal", value: rightSignal };
    yield {
      span: placeOf(source, { key: "stopSignal" }),
      severity,
      message: say(name, {
        signal: signal ?? "",
        right: rightSignal,
        image: source.spec.image ?? base?.name ?? "",
      }),
      fixes: [stepsFix(source, [step], say("fix", { what: source.toDisplay(step) }), true)],
    };
  },
});

/** The message and the severity for a wrong signal, or for a missing signal in a known or unknown image. */
function judge(
  signal: string | undefined,
  known: boolean,
): ["unknown" | "missing" | "wrong" | "reboot", Severity] {
  if (signal === undefined) return known ? ["missing", "warning"] : ["unknown", "hint"];
  return isReboot(signal) ? ["reboot", "information"] : ["wrong", "warning"];
}
