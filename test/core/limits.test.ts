// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are words of Dockerfiles, shells and compose files.
import { describe, expect, test } from "vitest";
import { longestValue, mostExpanded, mostHeredocs, mostRepeated } from "../../server/src/core/base/limits";
import { readDockerfile } from "../../server/src/core/image/dockerfile";
import { readCompose } from "../../server/src/core/surfaces/compose/read";
import { compose, dockerfile } from "./growth-shapes";

const image = (lines: string) => readDockerfile(`FROM debian:12\n${lines}\n`).image();

/** Every word of every command that the build executes. */
function wordsOf(lines: string): (string | undefined)[] {
  return image(lines)?.runs.flatMap(({ commands }) => commands.flatMap(({ words }) => words)) ?? [];
}

function sizeOf(words: readonly (string | undefined)[]): number {
  return words.reduce((sum, word) => sum + (word?.length ?? 0), 0);
}

describe("variables that grow are not known", () => {
  test.each([24, 28, 40, 1000])("doubled %d times by a shell", (count) => {
    const words = wordsOf(`RUN A=aaaaaaaa; ${"A=$A$A; ".repeat(count)} systemctl enable $A`);
    expect(words).toEqual(["systemctl", "enable", undefined]);
  });

  test.each([
    ["a variable", "A=aaaaaaaa; " + "A=$A$A; ".repeat(4), "systemctl enable $A", "a".repeat(128)],
    ["a list", "for i in a b; do ", "systemctl enable $i; done", "b"],
  ])("%s of a common size is", (_, before, use, last) => {
    expect(wordsOf(`RUN ${before}${use}`).at(-1)).toBe(last);
  });

  test("doubled by ENV and ARG", () => {
    const env = image(`ENV A=aaaaaaaa\n${"ENV A=$A$A\n".repeat(60)}`)?.env.get("A");
    expect(env).toBeDefined();
    expect(env?.value).toBeUndefined();
    expect(wordsOf(`ARG A=aaaaaaaa\n${"ARG A=$A$A\n".repeat(60)}RUN a $A`)).toEqual(["a", undefined]);
    const base = readDockerfile(`ARG A=aaaaaaaa\n${"ARG A=$A$A\n".repeat(60)}FROM $A\n`).image();
    expect(base?.baseReference).toBeUndefined();
  });

  test("defaults within defaults", () => {
    expect(image(`ENV A=${"${b:-".repeat(5000)}c${"}".repeat(5000)}`)?.env.get("A")?.value).toBeUndefined();
  });
});

describe("what variables and lists add to a file is bounded", () => {
  const long = `ENV A=${"a".repeat(longestValue)}\n`;
  test.each([
    ["a long variable in many steps", `${long}${"RUN b $A\n".repeat(500)}`],
    ["a long variable in many words", `${long}RUN b ${"$A ".repeat(500)}`],
    ["a long variable many times in a word", `${long}RUN b ${"$A".repeat(500)}`],
    ["a variable of many words", `ENV A="${"a ".repeat(5000)}"\nRUN b ${"$A".repeat(2000)}`],
    ["a loop's variable in many words", `RUN for i in ${"a ".repeat(300)}; do b ${"$i ".repeat(5000)}; done`],
    [
      "a loop's variable many times in a word",
      `RUN for i in ${"a ".repeat(300)}; do b ${"$i".repeat(5000)}; done`,
    ],
    [
      "loops in loops",
      `RUN ${Array.from({ length: 30 }, (_, n) => `for i${n} in a b; do `).join("")} b ${Array.from({ length: 30 }, (_, n) => `$i${n}`).join("")}; ${"done;".repeat(30)}`,
    ],
    ["braces", `RUN b ${"{a,b}".repeat(30)}`],
    ["arguments that double", `RUN set -- aaaaaaaa; ${'set -- "$@" "$@"; '.repeat(40)} b "$@"`],
    ["an array that doubles", `RUN A=(aaaaaaaa); ${'A=("${A[@]}" "${A[@]}"); '.repeat(40)} b "\${A[@]}"`],
    ["a script that doubles", `RUN A='b c; '; ${'A="$A$A"; '.repeat(40)} eval "$A"`],
  ])("%s", (_, lines) => {
    const words = wordsOf(lines);
    expect(sizeOf(words)).toBeLessThan(mostExpanded + 2 * lines.length);
    expect(words.length).toBeLessThan(mostExpanded);
  });

  test("where the budget of a file ends, its variables are not known", () => {
    const words = wordsOf(`ENV A=${"a".repeat(longestValue)}\n${"RUN b $A\n".repeat(500)}`);
    expect(words[1]).toHaveLength(longestValue);
    expect(words.at(-1)).toBeUndefined();
  });

  test("but not how many variables the steps see, as none is copied for one", () => {
    const lines = Array.from({ length: 3000 }, (_, n) => `ENV A${n}=b\nRUN c $A${n}\n`).join("");
    const words = wordsOf(lines);
    expect(words[1]).toBe("b");
    expect(words.at(-1)).toBe("b");
  });
});

