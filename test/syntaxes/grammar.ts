import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import oniguruma from "vscode-oniguruma";
import textmate, { type IGrammar } from "vscode-textmate";

const require = createRequire(import.meta.url);
const root = new URL("../../", import.meta.url);

/** Grammars by scope name, as the editor would find them. */
const grammarFiles: Readonly<Record<string, string>> = {
  "source.systemd-unit": "syntaxes/systemd-unit.tmLanguage.json",
  "systemd.dockerfile.injection": "syntaxes/systemd-dockerfile.injection.json",
  "source.dockerfile": "test/syntaxes/fixtures/host.dockerfile.tmLanguage.json",
};

/** A grammar with what the extension injects into it. */
export async function loadGrammar(scopeName: string): Promise<IGrammar> {
  const registry = new textmate.Registry({
    onigLib: loadOniguruma(),
    loadGrammar: async (scope) => {
      const file = grammarFiles[scope];
      return file === undefined ? null : textmate.parseRawGrammar(readText(file), file);
    },
    getInjections: (scope) => (scope === "source.dockerfile" ? ["systemd.dockerfile.injection"] : undefined),
  });
  const grammar = await registry.loadGrammar(scopeName);
  if (!grammar) throw new Error(`no grammar for ${scopeName}`);
  return grammar;
}

/** A text of the project, path relative to its root. */
export function readText(path: string): string {
  return readFileSync(fileURLToPath(new URL(path, root)), "utf8");
}

let loaded: Promise<void> | undefined;

async function loadOniguruma() {
  loaded ??= oniguruma.loadWASM(readFileSync(require.resolve("vscode-oniguruma/release/onig.wasm")));
  await loaded;
  return {
    createOnigScanner: (patterns: string[]) => new oniguruma.OnigScanner(patterns),
    createOnigString: (text: string) => new oniguruma.OnigString(text),
  };
}

/** A claim about a stretch of one line: scopes it has, in this order, and scopes it has not. */
interface Claim {
  readonly line: number;
  readonly start: number;
  readonly end: number;
  readonly has: readonly string[];
  readonly hasNot: readonly string[];
}

/**
 * Reads a fixture: lines of source, and below a line any number of claims about it in lines of the form
 * `#  ^^^ scope scope - absent`. `# <--- scope` speaks of as many columns from the first one as it has
 * dashes. Claims are taken out, so that the grammar never sees them.
 */
export function readFixture(text: string): { lines: string[]; claims: Claim[] } {
  const lines: string[] = [];
  const claims: Claim[] = [];
  for (const line of text.replace(/\n$/, "").split("\n")) {
    const [, marks, scopes] = /^#\s*(<-+|\^+)\s+(.*)$/.exec(line) ?? [];
    if (marks === undefined || scopes === undefined) {
      lines.push(line);
      continue;
    }
    const [has = "", hasNot = ""] = scopes.split(/(?:^|\s+)-\s+/);
    const start = marks.startsWith("<") ? 0 : line.indexOf("^");
    claims.push({
      line: lines.length - 1,
      start,
      end: start + marks.length - (marks.startsWith("<") ? 1 : 0),
      has: has.split(/\s+/).filter(Boolean),
      hasNot: hasNot.split(/\s+/).filter(Boolean),
    });
  }
  return { lines, claims };
}

/**
 * What is wrong with a fixture, in words. A stretch that has scopes must also begin and end where tokens
 * do, so that a claim reports neither too little nor too much.
 */
export function checkFixture(grammar: IGrammar, text: string): string[] {
  const { lines, claims } = readFixture(text);
  const tokens = tokenize(grammar, lines);
  return claims.flatMap((claim) => {
    const { line, start, end, has, hasNot } = claim;
    const where = `${lines[line]}\n${" ".repeat(start)}${"^".repeat(end - start)}`;
    const covered = (tokens[line] ?? []).filter((token) => token.startIndex < end && token.endIndex > start);
    if (covered.length === 0 || end > (lines[line]?.length ?? 0)) return [`${where} is outside the line`];
    const problems: string[] = [];
    for (const { scopes } of covered) {
      const absent = missing(has, scopes);
      if (absent !== undefined) problems.push(`${where} lacks ${absent}: ${scopes.join(" ")}`);
      for (const scope of hasNot.filter((name) => scopes.includes(name))) {
        problems.push(`${where} has ${scope}: ${scopes.join(" ")}`);
      }
    }
    const cut = covered.at(0)?.startIndex !== start || covered.at(-1)?.endIndex !== end;
    if (has.length > 0 && cut) {
      const stretches = covered.map((token) => `${token.startIndex}-${token.endIndex}`).join(", ");
      problems.push(`${where} does not end where tokens do: ${stretches}`);
    }
    return problems;
  });
}

/** Tokens of each line; the last token of a line ends before the line break. */
function tokenize(grammar: IGrammar, lines: readonly string[]) {
  let state = textmate.INITIAL;
  return lines.map((line) => {
    const { tokens, ruleStack } = grammar.tokenizeLine(line, state);
    state = ruleStack;
    return tokens.map((token) => ({ ...token, endIndex: Math.min(token.endIndex, line.length) }));
  });
}

/** The first wanted scope that does not follow the ones before it. */
function missing(wanted: readonly string[], scopes: readonly string[]): string | undefined {
  let from = 0;
  return wanted.find((scope) => {
    const at = scopes.indexOf(scope, from);
    from = at + 1;
    return at < 0;
  });
}
