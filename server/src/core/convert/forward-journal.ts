import { grouped } from "../base/grouped";
import { message } from "../base/message";
import { applyEdits } from "../base/text";
import { forwardingEdits, terminals } from "../lint/queries/console";
import { forwardsAll } from "../project/forwarding";
import type { FileContext } from "../project/subjects";
import { bootingImage, type Changed, refuse, type Unchanged } from "./conversion";

/**
 * Makes journald forward the logs of services to the console, whose output becomes the engine's log. Each container
 * that the workspace starts also gets a terminal, because there is no console without one.
 */
export function forwardJournal(context: FileContext): Changed | Unchanged {
  const subject = bootingImage(context);
  if ("refused" in subject) return subject;
  const edits = [
    ...(forwardsAll(subject) ? [] : forwardingEdits(subject)),
    ...terminals(subject, message("convert.terminal", "Add a terminal")),
  ];
  if (edits.length === 0)
    return refuse(message("convert.forwards", "The journal is already forwarded to the console."));
  const changed = [...grouped(edits, ({ uri = context.uri }) => uri)].map(([uri, own]) => {
    const before = (uri === context.uri ? context.text : context.snapshot.read(uri)) ?? "";
    return { uri, before, after: applyEdits(before, own) };
  });
  const isStarted = subject.containers.some(({ boot }) => boot.boots !== "no");
  return {
    changed,
    created: [],
    ...(!isStarted && {
      doubt: message(
        "convert.needs-terminal",
        "Start the container with -t. Without a terminal, nothing is written to the log.",
      ),
    }),
  };
}
