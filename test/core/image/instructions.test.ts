// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are words of Dockerfiles and shells.
import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import { readDockerfile } from "../../../server/src/core/image/dockerfile";
import type { Image } from "../../../server/src/core/image/image";
import { readInstructions } from "../../../server/src/core/image/instructions";
import { growth } from "../../growth";

/** Keyword and arguments of each instruction. */
function split(text: string): [string, string][] {
  return readInstructions(text).instructions.map((item) => [item.keyword, item.arguments]);
}

function keywords(text: string): string {
  return split(text)
    .map(([keyword]) => keyword)
    .join(" ");
}

describe("the escape directive", () => {
  it.each<[string, string, "\\" | "`"]>([
    ["alone", "# escape=`\nFROM a", "`"],
    ["without blanks", "#escape=`\nFROM a", "`"],
    ["with blanks", "#  escape\t= ` \nFROM a", "`"],
    ["in any case", "# EsCape=`\nFROM a", "`"],
    ["with CRLF", "# escape=`\r\nFROM a", "`"],
    ["behind a byte order mark", "\uFEFF# escape=`\nFROM a", "`"],
    ["indented", "  # escape=`\nFROM a", "`"],
    ["behind other directives", "# syntax=docker/dockerfile:1\n# check=skip=all\n# escape=`\nFROM a", "`"],
    ["behind an unknown directive", "# foo=bar\n# escape=`\nFROM a", "\\"],
    ["behind a comment", "# a comment\n# escape=`\nFROM a", "\\"],
    ["behind an empty comment", "#\n# escape=`\nFROM a", "\\"],
    ["behind an empty line", "\n# escape=`\nFROM a", "\\"],
    ["behind an instruction", "FROM a\n# escape=`\nRUN b", "\\"],
    // The syntax directive may follow a shebang, the escape directive might not.
    ["behind a shebang", "#!/usr/bin/env builder\n# escape=`\nFROM a", "\\"],
    ["without a value", "# escape=\nFROM a", "\\"],
    ["of a backslash", "# escape=\\\nFROM a", "\\"],
  ])("%s", (_, text, escapeChar) => {
    expect(readInstructions(text).escapeChar).toBe(escapeChar);
  });

  it("continues lines, and the backslash does not any more", () => {
    expect(split("# escape=`\nFROM a\nRUN b `\n  c\nRUN dir c:\\\nUSER d")).toEqual([
      ["FROM", "a"],
      ["RUN", "b   c"],
      ["RUN", "dir c:\\"],
      ["USER", "d"],
    ]);
  });
});

describe("lines", () => {
  it.each<[string, string, [string, string][]]>([
    ["comments", "# c\n  # c\nFROM a # b\n\t#c\n", [["FROM", "a # b"]]],
    [
      "indented instructions",
      "  FROM a\n\tRUN b",
      [
        ["FROM", "a"],
        ["RUN", "b"],
      ],
    ],
    ["blanks of any kind behind the keyword", "FROM\t\v\f a", [["FROM", "a"]]],
    ["a byte order mark", "\uFEFFFROM a", [["FROM", "a"]]],
    [
      "a byte order mark further down",
      "FROM a\n\uFEFFRUN b",
      [
        ["FROM", "a"],
        ["\uFEFFRUN", "b"],
      ],
    ],
    [
      "one before a comment further down, which is none then",
      "FROM a\n\uFEFF# c \\\nUSER b",
      [
        ["FROM", "a"],
        ["\uFEFF#", "c USER b"],
      ],
    ],
    [
      "a no-break space",
      "\u00a0FROM a\nRUN\u00a0b",
      [
        ["FROM", "a"],
        ["RUN\u00a0B", ""],
      ],
    ],
    [
      "carriage returns",
      "FROM a\r\n\r\nRUN b \\\r\n c\r\n",
      [
        ["FROM", "a"],
        ["RUN", "b  c"],
      ],
    ],
    ["a carriage return alone", "FROM a\rRUN b", [["FROM", "a\rRUN b"]]],
    ["continued lines", "RUN a \\\n  b\\\nc", [["RUN", "a   bc"]]],
    ["blanks behind the continuation", "RUN a \\ \t\n b", [["RUN", "a  b"]]],
    [
      "other white space behind it",
      "RUN a \\\u00a0\nUSER b",
      [
        ["RUN", "a \\"],
        ["USER", "b"],
      ],
    ],
    ["comments and empty lines in between", "RUN a \\\n# c \\\n\n  # d\n \t\n b", [["RUN", "a  b"]]],
    [
      "a comment behind the last line",
      "RUN a \\\n b\n# c\n c",
      [
        ["RUN", "a  b"],
        ["C", ""],
      ],
    ],
    [
      "an escaped escape character",
      "RUN a \\\\\nUSER b",
      [
        ["RUN", "a \\\\"],
        ["USER", "b"],
      ],
    ],
    [
      "three escape characters",
      "RUN a \\\\\\\nUSER b",
      [
        ["RUN", "a \\\\\\"],
        ["USER", "b"],
      ],
    ],
    ["a line that is only continued", "\\\nFROM a", [["FROM", "a"]]],
    ["a keyword in two lines", "FR\\\nOM a", [["FROM", "a"]]],
    ["arguments on the next line", "FROM \\\n  a", [["FROM", "a"]]],
    [
      "a continuation at the end",
      "FROM a\nRUN b \\",
      [
        ["FROM", "a"],
        ["RUN", "b"],
      ],
    ],
    ["a continuation, then nothing but comments", "FROM a \\\n# c\n\n", [["FROM", "a"]]],
    [
      "a lost backslash",
      "RUN a\n  && b",
      [
        ["RUN", "a"],
        ["&&", "b"],
      ],
    ],
    ["nothing", "", []],
    ["nothing but white space", " \n\t\r\n", []],
  ])("%s", (_, text, expected) => {
    expect(split(text)).toEqual(expected);
  });

  it("counts stages", () => {
    const text = "ARG a\nFROM a\nRUN b\nfrom c\nRUN d";
    expect(readInstructions(text).instructions.map(({ stage }) => stage)).toEqual([-1, 0, 0, 1, 1]);
  });
});

