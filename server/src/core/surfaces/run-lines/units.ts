import { joinTexts, type MappedText, replacement, sliceText, sourceSpan } from "../../shell/mapped-text";
import { readUnitFile } from "../quadlet/unit";
import { unknown } from "./regions";

/** The start commands of a service unit, each as a script. The values of specifiers are unknown. */
export function unitScripts(text: string): MappedText[] {
  return readUnitFile(text, " ")
    .settings.filter(({ section, key }) => section === "Service" && /^ExecStart(?:Pre)?$/.test(key))
    .map(({ value }) => withoutSpecifiers(sliceText(value, prefixOf(value.text))));
}

/**
 * The length of the prefix characters of a command, which control how systemd starts it (systemd.service(5), COMMAND
 * LINES).
 */
function prefixOf(value: string): number {
  return /^[-@:+!|]*/.exec(value)?.[0].length ?? 0;
}

function withoutSpecifiers(value: MappedText): MappedText {
  const parts: MappedText[] = [];
  let at = 0;
  for (const { 0: whole, index } of value.text.matchAll(/%[a-z]/gi)) {
    const end = index + whole.length;
    parts.push(sliceText(value, at, index), replacement(unknown, sourceSpan(value, index, end)));
    at = end;
  }
  return joinTexts([...parts, sliceText(value, at)]);
}
