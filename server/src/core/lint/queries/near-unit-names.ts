import { distance } from "fastest-levenshtein";
import { unitSuffixes } from "../../systemd/unit-names";

/**
 * The target that was probably meant by a name that is not a target: it has one typing error, or an unknown suffix.
 */
export function nearestTarget(unit: string, known: ReadonlySet<string>): string | undefined {
  const name = writtenName(unit.replace(/(\.\w+)\.target$/, "$1"));
  if (known.has(name) || /[@$]/.test(name)) return undefined;
  const meant = [...known].filter((one) => one.endsWith(".target"));
  const plain = name.replaceAll("-", "");
  return meant.find((one) => isTypo(name, one) || one.replaceAll("-", "") === plain);
}

/** The known unit whose name is one typing error away from a name that nothing provides. */
export function nearest(unit: string, known: ReadonlySet<string>): string | undefined {
  const name = writtenName(unit);
  if (known.has(name) || /[@$*]/.test(name)) return undefined;
  return [...known].find((one) => isTypo(name, one));
}

/** The name as it was written: systemctl reads `cron.servcie` as `cron.servcie.service`. */
export function writtenName(unit: string): string {
  const inner = /^(.*\.\w+)\.(service|target)$/.exec(unit)?.[1];
  const suffix = inner?.replace(/^.*\./, "") ?? "";
  return inner && unitSuffixes.some((right) => suffix !== right && distance(suffix, right) <= 2)
    ? inner
    : unit;
}

/**
 * Whether two names differ by one wrong, missing or extra letter, or by two swapped letters. Short names count as
 * different.
 */
function isTypo(name: string, right: string): boolean {
  if (name === right || Math.abs(name.length - right.length) > 1 || stem(right).length < 4) return false;
  const steps = distance(name, right);
  return steps === 1 || (steps === 2 && isSwap(name, right));
}

function isSwap(name: string, right: string): boolean {
  const at = [...name].findIndex((letter, index) => letter !== right[index]);
  return name.slice(0, at) + (name[at + 1] ?? "") + (name[at] ?? "") + name.slice(at + 2) === right;
}

export function stem(unit: string): string {
  return unit.replace(/\.[^.]*$/, "");
}
