import { visibleJson } from "../../core/base/visible";
import type { Format } from "./format";

/**
 * Increases when a field is removed or changes its meaning, but not when one is added. `docs/cli.md` describes the
 * fields.
 */
const schemaVersion = 1;

/** JSON output, for programs. */
export const json: Format = {
  name: "json",
  lint: { file: () => "", end: ({ filesChecked, findings }) => print({ filesChecked, findings }) },
  explain: (causes) => print({ causes }),
  rules: (rules) => print({ rules }),
  boot: (row) => print({ ...row }),
};

function print(fields: Readonly<Record<string, unknown>>): string {
  return `${visibleJson({ schemaVersion, ...fields })}\n`;
}
