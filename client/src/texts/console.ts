import type { ConsoleLog } from "../ports/container";
import type { LoginConsole, Shell } from "../ports/inside";
import type { Translate } from "../text";
import { notes } from "./notes";

/** The output of a container's console, with a line that shows how much is missing. */
export function consoleText(t: Translate, { log, omitted }: ConsoleLog): string {
  if (!omitted) return log;
  const { at, characters } = omitted;
  return `${log.slice(0, at)}… ${notes.charactersOmitted(t, characters)} …\n${log.slice(at)}`;
}

/** A login console with a line from this extension between the earlier and the new output. */
export function announced(t: Translate, console: LoginConsole): Shell {
  const line = console.takesInput ? notes.attached(t) : notes.readOnly(t);
  return {
    ...console,
    onData: (listener) => {
      listener(console.earlier);
      listener(new TextEncoder().encode(`\r\n[${line}]\r\n`));
      console.onData(listener);
    },
  };
}
