import { difference, indentation, lineAt, lineEnding, nextLine, type Span } from "../../base/text";
import type { SourceChange } from "../../container/source";
import { type Mount, type SpecChange, sameItem, type Tmpfs } from "../../container/spec";
import { asFlag } from "../compose/display";
import { type Body, type HclFile, readHcl, type Value } from "./hcl";
import { mountsIn } from "./mounts";
import { lists, names } from "./names";
import { attributeOf, blocksOf, itemsIn } from "./values";

/** A step that adds an item to a list or drops one. */
type ItemChange = Extract<SpecChange, { readonly do: "add" | "drop" }>;

/** The content of a file, and the body of the container to change in it. */
interface Place {
  readonly text: string;
  readonly body: Body;
}

/** The edits that apply steps to a container; none if the file was not understood or cannot express them. */
export function changesOf(file: HclFile, label: string, steps: readonly SpecChange[]): SourceChange[] {
  if (file.isBroken) return [];
  let text: string | undefined = file.text;
  for (const step of steps) {
    const body: Body | undefined = text === undefined ? undefined : containerIn(readHcl(text), label);
    // A mount that replaces another one changes that mount's access.
    const isReplaced =
      step.do === "drop" && step.key === "mounts" && steps.some((each) => replaces(each, step.value));
    if (isReplaced) continue;
    text = text === undefined || !body ? undefined : changed({ text, body }, step);
  }
  return text === undefined
    ? []
    : [{ edits: text === file.text ? [] : [difference(file.text, text)], runs: [label] }];
}

function replaces(step: SpecChange, { target }: Mount): boolean {
  return step.do === "add" && step.key === "mounts" && step.value.target === target;
}

function containerIn({ body }: HclFile, label: string): Body | undefined {
  const found = blocksOf(body, "resource").find(
    ({ labels }) => labels[0] === "docker_container" && labels[1] === label,
  );
  return found?.body;
}

/** The text after a step; undefined if the file cannot express the step. */
function changed(place: Place, step: SpecChange): string | undefined {
  const { text, body } = place;
  switch (step.do) {
    case "setEnv": {
      const old = itemsIn(body, "env").find((item) => isVariable(item, step.name));
      const word = quoted(`${step.name}=${step.value}`);
      return old ? replaced(text, old.span, word) : withItem(place, body, "env", word);
    }
    case "unsetEnv":
      return withoutItem(place, body, "env", (item) => isVariable(item, step.name));
    case "set":
    case "unset": {
      if (!(step.key in names)) return undefined;
      const name = names[step.key as keyof typeof names];
      const old = attributeOf(body, name);
      if (step.do === "unset" || step.value === undefined) return old ? withoutLines(text, old.span) : text;
      const value = written(step.value);
      return old ? replaced(text, old.value.span, value) : withAttribute(place, name, value);
    }
    case "add":
      return added(place, step);
    case "drop":
      return dropped(place, step);
  }
}

function added(place: Place, step: ItemChange): string | undefined {
  const { text, body } = place;
  switch (step.key) {
    case "securityOptions":
      return withItem(place, body, "security_opts", quoted(step.value));
    case "capabilities": {
      const [block] = blocksOf(body, "capabilities");
      if (block) return withItem({ text, body: block.body }, block.body, "add", quoted(step.value));
      return withLines(place, ["capabilities {", `  add = [${quoted(step.value)}]`, "}"]);
    }
    case "tmpfs": {
      const entry = `${quoted(step.value.path)} = ${quoted(step.value.options.join(","))}`;
      const map = attributeOf(body, "tmpfs")?.value;
      if (map === undefined) return withLines(place, ["tmpfs = {", `  ${entry}`, "}"]);
      return map.kind === "map" ? withLines({ text, body: map.body }, [entry]) : undefined;
    }
    case "mounts":
      return withMount(place, step.value);
    default:
      return undefined;
  }
}

