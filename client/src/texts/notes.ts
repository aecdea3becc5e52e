import type { Texts } from "../text";

/** Lines of this extension among the output of others, in output channels and terminals. */
export const notes = {
  buildingFrom: (t, tag: string, file: string) => t("Building {0} from {1}", tag, file),
  taskCancelled: (t) => t("Cancelled."),

  commandEnded: (t) => t("[Ended]"),
  commandExited: (t, exitCode: number) => t("[Exit code {0}]", exitCode),
  commandCancelled: (t) => t("[Cancelled]"),
  disconnected: (t) => t("[Disconnected]"),

  journal: (t) => t("journal"),
  journalPaused: (t) => t("Paused"),
  journalStopped: (t) => t("Stopped following"),
  journalEnded: (t) => t("Journal ended: the container stopped"),
  linesDropped: (t, count: number) => t("{0} lines dropped (output too fast)", count),

  charactersOmitted: (t, count: number) => t("{0} characters omitted", count),
  // An engine keeps whole lines, so a prompt that waits is not among what was written before.
  attached: (t) =>
    t("Attached. Press Enter to show the prompt. Closing this terminal does not stop the container."),
  readOnly: (t) => t("This console is read-only: the container was created without stdin (-i)."),
} as const satisfies Texts;
