import { describe, expect, it } from "vitest";
import { growth } from "../growth";
import { checkFixture, loadGrammar, readFixture, readText } from "./grammar";

const fixtures = {
  "unit.service": "source.systemd-unit",
  "injected.dockerfile": "source.dockerfile",
} as const;

describe("a fixture's claims", () => {
  it.each(Object.entries(fixtures))("hold: %s", async (file, scope) => {
    const text = readText(`test/syntaxes/fixtures/${file}`);
    expect(readFixture(text).claims.length).toBeGreaterThan(30);
    expect(checkFixture(await loadGrammar(scope), text)).toEqual([]);
  });

  it.each([
    ["a scope that is not there", "# <---- entity.name.section.systemd-unit", /lacks entity\.name\.section/],
    ["a scope that should not be there", "# <---- - meta.directive.systemd-unit", /has meta\.directive/],
    ["too few columns", "#^^ variable.other.property.systemd-unit", /does not end where tokens do/],
    ["too many columns", "# <----- variable.other.property.systemd-unit", /lacks variable\.other\.property/],
    ["columns behind the line", "#            ^ meta.directive.systemd-unit", /outside the line/],
  ])("fail for %s", async (_, claim, problem) => {
    const problems = checkFixture(await loadGrammar("source.systemd-unit"), `User=root\n${claim}\n`);
    expect(problems.join("\n")).toMatch(problem);
  });
});

describe("both grammars", () => {
  it.each(Object.values(fixtures))("read a long line in time that grows with it: %s", async (scope) => {
    const grammar = await loadGrammar(scope);
    for (const piece of ["a", "a.", "-", "\\x2d", "%", '"', "a=", "systemctl ", " ;", "!", "1 "]) {
      const make = (length: number) => `ExecStart=${piece.repeat(length / piece.length)}`;
      const read = (line: string) => expect(grammar.tokenizeLine(line, null).stoppedEarly).toBe(false);
      expect(growth(make, read, 1_000, 8_000, 1.5), piece).toBeLessThan(1.5);
    }
  });
});
