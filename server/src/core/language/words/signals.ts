import { message } from "../../base/message";
import { signalNumber } from "../../systemd/signal";
import { noCost, type Word } from "./word";

const named = "systemd(1), Signals";
const rule = "image-stop-signal";
const stopped = { named, rule, measured: "Docker 20.10, 28.5; Podman 5.8; systemd 252" } as const;

const killed = message(
  "word.signal.killed",
  "As a stop signal, it does not stop any services: the engine kills the container after 10 s (exit code 137).",
);
const restarts = message(
  "word.signal.restarts",
  "As a stop signal, it requests a reboot. The container still exits cleanly.",
);

/** The signals that systemd acts on as PID 1. */
export const signals: readonly Word[] = [
  {
    word: "SIGRTMIN+3",
    fact: message(
      "word.signal.halt",
      "systemd stops every unit and halts (halt.target). The container exits.",
    ),
    cost: noCost,
    source: stopped,
    offered: true,
  },
  {
    word: "SIGRTMIN+4",
    fact: message(
      "word.signal.poweroff",
      "systemd stops every unit and powers off (poweroff.target). The container exits.",
    ),
    cost: noCost,
    source: stopped,
    offered: true,
  },
  {
    word: "SIGTERM",
    fact: message("word.signal.term", "systemd re-executes itself and does not stop."),
    cost: killed,
    source: stopped,
  },
  {
    word: "SIGINT",
    fact: message("word.signal.int", "systemd starts ctrl-alt-del.target, which reboots the system."),
    cost: restarts,
    source: stopped,
  },
  {
    word: "SIGPWR",
    fact: message("word.signal.pwr", "systemd starts sigpwr.target, which stops nothing by default."),
    cost: killed,
    source: stopped,
  },
  {
    word: "SIGRTMIN+5",
    fact: message("word.signal.reboot", "systemd stops every unit and reboots (reboot.target)."),
    cost: restarts,
    source: { named, rule },
  },
  {
    word: "SIGRTMIN+1",
    fact: message("word.signal.rescue", "systemd starts rescue.target and stops all services."),
    cost: killed,
    source: { named, rule },
  },
  {
    word: "SIGRTMIN+2",
    fact: message("word.signal.emergency", "systemd starts emergency.target and stops almost every unit."),
    cost: killed,
    source: { named, rule },
  },
  {
    word: "SIGHUP",
    fact: message("word.signal.hup", "systemd reloads its units, as `systemctl daemon-reload` does."),
    cost: killed,
    source: { named, rule },
  },
  {
    word: "SIGKILL",
    fact: message("word.signal.kill", "The kernel kills systemd and all services immediately."),
    cost: message("word.signal.kill-cost", "Services cannot save their data (exit code 137)."),
    source: { named: "signal(7), pid_namespaces(7)", rule },
  },
];

/** What systemd does when it receives a signal, given its name or number: `37` is SIGRTMIN+3. */
export function signalWord(written: string): Word | undefined {
  const number = signalNumber(written);
  return number === undefined ? undefined : signals.find(({ word }) => signalNumber(word) === number);
}
