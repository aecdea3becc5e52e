/**
 * The words of a command that is given as one string. Compose splits it like a shell but does not run one: quotes and
 * backslashes apply, and everything from an unquoted `; & | < >` on is dropped (go-shellwords, which compose uses).
 * If compose rejects the string, the words found so far are returned.
 */
export function splitWords(text: string): string[] {
  const words: string[] = [];
  let word: string | undefined;
  let quote = "";
  for (let at = 0; at < text.length; at++) {
    const char = text[at] as string;
    if (char === "\\" && quote !== "'") {
      const next = text[++at];
      if (next !== undefined) word = (word ?? "") + (escapes[next] ?? next);
    } else if (quote !== "") {
      if (char === quote) quote = "";
      else word = (word ?? "") + char;
    } else if (char === '"' || char === "'") {
      quote = char;
      word ??= "";
    } else if (/[ \t\r\n]/.test(char)) {
      if (word !== undefined) words.push(word);
      word = undefined;
    } else if (/[;&|<>]/.test(char)) {
      break;
    } else {
      word = (word ?? "") + char;
    }
  }
  if (word !== undefined) words.push(word);
  return words;
}

const escapes: Readonly<Record<string, string>> = { t: "\t", n: "\n" };
