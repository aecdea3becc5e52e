import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

/** A snippet as its file has it, with its body as one text. */
export interface Snippet {
  readonly name: string;
  readonly prefixes: readonly string[];
  readonly description: string;
  readonly body: string;
}

/** The snippets of a file of the directory `snippets`. */
export function readSnippets(file: string): Snippet[] {
  const path = fileURLToPath(new URL(`../../snippets/${file}`, import.meta.url));
  const entries: Record<string, { prefix: string | string[]; description: string; body: string[] }> =
    JSON.parse(readFileSync(path, "utf8"));
  return Object.entries(entries).map(([name, { prefix, description, body }]) => ({
    name,
    prefixes: [prefix].flat(),
    description,
    body: body.join("\n"),
  }));
}

/** `${1:default}`, `${1|a,b|}`, `$1`, and the escapes of a dollar sign, a brace and a backslash. */
const PART = /\\([$}\\])|\$(\d+)|\$\{(\d+)(?::((?:\\.|[^}\\])*)|\|((?:\\.|[^|\\])*)\|)?\}/g;

/**
 * What a user gets who accepts every default, and after it what each other choice gives with the
 * defaults around it. A stop that has no default that is separate repeats the one that has.
 */
export function expand(body: string): string[] {
  const stops = new Map<string, string[]>();
  for (const [, , , stop, text, choices] of body.matchAll(PART)) {
    if (stop === undefined) continue;
    if (choices !== undefined) stops.set(stop, choices.split(","));
    if (text !== undefined) stops.set(stop, [unescapeStop(text)]);
  }
  const fill = (chosen: ReadonlyMap<string, string>) =>
    body.replace(PART, (_, escaped?: string, plain?: string, braced?: string) => {
      const stop = plain ?? braced;
      return escaped ?? chosen.get(stop ?? "") ?? stops.get(stop ?? "")?.[0] ?? "";
    });
  const others = [...stops].flatMap(([stop, choices]) =>
    choices.slice(1).map((choice) => new Map([[stop, choice]])),
  );
  return [new Map<string, string>(), ...others].map(fill);
}

function unescapeStop(text: string): string {
  return text.replace(/\\([$}\\])/g, "$1");
}
