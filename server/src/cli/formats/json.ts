import { visibleJson } from "../../core/base/visible";
import type { Format } from "./format";

/** Rises when a field goes or changes its meaning; fields that are added leave it. `docs/cli.md` describes them. */
const schemaVersion = 1;

/** For programs. */
export const json: Format = {
  name: "json",
  lint: { file: () => "", end: ({ filesChecked, findings }) => print({ filesChecked, findings }) },
  explain: (causes) => print({ causes }),
  rules: (rules) => print({ rules }),
  boot: (row) => print({ ...row }),
  verify: (row) => print({ ...row }),
};

function print(fields: Readonly<Record<string, unknown>>): string {
  return `${visibleJson({ schemaVersion, ...fields })}\n`;
}