/** What the heredocs of the last instruction are, and the keywords of all. */
function heredocs(text: string) {
  const { instructions } = readInstructions(text);
  const found = instructions.flatMap((item) => item.heredocs);
  return found.map(({ name, body, quoted, stripTabs }) => [
    name,
    body,
    ...(quoted ? ["quoted"] : []),
    ...(stripTabs ? ["tabs"] : []),
  ]);
}

describe("heredocs", () => {
  it.each<[string, string, string[][]]>([
    ["plain", "RUN <<EOF\na\n\n# b\nEOF\nUSER x", [["EOF", "a\n\n# b\n"]]],
    ["empty", "RUN <<EOF\nEOF\nUSER x", [["EOF", ""]]],
    ["of tabs", "RUN <<-EOF\n\ta\n\tEOF\nUSER x", [["EOF", "\ta\n", "tabs"]]],
    [
      "ended by a line with tabs only where it says so",
      "RUN <<EOF\n\tEOF\nEOF\nUSER x",
      [["EOF", "\tEOF\n"]],
    ],
    ["with CRLF", "RUN <<EOF\r\na\r\nEOF\r\nUSER x", [["EOF", "a\r\n"]]],
    ["in double quotes", 'RUN <<"EOF"\na\nEOF\nUSER x', [["EOF", "a\n", "quoted"]]],
    ["in single quotes", "RUN <<-'EOF'\na\nEOF\nUSER x", [["EOF", "a\n", "quoted", "tabs"]]],
    ["quoted with a blank", "RUN <<'one two'\na\none two\nUSER x", [["one two", "a\n", "quoted"]]],
    ["quoted in part", "RUN <<eo'f'\na\neof\nUSER x", [["eof", "a\n", "quoted"]]],
    ["with an escaped quote", "RUN <<eo\\'f\na\neo'f\nUSER x", [["eo'f", "a\n"]]],
    ["with a blank before the name", "RUN cat <<  EOF > /x\na\nEOF\nUSER x", [["EOF", "a\n"]]],
    ["with a blank behind the dash", "RUN <<- EOF\nUSER x", []],
    ["of another descriptor", "RUN 3<<EOF\na\nEOF\nUSER x", [["EOF", "a\n"]]],
    ["named like a variable", "RUN <<$EOF\na\n$EOF\nUSER x", [["$EOF", "a\n"]]],
    ["named like a file", "COPY <<a.conf /etc/\nb\na.conf\nUSER x", [["a.conf", "b\n"]]],
    [
      "two",
      "COPY <<A <<B /\n1\nA\n2\nB\nUSER x",
      [
        ["A", "1\n"],
        ["B", "2\n"],
      ],
    ],
    [
      "two of one name",
      "RUN <<A && b <<A\n1\nA\n2\nA\nUSER x",
      [
        ["A", "1\n"],
        ["A", "2\n"],
      ],
    ],
    ["on a continued line", "RUN a \\\n  <<EOF\nb\nEOF\nUSER x", [["EOF", "b\n"]]],
    ["behind flags", "RUN --mount=type=cache,target=/a <<EOF\nb\nEOF\nUSER x", [["EOF", "b\n"]]],
    ["of ADD", "ADD <<EOF /a\nb\nEOF\nUSER x", [["EOF", "b\n"]]],
    ["of ONBUILD", "ONBUILD RUN <<EOF\na\nEOF\nUSER x", [["EOF", "a\n"]]],
    ["of an ONBUILD that may not have one", "ONBUILD CMD <<EOF\nUSER x", []],
    ["of an ONBUILD in an ONBUILD", "ONBUILD ONBUILD RUN <<EOF\nUSER x", []],
    ["in double quotes, the mark too", 'RUN echo "cat <<EOF" > /u\nUSER x', []],
    ["in single quotes, the mark too", "RUN echo 'cat <<EOF' > /u\nUSER x", []],
    ["escaped", "RUN echo \\<<EOF\nUSER x", []],
    ["a here-string", "RUN cat <<<EOF\nUSER x", []],
    ["a word before it", "RUN cat >/x<<EOF\nUSER x", []],
    ["a shift", "RUN echo $((1<<3))\nUSER x", []],
    ["nothing behind it", "RUN cat <<\nUSER x", []],
    ["an empty name", "RUN cat <<''\nUSER x", []],
    ["behind an open quote", "RUN echo it's <<EOF\nUSER x", []],
    ["behind a substitution that BuildKit does not know", "RUN echo ${a[@]} <<EOF\nUSER x", []],
    ["behind one that it knows", "RUN echo ${a:-'}'}${b#\"x\"} <<EOF\nc\nEOF\nUSER x", [["EOF", "c\n"]]],
    ["in JSON form", 'RUN ["cat", "<<EOF"]\nUSER x', []],
    ["in what is no JSON", "RUN [ -e <<EOF ]\na\nEOF\nUSER x", [["EOF", "a\n"]]],
    ["of an instruction that has none", "ENV A=<<EOF\nCMD <<EOF\nLABEL a <<EOF\nUSER x", []],
    ["the name of a heredoc is an instruction", "RUN <<RUN\na\nRUN\nUSER x", [["RUN", "a\n"]]],
  ])("%s", (_, text, expected) => {
    expect(heredocs(text)).toEqual(expected);
    expect(split(text).at(-1)).toEqual(["USER", "x"]);
  });

  it("are not expanded by the escape character of the file", () => {
    expect(heredocs("# escape=`\nFROM a\nRUN <<E\\OF\nb\nEOF")).toEqual([["EOF", "b\n"]]);
  });

  it("end with the file when nothing closes them, and then say so", () => {
    const [run] = readInstructions("RUN <<EOF <<EOT\na\nUSER x").instructions;
    expect(run?.heredocs).toMatchObject([
      { name: "EOF", body: "a\nUSER x", closed: false },
      { name: "EOT", body: "", closed: false },
    ]);
  });

  it("belong to the span of their instruction, their end too", () => {
    const text = "RUN <<EOF \na\nEOF\n\nUSER x";
    const [run] = readInstructions(text).instructions;
    expect(text.slice(run?.span.start, run?.span.end)).toBe("RUN <<EOF \na\nEOF");
    expect(text.slice(run?.argumentsSpan.start, run?.argumentsSpan.end)).toBe("<<EOF");
  });
});

