import * as vscode from "vscode";
import type { Ui } from "../ports";
import type { Text } from "../text";

/**
 * Milliseconds that a task may take before a notification shows its progress, so that short tasks do not flash a
 * notification.
 */
const patience = 400;

/** Runs a task. If it takes long enough, shows a notification with a cancel button. */
export const progress: Ui["progress"] = async (title, task) => {
  const abort = new AbortController();
  let latest: Text | undefined;
  let show: ((message: Text) => void) | undefined;
  const pending = task((message) => {
    latest = message;
    show?.(message);
  }, abort.signal);

  let timer: NodeJS.Timeout | undefined;
  const slow = new Promise<"slow">((done) => {
    timer = setTimeout(() => done("slow"), patience);
  });
  try {
    if ((await Promise.race([pending, slow])) !== "slow") return await pending;
  } finally {
    clearTimeout(timer);
  }
  const options = { location: vscode.ProgressLocation.Notification, title, cancellable: true };
  return vscode.window.withProgress(options, (notification, token) => {
    token.onCancellationRequested(() => abort.abort());
    show = (message) => notification.report({ message });
    if (latest !== undefined) show(latest);
    return pending;
  });
};
