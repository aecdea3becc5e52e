import { visibleJson } from "../../core/base/visible";
import { isSecretName } from "../../core/container/secrets";
import type { InspectedReference } from "../inspect-result";
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
  least: (row) => print({ ...row }),
  inspect: ({ engine, images }) => print({ engine, images: images.map(inspected) }),
  verify: (row) => print({ ...row }),
};

/** An image without the content of its scripts, and without the values of variables whose names suggest secrets. */
function inspected({ reference, image }: InspectedReference) {
  if (!image) return { reference, found: false };
  const { scripts, environment, ...seen } = image;
  const shown = Object.entries(environment).map(([name, value]) => [name, isSecretName(name) ? null : value]);
  return {
    reference,
    found: true,
    ...seen,
    environment: Object.fromEntries(shown),
    scripts: Object.keys(scripts),
  };
}

function print(fields: Readonly<Record<string, unknown>>): string {
  return `${visibleJson({ schemaVersion, ...fields })}\n`;
}
