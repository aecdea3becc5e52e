import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";

const root = join(__dirname, "../..");
const page = readFileSync(join(root, "docs/security.md"), "utf8");

/** Every test that the page names: a file in code, then titles in quotes. */
const named = [...page.matchAll(/`(test\/[\w./-]+)`((?:,? "[^"]+")+)/g)].flatMap(
  ([, file = "", titles = ""]) =>
    [...titles.matchAll(/"([^"]+)"/g)].map(([, title = ""]) => ({ file, title })),
);

describe("docs/security.md", () => {
  test.each(named)("names a test that is there: $file $title", ({ file, title }) => {
    expect(existsSync(join(root, file))).toBe(true);
    const source = readFileSync(join(root, file), "utf8").replaceAll('\\"', '"');
    expect(source).toContain(`"${title}"`);
  });

  test("names a test in every line of a table, but for what no test can hold", () => {
    const lines = page.split("\n").filter((line) => /^\| (?!It can \|)\w/.test(line));
    expect(lines.length).toBeGreaterThan(15);
    expect(
      lines.filter((line) => !line.includes("`test/")).map((line) => line.split("|")[1]?.trim()),
    ).toEqual(["write to a shell or a login console that the user opens"]);
    // Each file is named with the titles of its tests.
    expect(page.match(/`test\/[\w./-]+`(?!,? ")/g)).toBeNull();
  });

  test("and SECURITY.md lead to each other, and to no address as there is no public repository", () => {
    const report = readFileSync(join(root, "SECURITY.md"), "utf8");
    const manifest = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
    for (const field of ["repository", "homepage", "bugs"]) expect(manifest).not.toHaveProperty(field);
    expect(report).not.toMatch(/https?:/);
    expect(report).toContain("(docs/security.md)");
    expect(page).toContain("(../SECURITY.md)");
  });
});
