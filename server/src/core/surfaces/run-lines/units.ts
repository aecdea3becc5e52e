import { joinTexts, type MappedText, replacement, sliceText, sourceSpan } from "../../shell/mapped-text";
import { readUnitFile } from "../quadlet/unit";
import { unknown } from "./regions";

/** The commands of a unit that start what it is for, each a script. What a specifier stands for is not known. */
export function unitScripts(text: string): MappedText[] {
  return readUnitFile(text, " ")
    .settings.filter(({ section, key }) => section === "Service" && /^ExecStart(?:Pre)?$/.test(key))
    .map(({ value }) => withoutSpecifiers(sliceText(value, prefixOf(value.text))));
}

/** The length of the characters before a path that say how systemd starts it (systemd.service(5), COMMAND LINES). */
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
