import type { ConsoleLog } from "../ports/container";
import type { LoginConsole, Shell } from "../ports/inside";

/** What a container wrote to its console, with a line that shows what is missing. */
export function consoleText({ log, omitted }: ConsoleLog): string {
  if (!omitted) return log;
  const { at, characters } = omitted;
  return `${log.slice(0, at)}… ${characters} characters omitted …\n${log.slice(at)}`;
}

/** A login console as it is shown: what was written before, then a line of this extension, then what comes. */
export function announced(console: LoginConsole): Shell {
  return {
    ...console,
    onData: (listener) => {
      listener(console.earlier);
      listener(new TextEncoder().encode(console.takesInput ? attached : noInput));
      console.onData(listener);
    },
  };
}

/** An engine keeps whole lines, so a prompt that waits is not among what was written before. */
const attached =
  "\r\n[Attached. Press Enter to show the prompt. Closing this terminal does not stop the container.]\r\n";
const noInput = "\r\n[This console is read-only: the container was created without stdin (-i).]\r\n";
