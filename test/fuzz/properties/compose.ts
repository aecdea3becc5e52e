import { type Document, parseAllDocuments } from "yaml";
import { format } from "../../../server/src/core/base/message";
import { type Case, ownUri, servicesOf } from "../case";
import { alsoWithHints, eachFix, type Property } from "./judged";

/** A file that is not YAML gets no edits. */
const onlyYamlIsEdited: Property = function* ({ input, result, fixed }) {
  if (input.kind !== "compose" || isYaml(input.text)) return;
  if (fixed().text !== input.text)
    yield { property: "fix all: edits what is not YAML", detail: fixed().text };
  const own = ownUri(input);
  const edits = result.findings.some(({ fixes }) =>
    fixes.some((fix) => fix.edits.some(({ uri = own }) => uri === own)),
  );
  if (edits) yield { property: "compose: a fix of what is not YAML" };
};

/** A fix leaves YAML, changes the keys that it names, and no service but its own that it does not name. */
const fixChangesWhatItSays: Property = function* (judged) {
  const { input } = judged;
  if (input.kind !== "compose") return;
  const before = dataOf(input.text);
  if (!before) return;
  for (const { finding, fix, after } of eachFix(judged)) {
    const who = `${finding.rule}: ${fix.title.key}`;
    const now = dataOf(after.text);
    if (!now) {
      yield { property: `${who} breaks the YAML`, detail: after.text };
      continue;
    }
    const changed = changedServices(input, after);
    const named = [...changed].filter((name) => format(fix.title).includes(name));
    if (changed.size - named.length > 1)
      yield { property: `${who} changes another service`, detail: after.text };
    const keys = differences(before, now).map(keyOf);
    for (const key of new Set(keys)) {
      if (!writable.has(key)) yield { property: `${who} changes ${key.slice(0, 30)}`, detail: after.text };
    }
  }
};

/** Fix All leaves YAML, and changes no data but keys that the catalogue has fixes for. */
const fixAllKeepsTheRest: Property = function* ({ input, fixed }) {
  if (input.kind !== "compose" || fixed().text === input.text) return;
  const before = dataOf(input.text);
  if (!before) return;
  const now = dataOf(fixed().text);
  if (!now) {
    yield { property: "fix all: breaks the YAML", detail: fixed().text };
    return;
  }
  for (const key of new Set(differences(before, now).map(keyOf))) {
    if (!writable.has(key)) yield { property: `fix all: changes ${key.slice(0, 30)}`, detail: fixed().text };
  }
};

export const composeProperties: readonly Property[] = [
  alsoWithHints(onlyYamlIsEdited),
  fixChangesWhatItSays,
  alsoWithHints(fixAllKeepsTheRest),
];

/** A list that services have by aliases: where it is written compose reads nothing of it, or no service. */
const sharedList = "a shared list";

/** Keys of a service that fixes write. */
const writable = new Set([
  sharedList,
  "cap_add",
  "cgroup",
  "command",
  "devices",
  "entrypoint",
  "environment",
  "init",
  "network_mode",
  "pid",
  "privileged",
  "read_only",
  "restart",
  "security_opt",
  "stop_grace_period",
  "stop_signal",
  "tmpfs",
  "tty",
  "user",
  "volumes",
]);

function documentsOf(text: string): readonly Document.Parsed[] {
  // The library does not count the indentation behind a byte order mark.
  const marked = text.replace(/^\uFEFF/, "\n");
  const documents = parseAllDocuments(marked, { logLevel: "silent", schema: "failsafe", merge: true });
  return Array.isArray(documents) ? documents : [];
}

function isYaml(text: string): boolean {
  return documentsOf(text).every(({ errors }) => errors.length === 0);
}

/** The data of every document; undefined where the text is not YAML, or no data because of its aliases and merges. */
export function dataOf(text: string): unknown[] | undefined {
  const documents = documentsOf(text);
  if (documents.some(({ errors }) => errors.length > 0)) return undefined;
  try {
    return documents.map((document) => plain(document.toJS({ maxAliasCount: 1000, mapAsMap: true })));
  } catch {
    return undefined;
  }
}

/** Maps as records; a key that is a collection is written as JSON. */
function plain(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(plain);
  if (!(value instanceof Map)) return value;
  const keyed = [...value].map(([key, item]) => [
    typeof key === "string" ? key : JSON.stringify(plain(key)),
    plain(item),
  ]);
  return Object.fromEntries(keyed);
}

/** The places of data that differ, each as the keys that lead there. */
function differences(a: unknown, b: unknown, path: readonly string[] = []): (readonly string[])[] {
  if (path.length > 12 || !isMap(a) || !isMap(b))
    return JSON.stringify(a) === JSON.stringify(b) ? [] : [path];
  const keys = new Set([...Object.keys(a), ...Object.keys(b)]);
  return [...keys].flatMap((key) => differences(a[key], b[key], [...path, key]));
}

function isMap(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}

/** The key of a service, or of a fragment for services, that contains a place of `[document, …keys]`. */
function keyOf([_document = "", top = "", first = top, second = "", third]: readonly string[]): string {
  if (isItem(top === "services" ? second : first) && /^(services$|x-)/.test(top)) return sharedList;
  // A mapping that contains services and is the value of one, too: its key is the key of a service that it contains.
  if (top === "services" && third !== undefined && writable.has(third) && !writable.has(second)) return third;
  if (top === "services" && second !== "") return second;
  if (top === "services") return writable.has(first) ? first : "a whole service";
  return writable.has(first) ? first : ([top, first, second].find((key) => writable.has(key)) ?? top);
}

function isItem(key: string): boolean {
  return /^\d+$/.test(key);
}

function changedServices(before: Case, after: Case): Set<string> {
  const [was, is] = [runsOf(before), runsOf(after)];
  const names = new Set([...was.keys(), ...is.keys()]);
  return new Set([...names].filter((name) => was.get(name) !== is.get(name)));
}

function runsOf(input: Case): Map<string, string> {
  // Compose accepts only a mapping as a service.
  const services = (dataOf(input.text) ?? []).map((data) => (isMap(data) ? data.services : undefined));
  const isService = (name: string) =>
    services.some((each) => isMap(each) && isMap(each[name]) && !Array.isArray(each[name]));
  return new Map(
    servicesOf(input)
      .filter(({ name }) => isService(name))
      .map(({ name, spec }) => [name, JSON.stringify(spec)]),
  );
}
