import { entryScript } from "../../image/entry-script";
import { type StartedUnit, startedUnits, valuesOf } from "../../image/unit-files";
import { forwardsAll } from "../../project/forwarding";
import type { ImageSubject } from "../../project/subject";
import { forwardingEdits, terminals } from "../queries/console";
import { onPodman } from "../queries/engine";
import { everyRun } from "../queries/every-run";
import { type Fix, imageRule, type SayOf } from "../rule";

const messages = {
  journal:
    "{unit} logs to the journal, which `{engine} logs` does not show. Use `{engine} exec NAME journalctl -f -u {name}`. Forwarding the journal needs a terminal.",
  terminal:
    "{unit} logs to /dev/console, which does not exist without a terminal, so `{engine} logs` shows nothing. Set tty: true.",
} as const;

const fixes = {
  forward: "Forward the journal to the console (needs a terminal)",
  tty: "Add a terminal for the console",
} as const;

type Say = SayOf<typeof messages & typeof fixes>;

export const unitConsole = imageRule({
  id: "unit-console",
  title: "Read service logs in the journal",
  severity: "information",
  why: `
    A systemd service logs to the journal, not to the output of PID 1. \`docker logs\`, \`docker compose logs\` and
    \`kubectl logs\` show the output of PID 1: boot messages at most, and nothing without a terminal. Read the journal
    in the container: \`docker exec NAME journalctl -f\`, or in Kubernetes \`kubectl exec POD -- journalctl -f\`.

    Forwarding to the console (\`ForwardToConsole=yes\`, \`StandardOutput=journal+console\`) works only with a
    terminal (\`-t\`, \`tty: true\`). Without one, /dev/console does not exist, so nothing is written, and no error is
    reported. Forwarded lines have a prefix and end with a carriage return. Redirecting to /proc/1/fd/1 does not work.
    Without a terminal, as in Kubernetes, use an entrypoint script that runs \`journalctl -f -o cat &\` before it executes
    \`/sbin/init\`.
  `,
  consequence: "The service's output does not appear in the container's log.",
  symptoms: ["empty-log"],
  ignore: "If you read the journal, or a log collector does, you can disable this rule.",
  evidence: {
    measured:
      "Docker 28.5, cgroup v2, systemd 252: without a terminal, ForwardToConsole= and journal+console write nothing; " +
      "with one, they work. journalctl in an entrypoint script works without a terminal, and the container stops in 0.2 s.",
  },
  sources: ["journald.conf(5)", "systemd.exec(5), StandardOutput="],
  messages,
  fixes,
  *check(subject, say) {
    const started = startedUnits(subject).filter(isService);
    const toConsole = forwardsAll(subject);
    const found = toConsole
      ? started[0]
      : (started.find((unit) => outputOf(unit) === "journal") ?? started.find(writesToConsole));
    if (!found || readsJournal(subject)) return;
    const engine = onPodman(subject) ? "podman" : "docker";
    const place = found.files[0]?.instruction.argumentsSpan;
    if (!place) return;
    const { unit } = found;
    if (!toConsole && outputOf(found) === "journal") {
      const name = unit.replace(/\.service$/, "");
      yield {
        span: place,
        message: say("journal", { unit, engine, name }),
        fixes: [forward(subject, say)],
      };
    } else if (everyRun(subject, ({ tty }) => tty !== true)) {
      const edits = terminals(subject, say("tty"));
      yield {
        span: place,
        message: say("terminal", { unit, engine }),
        fixes: [edits.length > 0 ? { title: say("tty"), safe: false, edits } : undefined],
      };
    }
  },
});

/** Whether a unit is a service that keeps running and can write logs; oneshot services log little. */
function isService(started: StartedUnit): boolean {
  if (!started.unit.endsWith(".service") || valuesOf(started, "Type").at(-1) === "oneshot") return false;
  return valuesOf(started, "ExecStart").some((line) => !silent.test(line));
}

/** Placeholder commands that write nothing. */
const silent = /(?:^|[/\s])(?:sleep \S+|true|false)["']?$/;

function outputOf(unit: StartedUnit): "journal" | "elsewhere" {
  const value = valuesOf(unit, "StandardOutput").at(-1) ?? "inherit";
  return /^(inherit|journal|syslog|kmsg)$/.test(value) ? "journal" : "elsewhere";
}

function writesToConsole(unit: StartedUnit): boolean {
  return /^(.*\+console|tty)$/.test(valuesOf(unit, "StandardOutput").at(-1) ?? "");
}

/** Whether the entrypoint script or a unit follows the journal and writes it to where the engine reads logs. */
function readsJournal(subject: ImageSubject): boolean {
  const { image, boot, readFile } = subject;
  const path = boot.executes?.[0] ?? image.entrypoint?.words[0]?.value;
  const script = path === undefined ? undefined : entryScript(image, path, readFile);
  const text =
    script && script !== "missing" ? script.text : (image.entrypoint?.script ?? image.cmd?.script ?? "");
  return (
    /\bjournalctl\b/.test(text) ||
    startedUnits(subject).some((unit) =>
      valuesOf(unit, "ExecStart").some((line) => /\bjournalctl\b/.test(line)),
    )
  );
}

/** Adds the drop-in for journald, and a terminal for each container in the workspace, in one edit. */
function forward(subject: ImageSubject, say: Say): Fix | undefined {
  const edits = [...forwardingEdits(subject), ...terminals(subject, say("tty"))];
  return { title: say("forward"), safe: false, edits };
}
