import type { ImageSubject } from "../project/subject";
import { readUnit, type Setting } from "../systemd/unit-text";
import { sourceOf, unitTarget } from "./image-files";
import type { Mention } from "./mention";

/** The content of a unit and where it begins in its file. */
export interface UnitText {
  readonly uri: string;
  readonly text: string;
  readonly start: number;
}

const programs = /^Exec(Start|StartPre|StartPost|Condition|Stop|StopPost|Reload)$/;
const files = /^(EnvironmentFile|ConditionPathExists|AssertPathExists|PathExists|PathChanged)$/;
const units =
  /^(After|Before|Requires|Requisite|Wants|BindsTo|PartOf|Upholds|Conflicts|Unit|Sockets|Also|OnFailure)$/;

/**
 * The files that a unit refers to: the programs that it starts and related units, each at the place that the image
 * copies it from.
 */
export function unitMentions(unit: UnitText, images: readonly ImageSubject[]): Mention[] {
  return readUnit(unit.text).flatMap((setting) =>
    wordsOf(setting, unit.text).flatMap(({ word, at }) => {
      const find = units.test(setting.key) ? unitTarget : word.startsWith("/") ? sourceOf : undefined;
      const span = { start: unit.start + at, end: unit.start + at + word.length };
      for (const image of images) {
        const target = find?.(image, word);
        if (target) return [{ uri: unit.uri, span, target }];
      }
      return [];
    }),
  );
}

/** The words of a setting that can refer to a file; for a command line, each word that is a path. */
function wordsOf({ key, span }: Setting, text: string): { readonly word: string; readonly at: number }[] {
  if (![programs, files, units].some((names) => names.test(key))) return [];
  const value = text.slice(span.start, span.end);
  return Array.from(value.matchAll(/[^\s"'=]+/g), ({ 0: written, index }) => {
    const word = written.replace(/^[-@:+!|]+/, "");
    return { word, at: span.start + index + written.length - word.length };
  });
}
