import type { Case } from "./case";
import { accessProperties } from "./properties/access";
import { composeProperties } from "./properties/compose";
import { dockerfileProperties } from "./properties/dockerfile";
import { fixProperties } from "./properties/fix";
import { ignoreProperties } from "./properties/ignore";
import { type Broken, judge, type Property } from "./properties/judged";
import { limitProperties } from "./properties/limits";
import { lintProperties, thoroughLintProperties } from "./properties/lint";
import { logProperties } from "./properties/log";
import { planProperties } from "./properties/plan";

export type { Broken, Property } from "./properties/judged";

/** What is asked of every file, and what costs ten times as much. */
const ofFiles: readonly Property[] = lintProperties;
const ofSomeFiles: readonly Property[] = [
  ...limitProperties,
  ...planProperties,
  ...thoroughLintProperties,
  ...fixProperties,
  ...dockerfileProperties,
  ...composeProperties,
  ...accessProperties,
  ...ignoreProperties,
];

/** The properties that an input is checked for: all of them, or the cheap ones. */
export function propertiesOf({ kind }: Case, thorough: boolean): readonly Property[] {
  if (kind === "log") return logProperties;
  return thorough ? [...ofFiles, ...ofSomeFiles] : ofFiles;
}

/** What of some properties does not hold of an input, each once. A property that throws does not hold. */
export function check(input: Case, properties: readonly Property[]): Broken[] {
  const broken = new Map<string, Broken>();
  try {
    const judged = judge(input);
    for (const property of properties) {
      for (const each of property(judged)) broken.set(each.property, broken.get(each.property) ?? each);
    }
  } catch (error) {
    const { message = String(error), stack } = error instanceof Error ? error : {};
    const property = `${input.kind}: throws ${message.slice(0, 80)}`;
    broken.set(property, { property, detail: stack?.slice(0, 800) });
  }
  return [...broken.values()];
}
