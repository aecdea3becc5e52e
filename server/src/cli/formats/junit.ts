import { visible } from "../../core/base/visible";
import { bootText, stateOf } from "../boot-text";
import type { BootCheck, BootRow, Format } from "./format";

/** For CI test reports; each check is a test case. */
export const junit: Format = {
  name: "junit",
  boot: (row) => {
    const { what, checks, seconds = 0 } = row;
    const cases = checks.length > 0 ? checks : [ended(row)];
    const counts = attributes({
      name: `systemd-containers boot ${what}`,
      tests: cases.length,
      failures: cases.filter(({ passed }) => !passed).length,
      errors: 0,
      time: seconds.toFixed(3),
    });
    const body = cases.map((each) => testCase(row, each)).join("");
    return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites>\n  <testsuite${counts}>\n${body}  </testsuite>\n</testsuites>\n`;
  },
};

/** The only test case of a boot that ended before its first check. */
function ended(row: BootRow): BootCheck {
  return { id: "boot", expects: "boot", passed: row.asExpected, found: stateOf(row), lines: [] };
}

function testCase(row: BootRow, { expects, passed, found }: BootCheck): string {
  const open = `    <testcase${attributes({ classname: row.what, name: expects })}`;
  if (passed) return `${open}/>\n`;
  return `${open}>\n      <failure${attributes({ message: found })}>${text(bootText(row))}</failure>\n    </testcase>\n`;
}

function attributes(values: Readonly<Record<string, string | number>>): string {
  return Object.entries(values)
    .map(([name, value]) => ` ${name}="${text(visible(String(value)))}"`)
    .join("");
}

/** Escapes text for XML 1.0. Control characters were already made visible, since XML 1.0 cannot represent them. */
function text(value: string): string {
  return value.replace(/[&<>"]/g, (char) => `&#${char.charCodeAt(0)};`);
}
