import { setFlagsFromString } from "node:v8";
import { expect, test } from "vitest";
import { buildLinks } from "../../server/src/core/project/links";
import { subjectsOf } from "../../server/src/core/project/subjects";
import { dockerfileOf } from "../bench/inputs";

setFlagsFromString("--allow-natives-syntax");
const haveSameMap = new Function("one", "other", "return %HaveSameMap(one, other)");
setFlagsFromString("--no-allow-natives-syntax");

/** The image of a Dockerfile, read to the end. */
function read(text: string) {
  const uri = "file:///w/Dockerfile";
  const snapshot = { read: (asked: string) => (asked === uri ? text : undefined), runFiles: [] };
  const context = { uri, text, snapshot, links: buildLinks(snapshot), kind: "dockerfile" as const };
  const [subject] = subjectsOf({ ...context, target: undefined }, [undefined]).images;
  if (!subject) throw new Error("The Dockerfile has no image.");
  const { image, facts, plan } = subject;
  return { subject, image, facts, plan, runs: image.runs.map((run) => ({ run, commands: run.commands })) };
}

/** The paths of the objects that have another hidden class than those at the same place in the other value. */
function differing(one: unknown, other: unknown, path: string, depth: number): string[] {
  if (typeof one !== "object" || typeof other !== "object" || !one || !other || depth > 6) return [];
  const own = haveSameMap(one, other) ? [] : [path];
  const inside = Object.entries(one).flatMap(([key, value]) =>
    differing(value, (other as Record<string, unknown>)[key], `${path}.${key}`, depth + 1),
  );
  return [...own, ...inside];
}

// An object literal with accessors, or with new fields after a spread, gets a separate hidden class each time. Such a
// class, and what it refers to, stays in memory until the next full garbage collection.
test("a Dockerfile that is read again makes no new hidden classes", () => {
  const text = dockerfileOf(60);
  // Code that has just been compiled may still change the classes that it makes.
  const results = Array.from({ length: 60 }, (_, at) => read(text.replace("FROM", `# ${at}\nFROM`)));
  expect(differing(results.at(-1), results.at(-2), "", 0)).toEqual([]);
});
