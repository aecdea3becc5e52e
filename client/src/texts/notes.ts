import type { Texts } from "../text";

/** Lines that this extension adds to the output of other programs in output channels and terminals. */
export const notes = {
  buildingFrom: (t, tag: string, file: string) => t("Building {0} from {1}", tag, file),
  taskCancelled: (t) => t("Cancelled."),

  commandEnded: (t) => t("[Ended]"),
  commandExited: (t, exitCode: number) => t("[Exit code {0}]", exitCode),
  commandCancelled: (t) => t("[Cancelled]"),
  disconnected: (t) => t("[Disconnected]"),

  journal: (t) => t("journal"),
  journalPaused: (t) => t("Paused"),
  journalStopped: (t) => t("Stopped following the journal"),
  journalEnded: (t) => t("Journal ended: the container stopped"),
  linesDropped: (t, count: number) => t("{0} lines dropped (output too fast)", count),

  charactersOmitted: (t, count: number) => t("{0} characters omitted", count),
  // An engine logs only complete lines, so the earlier output does not contain a prompt that is waiting for input.
  attached: (t) =>
    t("Attached. Press Enter to show the prompt. Closing this terminal does not stop the container."),
  readOnly: (t) => t("This console is read-only: the container was created without stdin (-i)."),
} as const satisfies Texts;
