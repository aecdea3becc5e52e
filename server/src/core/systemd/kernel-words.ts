/** Options of systemd(1) that were written without their dashes. */
const undashed =
  /^(log-level|log-target|log-color|log-location|log-time|show-status|default-standard-output|default-standard-error|crash-shell|confirm-spawn)=/;

/** Words that systemd's kernel-command-line reader or getopt understand, and harmless habits of that line. */
const known =
  /^(-|systemd\.|rd\.|udev\.|luks\.|fsck\.|quota|locale\.|vconsole\.|net\.|modules[-_]load=|loglevel=|init=|root=|ro$|rw$)|^(quiet|debug|single|rescue|emergency|s|S|[1-5])$/;

/** Why systemd ignores a word: an option without dashes, `unit=` or a bare target, syntax of a shell. */
export type WordFault = "dashes" | "unit" | "target" | "shell";

/** An ignored word, its place in the list, and what was meant where that can be told. */
export interface IgnoredWord {
  readonly word: string;
  readonly index: number;
  /** So many words are ignored with it: what follows `&&` is another command. */
  readonly count: number;
  readonly fault: WordFault;
  readonly right?: string;
}

/** The words that systemd ignores among the arguments that it is started with. */
export function ignoredWords(words: readonly string[]): IgnoredWord[] {
  const found: IgnoredWord[] = [];
  for (let index = 0; index < words.length; index++) {
    const word = words[index] ?? "";
    if (word === "--") break;
    // An option without "=" takes the next word as its value.
    if (/^--(unit|log-level|log-target|default-standard-(output|error))$/.test(word)) index++;
    else if (undashed.test(word)) found.push({ word, index, count: 1, fault: "dashes", right: `--${word}` });
    else if (/^unit=/.test(word)) found.push({ word, index, count: 1, fault: "unit", right: `--${word}` });
    else if (/^[\w@.-]+\.target$/.test(word) && !known.test(word)) {
      found.push({ word, index, count: 1, fault: "target", right: `--unit=${word}` });
    } else if (/^(&&|\|\|?|;)$/.test(word)) {
      // Nobody runs the other command: its words are systemd's.
      found.push({ word, index, count: words.length - index, fault: "shell" });
      break;
    } else if (/^\d*[<>]&?\d*|^&$/.test(word)) found.push({ word, index, count: 1, fault: "shell" });
  }
  return found;
}