describe("arguments", () => {
  const image = (text: string) => readDockerfile(`FROM a\n${text}`).image() as Image;

  it.each([
    ["quotes in flags", 'COPY --from="b" --chown=a\\ c x /y', "b", ["x"], "/y"],
    ["two dashes", "COPY --from=b -- --x /y", "b", ["--x"], "/y"],
    ["JSON form behind flags", 'COPY --from=b ["a b", "/c"]', "b", ["a b"], "/c"],
    ["what is no JSON", "COPY ['a', '/c']", undefined, ["[a,"], "/c]"],
    ["white space that JSON does not know", 'COPY ["a",\u00a0"/c"]', undefined, [], "[a,\u00a0/c]"],
  ])("%s", (_, text, fromStage, sources, destination) => {
    const [copy] = image(text).copies;
    expect([copy?.fromStage, copy?.sources, copy?.destination]).toEqual([fromStage, sources, destination]);
  });

  it.each([
    ["ENV a b  c", "b  c"],
    ['ENV a "b  c"', "b  c"],
    ["ENV a=b\\ c", "b c"],
    ['ENV a="b c"d', "b cd"],
    ["ENV a='$b'", "$b"],
    ["ENV a=${-:-b}", "b"],
    ["ENV b=c a=$b", undefined],
  ])("%s", (text, value) => {
    expect(image(text).env.get("a")?.value).toBe(value);
  });

  it.each([
    ["HEALTHCHECK NONE", undefined],
    ["HEALTHCHECK none", undefined],
    ["HEALTHCHECK --interval=5s NONE", undefined],
    ["HEALTHCHECK --interval=5s CMD a", "--interval=5s CMD a"],
  ])("%s", (text, check) => {
    expect(image(`HEALTHCHECK CMD b\n${text}`).healthcheck?.arguments).toBe(check);
  });
});

