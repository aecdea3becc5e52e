import type { ConsoleLog } from "../ports/container";
import type { LoginConsole, Shell } from "../ports/inside";
import type { Translate } from "../text";

/** What a container wrote to its console, with a line that shows what is missing. */
export function consoleText(t: Translate, { log, omitted }: ConsoleLog): string {
  if (!omitted) return log;
  const { at, characters } = omitted;
  return `${log.slice(0, at)}… ${t("{0} characters omitted", characters)} …\n${log.slice(at)}`;
}

/** A login console as it is shown: what was written before, then a line of this extension, then what comes. */
export function announced(t: Translate, console: LoginConsole): Shell {
  const line = console.takesInput
    ? // An engine keeps whole lines, so a prompt that waits is not among what was written before.
      t("Attached. Press Enter to show the prompt. Closing this terminal does not stop the container.")
    : t("This console is read-only: the container was created without stdin (-i).");
  return {
    ...console,
    onData: (listener) => {
      listener(console.earlier);
      listener(new TextEncoder().encode(`\r\n[${line}]\r\n`));
      console.onData(listener);
    },
  };
}
