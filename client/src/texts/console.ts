import type { ConsoleLog } from "../ports";

/** What a container wrote to its console, with a line that says what is missing of it. */
export function consoleText({ log, omitted }: ConsoleLog): string {
  if (!omitted) return log;
  const { at, characters } = omitted;
  return `${log.slice(0, at)}… ${characters} characters left out …\n${log.slice(at)}`;
}
