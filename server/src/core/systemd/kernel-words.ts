/** Options of systemd(1), written without their dashes. */
const undashed =
  /^(log-level|log-target|log-color|log-location|log-time|show-status|default-standard-output|default-standard-error|crash-shell|confirm-spawn)=/;

/**
 * Words that systemd's kernel command line parser or getopt accepts, and harmless words that are common on that line.
 */
const known =
  /^(-|systemd\.|rd\.|udev\.|luks\.|fsck\.|quota|locale\.|vconsole\.|net\.|modules[-_]load=|loglevel=|init=|root=|ro$|rw$)|^(quiet|debug|single|rescue|emergency|s|S|[1-5])$/;

/** Why systemd ignores a word: an option without dashes, `unit=`, a bare target, or shell syntax. */
export type WordFault = "dashes" | "unit" | "target" | "shell";

/** An ignored word, its index in the list, and the intended word if it can be derived. */
export interface IgnoredWord {
  readonly word: string;
  readonly index: number;
  /** How many words are ignored, including this one: everything after `&&` is another command. */
  readonly count: number;
  readonly fault: WordFault;
  readonly right?: string;
}

/** The arguments that systemd ignores. */
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
      // The other command is not run; its words are passed to systemd.
      found.push({ word, index, count: words.length - index, fault: "shell" });
      break;
    } else if (/^\d*[<>]&?\d*|^&$/.test(word)) found.push({ word, index, count: 1, fault: "shell" });
  }
  return found;
}

/** Options of systemd(1) that PID 1 accepts. Those in `withValue` may have their value in the next word. */
const withValue =
  /^--(unit|log-target|log-level|default-standard-(output|error)|machine-id|deserialize|crash-vt|crash-chvt|service-watchdogs|bus-introspect)$/;
const options =
  /^--(system|switched-root|no-pager|dump-core|crash-shell|crash-reboot|crash-action|confirm-spawn|show-status|log-color|log-location|log-time)$|^-[bDs]$/;

/** Options that make PID 1 do something other than boot; it exits with 255 (measured, systemd 252). */
const queries = /^--(version|help|test|user|dump-configuration-items)$/;

/** Words that systemd receives as PID 1 but ignores: a program, or an unknown option. */
export interface UnreadWords {
  readonly kind: "program" | "option";
  /** The index of the first one; they extend to the end of the list. */
  readonly index: number;
}

/** The option that makes PID 1 exit immediately, and the first word that has no meaning for it. */
export function readArguments(words: readonly string[]): { query?: number; unread?: UnreadWords } {
  const faults = new Set(ignoredWords(words).flatMap(({ index, count }) => range(index, count)));
  let unread: UnreadWords | undefined;
  let isOperand = false;
  for (let index = 0; index < words.length; index++) {
    const word = words[index] ?? "";
    const name = /^(--[^=]*)=?/.exec(word)?.[1] ?? word;
    if (word === "--") isOperand = true;
    else if (isOperand || !word.startsWith("-")) {
      if (!faults.has(index) && !isKernelWord(word)) unread ??= { kind: "program", index };
    } else if (queries.test(name)) return { query: index, unread };
    else if (withValue.test(name)) index += word === name ? 1 : 0;
    else if (!options.test(name)) {
      // getopt stops here, so later options are not read.
      unread ??= { kind: name.startsWith("--") ? "option" : "program", index };
      break;
    }
  }
  return { unread };
}

/**
 * Whether a word is in kernel-command-line(7), or has the form of such a word, so that a generator might read it. An
 * empty word has no meaning.
 */
function isKernelWord(word: string): boolean {
  return word === "" || known.test(word) || /^[\w.-]+=/.test(word);
}

function range(start: number, count: number): number[] {
  return Array.from({ length: count }, (_, at) => start + at);
}
