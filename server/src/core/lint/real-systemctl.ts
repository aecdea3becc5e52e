import type { Image } from "../image/image";
import type { Fix } from "./rule";

/** The verbs of systemctl that a fix adds to a build step. */
const added = /(?<![\w/.-])systemctl (?=(?:enable|disable|mask|set-default|add-wants)\b)/g;

/** Makes the steps that a fix adds call systemctl by its path if the base image replaces systemctl with a script. */
export function withRealSystemctl(fix: Fix, image: Image | undefined): Fix {
  if (!image?.base?.systemctlStub) return fix;
  const called = (one: Fix): Fix => ({
    ...one,
    edits: one.edits.map((edit) => ({ ...edit, text: edit.text.replace(added, "/usr/bin/systemctl ") })),
  });
  return { ...called(fix), ...(fix.shared && { shared: called(fix.shared) }) };
}
