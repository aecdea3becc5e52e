import type { Span } from "../../base/text";
import { type MappedText, sliceText, sourceSpan, textBuilder } from "../../shell/mapped-text";

/** An assignment in a Quadlet file. */
export interface UnitSetting {
  readonly section: string;
  readonly key: string;
  /** The value without line continuations and surrounding spaces. */
  readonly value: MappedText;
  /** From the key to the end of the last line of the value. */
  readonly span: Span;
}

/** A Quadlet file as Podman's generator reads it. */
export interface UnitFile {
  readonly text: string;
  /** The headers of sections. A repeated header continues its section. */
  readonly headers: readonly { readonly section: string; readonly span: Span }[];
  readonly settings: readonly UnitSetting[];
  /** Lines that make the generator reject the file. */
  readonly faults: readonly Span[];
}

/**
 * Reads a file as Podman's generator does (podman, pkg/systemd/parser/unitfile.go). Continued lines are joined with
 * `joint`: the generator uses nothing, systemd a space. Comments and empty lines between them are skipped. Never
 * throws.
 */
export function readUnitFile(text: string, joint: "" | " " = ""): UnitFile {
  const headers: UnitFile["headers"][number][] = [];
  const settings: UnitSetting[] = [];
  const faults: Span[] = [];
  for (const line of joinedLines(text, joint)) {
    const span = sourceSpan(line, 0, line.text.length);
    const header = /^\[([^\][]+)\][ \t]*$/.exec(line.text)?.[1];
    const section = headers.at(-1)?.section;
    const equals = line.text.indexOf("=");
    if (header !== undefined) headers.push({ section: header, span });
    else if (section === undefined || equals < 1) faults.push(span);
    else settings.push({ section, key: line.text.slice(0, equals).trim(), value: valueIn(line), span });
  }
  return { text, headers, settings, faults };
}

function valueIn(line: MappedText): MappedText {
  const behind = line.text.indexOf("=") + 1;
  const rest = line.text.slice(behind);
  return sliceText(line, behind + rest.length - rest.trimStart().length);
}

/** Each line joined with its continuation lines, without comments and empty lines. */
function* joinedLines(text: string, joint: string): Generator<MappedText> {
  let open: ReturnType<typeof textBuilder> | undefined;
  let start = 0;
  for (const written of text.split("\n")) {
    const line = written.trim();
    const at = start + written.length - written.trimStart().length;
    start += written.length + 1;
    if (line === "" || /^[#;]/.test(line)) continue;
    const isContinued = line.endsWith("\\");
    open ??= textBuilder();
    open.copy(isContinued ? line.slice(0, -1) : line, at);
    const end = at + line.length;
    if (isContinued) open.replace(joint, { start: end - 1, end });
    if (isContinued) continue;
    yield open.build();
    open = undefined;
  }
  if (open) yield open.build();
}

/**
 * The settings of a section that apply. For each key, these are the ones after the last empty value, which resets the
 * key. An empty Entrypoint is a value, which means that the container has none.
 */
export function standingIn({ settings }: UnitFile, section: string): UnitSetting[] {
  const own = settings.filter((setting) => setting.section === section);
  const resets = new Map(
    own.flatMap(({ key, value }, at) =>
      value.text === "" && key !== "Entrypoint" ? [[key, at] as const] : [],
    ),
  );
  return own.filter(({ key }, at) => at > (resets.get(key) ?? -1));
}

/** The last value of a key without quotes around it; undefined if the key is not set. */
export function lastValue(unit: UnitFile, section: string, key: string): string | undefined {
  const found = standingIn(unit, section).findLast((setting) => setting.key === key);
  return found && unquoted(found.value).text;
}

/**
 * A value without the double quotes around it. The generator removes them from values that it does not split into
 * words.
 */
export function unquoted(value: MappedText): MappedText {
  const { length } = value.text;
  const isQuoted = length >= 2 && value.text.startsWith('"') && value.text.endsWith('"');
  return isQuoted ? sliceText(value, 1, length - 1) : value;
}