/** Lines and parts of lines of which a Dockerfile may be made. */
const part = fc.constantFrom(
  ..."FROM a|RUN b|COPY c /d|ONBUILD RUN |ENV A=b|# c|# escape=`|<<EOF|<<-'E F'|EOF|\tE F|\n|\n|\n|\r\n| \\\n|`\n".split(
    "|",
  ),
  ...'\\|\\\\\n| |\t|"|\'|$|${|${x:-|}|["a"]|<|--flag=x |&& d|\u00a0|\uFEFF|é'.split("|"),
);
const dockerfile = fc.array(part, { maxLength: 40 }).map((parts) => parts.join(""));

describe("whatever is in the file", () => {
  /** White space as BuildKit has it: a byte order mark is none. */
  const white = /[^\S\uFEFF]|\u0085/;

  test("spans are in order and hold all text but comments", () => {
    fc.assert(
      fc.property(dockerfile, (text) => {
        let at = 0;
        for (const { span, keywordSpan, argumentsSpan, heredocs: found } of readInstructions(text)
          .instructions) {
          expect(span.start).toBeGreaterThanOrEqual(at);
          expect(between(text.slice(at, span.start))).toEqual([]);
          expect(span.start).toBeLessThan(span.end);
          expect(white.test(text[span.end - 1] ?? "")).toBe(false);
          let inner = span.start;
          for (const { start, end } of [
            keywordSpan,
            argumentsSpan,
            ...found.map((heredoc) => heredoc.span),
          ]) {
            expect(start).toBeGreaterThanOrEqual(inner);
            expect(end).toBeGreaterThanOrEqual(start);
            inner = start === end ? inner : end;
          }
          at = span.end;
        }
        expect(between(text.slice(at))).toEqual([]);
      }),
      { numRuns: 2000 },
    );
  });

  /** Lines between instructions that are neither empty nor comments. */
  function between(text: string): string[] {
    return text
      .split("\n")
      .map((line) => line.replace(/^\uFEFF/, "").replace(/^[^\S\uFEFF]+/, ""))
      .filter((line) => line !== "" && !line.startsWith("#"));
  }

  test("a file ends where its last line ends: what follows is read as it is alone", () => {
    // It is read below an instruction each time: a byte order mark is one at the very beginning only.
    const whole = dockerfile
      .map((text) => `FROM a\n${text}`)
      .filter((text) => {
        const probed = `${text}\nUSER probe`;
        const last = readInstructions(probed).instructions.at(-1);
        return probed.slice(last?.span.start) === "USER probe";
      });
    fc.assert(
      fc.property(whole, dockerfile, (first, second) => {
        const plain = `\n${second.replaceAll("\uFEFF", "")}`;
        expect(split(`${first}\n${plain}`)).toEqual([...split(first), ...split(plain)]);
      }),
      { numRuns: 1000 },
    );
  });

  test("CRLF changes nothing but the ends of heredoc lines", () => {
    fc.assert(
      fc.property(dockerfile, (text) => {
        const lf = text.replaceAll("\r", "");
        expect(split(lf.replaceAll("\n", "\r\n"))).toEqual(split(lf));
      }),
      { numRuns: 1000 },
    );
  });
});