function withMount(place: Place, mount: Mount): string | undefined {
  const { text, body } = place;
  const { type, source, target, readOnly } = mount;
  const old = mountsIn(body).find(({ item }) => "target" in item && item.target === target);
  const access = old && attributeOf(old.block.body, "read_only");
  if (access) return replaced(text, access.value.span, String(readOnly));
  if (old) return readOnly ? withAttribute({ text, body: old.block.body }, "read_only", "true") : text;
  const from =
    source === undefined
      ? []
      : [`  ${type === "bind" ? "host_path     " : "volume_name   "} = ${quoted(source)}`];
  const last = readOnly ? ["  read_only      = true"] : [];
  return withLines(place, ["volumes {", ...from, `  container_path = ${quoted(target)}`, ...last, "}"]);
}

function dropped(place: Place, { key, value }: ItemChange): string | undefined {
  const { text, body } = place;
  if (key === "mounts" || key === "tmpfs") {
    const mount = mountsIn(body).find(({ item }) => sameItem(item, value));
    if (mount) return withoutLines(text, mount.block.span);
    const map = attributeOf(body, "tmpfs")?.value;
    const entries = map?.kind === "map" ? map.body.attributes : [];
    const entry = entries.find(({ name }) => key === "tmpfs" && name === (value as Tmpfs).path);
    return entry ? withoutLines(text, entry.span) : text;
  }
  if (!(key in lists)) return undefined;
  const { read } = lists[key as keyof typeof lists];
  const isIt = (item: Value) => item.kind === "text" && read(item.text) === value;
  if (key === "securityOptions") return withoutItem(place, body, "security_opts", isIt);
  const block = blocksOf(body, "capabilities").find((each) => itemsIn(each.body, "add").some(isIt));
  if (!block) return text;
  const isAlone = block.body.attributes.length === 1 && itemsIn(block.body, "add").length === 1;
  return isAlone ? withoutLines(text, block.span) : withoutItem(place, block.body, "add", isIt);
}

function isVariable(item: Value, name: string): boolean {
  return item.kind === "text" && item.text.split("=", 1)[0] === name;
}

function replaced(text: string, { start, end }: Span, by: string): string {
  return text.slice(0, start) + by + text.slice(end);
}

