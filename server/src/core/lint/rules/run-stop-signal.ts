import type { SpecChange } from "../../container/spec";
import { isReboot, isRightSignal, rightSignal } from "../../systemd/signal";
import { isGuess } from "../queries/boot-guess";
import { onPodman } from "../queries/engine";
import { stepsFix } from "../queries/fixes";
import { placeOf } from "../queries/run-file";
import { baseOf } from "../queries/run-image";
import { containerRule, type Severity } from "../rule";

export const runStopSignal = containerRule({
  id: "run-stop-signal",
  title: "Stop systemd with the signal it halts on",
  severity: "warning",
  why: `
    An engine stops a container by sending PID 1 a signal: the one that the container is started with, else
    the image's STOPSIGNAL, else SIGTERM. systemd takes SIGTERM for "re-execute yourself" and goes on. Ten
    seconds later the engine kills it, with whatever its services had not written yet. \`SIGRTMIN+3\` asks for
    halt.target, which stops every unit in order.
  `,
  consequence: "Stopping takes 10 seconds and ends in SIGKILL with exit code 137.",
  symptoms: ["killed-on-stop"],
  ignore: "The container is always killed, or the image sets the signal in a way that is not seen here.",
  evidence: {
    measured:
      "Docker 20.10 and 28.5, systemd 252: SIGTERM and SIGPWR 10 s, exit 137; SIGRTMIN+3, SIGRTMIN+4 and 37 0.2 s, " +
      "exit 0; SIGINT 0.2 s, exit 0, as a reboot. `docker compose down` of a service without stop_signal: 10.3 s. " +
      "Podman 5.8: SIGTERM from the image 10 s, exit 137; no signal 0.3 s, exit 0.",
  },
  sources: ["systemd(1), section Signals"],
  messages: {
    unknown:
      "Unless the image sets STOPSIGNAL {right}, the engine sends SIGTERM, which systemd does not halt on, and kills it after 10 seconds (exit 137).",
    missing:
      "{image} sets no stop signal: the engine sends SIGTERM, which systemd does not halt on, and kills it after 10 seconds (exit 137). Use {right}.",
    wrong: "systemd does not halt on {signal}: the engine kills it after 10 seconds (exit 137). Use {right}.",
    reboot: "{signal} makes systemd stop in order, but as a reboot. {right} asks for a halt.",
  },
  fixes: {
    fix: "Set {what}",
  },
  *check(subject, say) {
    const { source } = subject;
    const own = source.spec.stopSignal;
    // A variable without a default is decided where the engine is called, and a Dockerfile's own rule speaks for it.
    if (own?.includes("$") || (own === undefined && (subject.image || isGuess(subject)))) return;
    const base = baseOf(subject);
    const signal = own ?? base?.stopSignal;
    // Podman sends the right signal by itself, but not in place of one that the service or the image names.
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

/** What is wrong with a signal, or with none where the image is known or not. */
function judge(
  signal: string | undefined,
  known: boolean,
): ["unknown" | "missing" | "wrong" | "reboot", Severity] {
  if (signal === undefined) return known ? ["missing", "warning"] : ["unknown", "hint"];
  return isReboot(signal) ? ["reboot", "information"] : ["wrong", "warning"];
}