describe("the work that is done", () => {
  it.each([
    ["instructions", (n: number) => "RUN a\n".repeat(n)],
    ["continued lines", (n: number) => `RUN a${" \\\n b".repeat(n)}`],
    ["comments in a continued line", (n: number) => `RUN a \\\n${"# c\n".repeat(n)} b`],
    ["heredocs", (n: number) => `RUN ${"<<A ".repeat(n)}\n${"A\n".repeat(n)}`],
    ["marks that nothing closes", (n: number) => `RUN ${"<<A ".repeat(n)}\n${"a\n".repeat(n)}`],
    ["lines of a heredoc", (n: number) => `RUN <<EOF\n${"a\n".repeat(n)}EOF`],
    ["substitutions in one another", (n: number) => `RUN <<A ${"${a:-".repeat(n)}${"}".repeat(n)}`],
    ["quotes", (n: number) => `RUN <<A ${'\'"" '.repeat(n)}`],
    ["blanks", (n: number) => `RUN <<A ${" ".repeat(n)}b`],
    ["strings of JSON", (n: number) => `RUN [${'"<<a", '.repeat(n)}`],
    ["flags", (n: number) => `RUN ${"--a=b ".repeat(n)}<<A`],
    [
      "carriage returns",
      (n: number) => `RUN <<A\n${"\r".repeat(n)}b\n${"\r".repeat(n)}A\nRUN ${"\r".repeat(n)}b`,
    ],
    ["tabs", (n: number) => `RUN <<-A\n${"\t".repeat(n)}b\nA\n${"\t".repeat(n)}RUN ${"\t".repeat(n)}`],
    ["escape characters", (n: number) => `RUN <<A ${"\\".repeat(n)}`],
  ])("grows with the file: %s", (_, make) => {
    // As much text at once is as much work; a square would make it 2.
    expect(growth(make, readInstructions, 1_000, 16_000, 1.5)).toBeLessThan(1.5);
  });
});

describe("a file that BuildKit rejects", () => {
  it.each<[string, string, string | undefined]>([
    ["an unknown instruction", "FROM a\nRUN b\n  && c", "unknown instruction: &&"],
    ["an open heredoc", "FROM a\nRUN <<EOF\nb", "unterminated heredoc"],
    ["an invalid escape", "# escape=x\nFROM a", "invalid escape token 'x' does not match ` or \\"],
    ["a directive twice", "# escape=`\n# escape=`\nFROM a", "only one escape parser directive can be used"],
    ["an instruction before FROM", "RUN a\nFROM b", "no build stage in current context"],
    ["a name without a value", "FROM a\nENV b", "ENV must have two arguments"],
    ["a word without =", "FROM a\nLABEL b=c d", 'can\'t find = in "d"'],
    ["an empty name", "FROM a\nENV =b", "ENV names can not be blank"],
    [
      "numbers in JSON",
      'FROM a\nCMD ["b", 1]',
      "when using JSON array syntax, arrays must be comprised of strings only",
    ],
    [
      "a list in a list",
      'FROM a\nVOLUME [["/b"]]',
      "when using JSON array syntax, arrays must be comprised of strings only",
    ],
    ["FROM with two words", "FROM a b", "FROM requires either one or three arguments"],
    ["COPY with one word", "FROM a\nCOPY --link b", "COPY requires at least two arguments"],
    ["nothing to expose", "FROM a\nEXPOSE", "EXPOSE requires at least one argument"],
    ["no user", "FROM a\nUSER", "USER requires exactly one argument"],
    ["SHELL without JSON", "FROM a\nSHELL bash -c", "SHELL requires the arguments to be in JSON form"],
    ["nothing", "ARG a\nFROM a AS b\nENV a b\nRUN\nCMD [a]\nHEALTHCHECK NONE\nMAINTAINER x", undefined],
    ["no instruction at all", "# c\n", undefined],
  ])("%s", (_, text, reason) => {
    expect(readDockerfile(text).problem?.message.args.reason).toBe(reason);
  });

  it("says where", () => {
    const text = "FROM a\nRUN b\n  && c";
    const { start, end } = readDockerfile(text).problem?.span ?? { start: 0, end: 0 };
    expect(text.slice(start, end)).toBe("&&");
  });
});

test("keywords are read whatever their case", () => {
  expect(keywords("from a\nRun b\nuSER c")).toBe("FROM RUN USER");
});