/** A quoted string, escaped so that nothing in it is evaluated. */
function quoted(text: string): string {
  return JSON.stringify(text).replace(/[$%](?=\{)/g, (char) => char + char);
}

function written(value: unknown): string {
  if (typeof value === "string") return quoted(value);
  if (typeof value === "number") return String(Math.ceil(value));
  if (typeof value !== "object" || value === null) return String(value);
  return `[${(value as { readonly words: readonly string[] }).words.map(quoted).join(", ")}]`;
}

/**
 * Adds an attribute after the last one-line attribute, with the equals signs aligned. If there is no room, an empty line
 * comes first: `terraform fmt` aligns only adjacent lines.
 */
function withAttribute(place: Place, name: string, value: string): string | undefined {
  const { text, body } = place;
  const last = body.attributes.findLast(({ span }) => !text.slice(span.start, span.end).includes("\n"));
  if (!last) return withLines(place, [`${name} = ${value}`]);
  const line = lineAt(text, last.span.start);
  const indent = indentation(text, line.start);
  if (line.start + indent !== last.span.start) return undefined;
  const width = /^[^=]*/.exec(text.slice(last.span.start, last.span.end))?.[0].length ?? 0;
  const added = `${text.slice(line.start, last.span.start)}${name.padEnd(width - 1)} = ${value}`;
  return insertedAfter(text, line, name.length < width ? [added] : ["", added]);
}

/** Adds lines at the end of a body, indented one level deeper than the line that closes it. */
function withLines({ text, body }: Place, lines: readonly string[]): string | undefined {
  const close = lineAt(text, body.span.end);
  const outer = text.slice(close.start, body.span.end);
  if (!/^[ \t]*$/.test(outer) || close.start === 0) return undefined;
  const first = [...body.attributes, ...body.blocks].map(({ span }) => span.start).sort((a, b) => a - b)[0];
  const start = first === undefined ? undefined : lineAt(text, first).start;
  const own = start === undefined ? undefined : text.slice(start, first);
  const inner = own !== undefined && /^[ \t]*$/.test(own) ? own : `${outer}  `;
  return insertedAfter(
    text,
    lineAt(text, close.start - 1),
    lines.map((line) => inner + line),
  );
}

function insertedAfter(text: string, { end }: Span, lines: readonly string[]): string {
  const eol = lineEnding(text);
  const at = text[end - 1] === "\r" ? end - 1 : end;
  return text.slice(0, at) + lines.map((line) => eol + line).join("") + text.slice(at);
}

/** The text without the lines of a span; undefined if they also contain something else. */
function withoutLines(text: string, { start, end }: Span): string | undefined {
  const from = lineAt(text, start).start;
  const rest = text.slice(end, lineAt(text, end).end);
  if (!/^[ \t]*$/.test(text.slice(from, start)) || !/^,?[ \t]*\r?(#.*|\/\/.*)?$/.test(rest)) return undefined;
  return text.slice(0, from) + text.slice(nextLine(text, end));
}

/** Adds an item to a list, laid out like the other items. */
function withItem({ text }: Place, body: Body, name: string, item: string): string | undefined {
  const list = attributeOf(body, name)?.value;
  if (list === undefined) return withAttribute({ text, body }, name, `[${item}]`);
  if (list.kind !== "list") return undefined;
  const last = list.items.at(-1);
  if (!last) return replaced(text, list.span, `[${item}]`);
  const { start } = lineAt(text, last.span.start);
  const before = text.slice(start, last.span.start);
  const isLine = /^[ \t]*$/.test(before);
  return replaced(
    text,
    { start: last.span.end, end: last.span.end },
    `,${isLine ? lineEnding(text) + before : " "}${item}`,
  );
}

/** The text without an item of a list; the attribute is removed with its last item. */
function withoutItem(
  { text }: Place,
  body: Body,
  name: string,
  isIt: (item: Value) => boolean,
): string | undefined {
  const items = itemsIn(body, name);
  const index = items.findIndex(isIt);
  const item = items[index];
  const attribute = attributeOf(body, name);
  if (!item || !attribute) return text;
  if (items.length === 1) return withoutLines(text, attribute.span);
  const [before, after] = [items[index - 1], items[index + 1]];
  const span = after
    ? { start: item.span.start, end: after.span.start }
    : { start: before?.span.end ?? item.span.start, end: item.span.end };
  if (/#|\/[/*]/.test(text.slice(span.start, item.span.start) + text.slice(item.span.end, span.end)))
    return undefined;
  return replaced(text, span, "");
}

/** How the file spells a step, for titles: `stop_signal = "SIGRTMIN+3"`. */
export function toDisplay(step: SpecChange): string {
  if (step.do === "setEnv") return `env: ${step.name}=${step.value}`;
  if (step.do === "unsetEnv") return `env: ${step.name}`;
  const { key } = step;
  if (key in names) {
    const name = names[key as keyof typeof names];
    return step.do === "set" && step.value !== undefined ? `${name} = ${written(step.value)}` : name;
  }
  if (step.do === "unset" || step.do === "set") return key;
  if (step.key === "securityOptions") return `security_opts: ${step.value}`;
  if (step.key === "capabilities") return `capabilities: ${step.value}`;
  if (step.key === "tmpfs")
    return `tmpfs: ${quoted(step.value.path)} = ${quoted(step.value.options.join(","))}`;
  if (step.key === "mounts")
    return `volumes: ${step.value.source ?? ""}:${step.value.target}${step.value.readOnly ? ":ro" : ""}`;
  return asFlag(step);
}