test.each([
  [mostHeredocs, ["cat", "systemctl", "enable", "a"]],
  [mostHeredocs + 1, []],
])("a script of %d heredocs", (count, words) => {
  const bodies = "A\n".repeat(count);
  expect(wordsOf(`RUN cat ${"<<A ".repeat(count)}; systemctl enable a\n${bodies}`)).toEqual(words);
});

test("directories below /run are looked for in a long text as far as the limit goes", () => {
  const unit = `# ${"x".repeat(300_000)}\n[Service]`;
  const made = (count: number) => {
    const lines = Array.from({ length: count }, (_, n) => `RUN mkdir /run/a${n}\n`).join("");
    const uses = Array.from({ length: count }, (_, n) => `WorkingDirectory=/run/a${n}\n`).join("");
    const text = `${lines}COPY <<A /etc/systemd/system/a.service\n${unit}\n${uses}A\n`;
    return dockerfile(text).findings.filter(({ rule }) => rule === "image-run-content").length;
  };
  expect(made(20)).toBe(20);
  expect(made(400)).toBeLessThan(200);
});

describe("compose files that repeat themselves", () => {
  const services = (count: number, body: string) =>
    Array.from({ length: count }, (_, n) => `  s${n}: ${body}\n`).join("");
  const read = (text: string) => readCompose("file:///w/compose.yaml", text, () => undefined).containers;

  test("a chain of aliases costs its length", () => {
    const names = "bcdefghij".split("");
    const chain = names
      .map((name, at) => `${name}: &${name} [${`*${"abcdefghij"[at]},`.repeat(9)}]\n`)
      .join("");
    const { failures } = compose("    tmpfs: *j\n", `a: &a [x]\n${chain}`);
    expect(failures).toEqual([]);
  });

  test("services that share a long list are read as far as the limit goes", () => {
    const list = `x-a: &a\n${"  - /a:/b\n".repeat(1000)}services:\n`;
    expect(read(`${list}${services(20, "{image: x, volumes: *a}")}`)).toHaveLength(20);
    expect(read(`${list}${services(300, "{image: x, volumes: *a}")}`).length).toBeLessThan(150);
  });

  test("services that merge a long mapping are", () => {
    const keys = Array.from({ length: 1000 }, (_, n) => `  k${n}: x\n`).join("");
    const map = `x-a: &a\n${keys}services:\n`;
    expect(read(`${map}${services(20, "{<<: *a, image: x}")}`)).toHaveLength(20);
    expect(read(`${map}${services(300, "{<<: *a, image: x}")}`).length).toBeLessThan(150);
  });

  test.each([
    ["nested", `${"${A:-".repeat(2500)}`],
    ["nested and closed", `${"${A:-".repeat(1600)}${"}".repeat(1600)}`],
    ["many", "${A:-b}".repeat(1400)],
    ["too long", "${A:-b}".repeat(2000)],
  ])("variables of a value: %s", (_, text) => {
    const [run] = read(`services:\n  web:\n    image: "${text}"\n`);
    expect(run?.spec.image?.length).toBeLessThanOrEqual(text.length);
  });
});

describe("patterns with many stars", () => {
  const stars = (count: number) => `${"*a".repeat(count)}*b`;
  const enabled = `RUN systemctl enable ${"a".repeat(60)}.service\n`;
  test.each([
    ["rm", `RUN rm -f /lib/systemd/system/sysinit.target.wants/${"*".repeat(60)}Z`],
    ["rm of a unit", `${enabled}RUN rm -f /etc/systemd/system/multi-user.target.wants/${stars(25)}`],
    ["find -name", `${enabled}RUN find /etc/systemd/system -name '${stars(25)}' -delete`],
    [
      "find -path",
      `${enabled}RUN find /etc/systemd/system -path '${stars(25)}' -not -name '${stars(30)}' -exec rm {} +`,
    ],
  ])("%s", (_, lines) => {
    const { failures } = dockerfile(lines);
    expect(failures).toEqual([]);
  });
});

describe("deletions that repeat one another", () => {
  const repeated = (count: number) =>
    `RUN systemctl enable a.service\n${"RUN rm -f /etc/systemd/system/*.wants/*\n".repeat(count)}`;
  const fixesOf = (lines: string) =>
    dockerfile(lines).findings.find(({ rule }) => rule === "image-wants-cleanup")?.fixes.length;

  test("are moved together", () => expect(fixesOf(repeated(mostRepeated))).toBe(1));
  test("are not moved where they are too many", () => expect(fixesOf(repeated(mostRepeated + 2))).toBe(0));
});
