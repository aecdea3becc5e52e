import type { Span } from "../base/text";
import type { KeyPlace } from "../yaml/key-place";
import { argumentPlace } from "./dockerfile-place";
import { type Place, wordAt } from "./topic";
import type { FileView } from "./view";

/** The topic of the systemd-related word at an offset of a Compose file. */
export function composePlace({ file, text }: FileView, offset: number): Place | undefined {
  const found = file.keyAt?.(offset);
  const [top, container, key = "", ...below] = found?.keys ?? [];
  if (!found || top !== "services" || container === undefined) return undefined;
  if (found.in === "key")
    return key === "" ? { topic: "setting", span: found.span, container } : ofKey(found, container);
  const place = readers[key]?.(found, offset, text, below);
  return place && { ...place, container };
}

/** A key of `environment`, which is the name of a variable. */
function ofKey({ keys, span }: KeyPlace, container: string): Place | undefined {
  return keys.length === 3 && keys[2] === "environment"
    ? { topic: "variable", span, container, isKey: true }
    : undefined;
}

type Reader = (found: KeyPlace, offset: number, text: string, below: readonly string[]) => Place | undefined;

const whole =
  (topic: Place["topic"], kind: KeyPlace["in"]): Reader =>
  ({ in: where, span }, _offset, _text, below) =>
    where === kind && below.length === 0 ? { topic, span } : undefined;

const readers: Readonly<Record<string, Reader>> = {
  image: whole("base", "value"),
  stop_signal: whole("stop-signal", "value"),
  stop_grace_period: whole("grace-period", "value"),
  cgroup: whole("cgroup", "value"),
  security_opt: whole("security-option", "item"),
  cap_add: whole("capability", "item"),
  tmpfs: ({ span }, offset, text, below) => (below.length === 0 ? ofTmpfs(span, offset, text) : undefined),
  environment: ofEnvironment,
  command: ofProgram,
  entrypoint: ofProgram,
};

/** `PATH[:OPTION,…]`. */
function ofTmpfs(span: Span, offset: number, text: string): Place {
  const colon = text.slice(span.start, offset).indexOf(":");
  if (colon === -1) return { topic: "tmpfs", span };
  return { topic: "tmpfs-option", span: wordAt(text, offset, /[:,]/, span) };
}

/** `container: VALUE`, or the item `container=VALUE`. */
function ofEnvironment(found: KeyPlace, offset: number, text: string, below: readonly string[]) {
  const { span } = found;
  if (found.in === "value")
    return below[0] === "container" ? ({ topic: "container-value", span } as const) : undefined;
  const equals = text.slice(span.start, span.end).indexOf("=");
  const name = { start: span.start, end: equals === -1 ? span.end : span.start + equals };
  if (offset <= name.end) return { topic: "variable", span: name } as const;
  const isContainer = text.slice(name.start, name.end) === "container";
  return isContainer
    ? ({ topic: "container-value", span: { start: name.end + 1, end: span.end } } as const)
    : undefined;
}

/** The arguments of systemd in a list of words or in a single string. */
function ofProgram({ in: where, span }: KeyPlace, offset: number, text: string): Place | undefined {
  const word = where === "item" ? span : wordAt(text, offset, /[\s"']/, span);
  return argumentPlace(text, offset, word, text.slice(span.start, word.start));
}
