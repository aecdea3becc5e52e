// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are words of Dockerfiles and shells.
import { describe, expect, it } from "vitest";
import { readCommands, readScriptFile } from "../../../server/src/core/shell/commands";
import { type MappedText, plainText } from "../../../server/src/core/shell/mapped-text";

/** Words of each command; a word that is not known is `?`. */
function words(script: string, variables: Record<string, string | undefined> = {}): string[] {
  return readCommands(plainText(script), { variables: new Map(Object.entries(variables)) }).map((command) =>
    command.words.map((word) => word ?? "?").join(" "),
  );
}

describe("the commands that a script executes", () => {
  const table: [says: string, script: string, commands: string[]][] = [
    ["lists", "a && b; c || d\ne & f", ["a", "b", "c", "d", "e", "f"]],
    ["pipes, negation", "! a | b -x", ["a", "b -x"]],
    ["subshells and groups", "(a; b) && { c; }", ["a", "b", "c"]],
    ["if, while, for, case", "if a; then b; elif c; then d; else e; fi; while f; do g; done", [..."abcdefg"]],
    ["case", "case $x in a) b;; *) c;; esac", ["b", "c"]],
    ["quotes", `a 'b c' "d e" f\\ g $'h\\ti'`, ["a b c d e f g h\ti"]],
    ["comments", "a # b\n# c\nd", ["a", "d"]],
    [
      "sudo, env, exec, nice",
      "sudo -u x env A=b nice -n 5 a -b; exec c; timeout -k 1 10 d",
      ["a -b", "c", "d"],
    ],
    ["a query is no call", "command -v systemctl", ["command -v systemctl"]],
    ["sh -c", `sh -c 'a; b "c d"'; bash -lc "e f"`, ["a", "b c d", "e f"]],
    ["sh -c with known variables put in", `A=x; sh -c "y $A"`, ["y x"]],
    ["sh -c of something unknown", 'sh -c "$CODE"', ["sh -c ?"]],
    ["sh with a file", "sh ./install.sh -x", ["sh ./install.sh -x"]],
    ["su -c and eval", "su - user -c 'a b'; eval 'c d'", ["a b", "c d"]],
    ["a heredoc that a shell reads", "bash -e <<'EOF'\na\nb\nEOF\nc", ["a", "b", "c"]],
    ["a heredoc that is only written", "cat > /x <<EOF\nsystemctl start y\nEOF\na", ["cat", "a"]],
    ["a heredoc for another interpreter", "<<EOF\n#!/usr/bin/env python3\nprint(1)\nEOF", []],
    ["an echo is not what it says", "echo 'systemctl start x' > /y", ["echo systemctl start x"]],
    ["substitutions are executed", 'a "$(b c)" `d`', ["b c", "d", "a ? ?"]],
    ["functions where they are called", 'f() { a; exec "$@"; }\nb\nf c d', ["b", "a", "c d"]],
    ["functions that are not called, at the end", "f() { a; }\nb", ["b", "a"]],
    ["a function that calls itself", "f() { a; f; }\nf", ["a", "f"]],
    ["redirections without a command", ": > /a; > /b", [":", ""]],
    ["half-typed text", "a && b 'c", ["a", "b c"]],
  ];
  it.each(table)("%s", (_, script, expected) => {
    expect(words(script)).toEqual(expected);
  });
});

describe("variables", () => {
  const table: [says: string, script: string, commands: string[]][] = [
    ["assignment", 'P="a b"; i $P', ["i a b"]],
    ["quoted, not split", 'P="a b"; i "$P"', ["i a b"]],
    ["appending", "P=a; P+=b; i $P", ["i ab"]],
    ["from outside", "i $OUT", ["i out"]],
    ["unknown", "i $NOPE x", ["i ? x"]],
    ["partly unknown", "i a-$NOPE", ["i ?"]],
    ["default", `i \${NOPE:-d} \${OUT:+e}`, ["i d e"]],
    ["prefix and suffix removal", `F=a/b.c; i \${F##*/} \${F%.c} \${F#*/}`, ["i b.c a/b b.c"]],
    ["empty and unquoted vanishes", 'E=; i $E "$E" x', ["i  x"]],
    ["a loop variable is all its values", "for s in a b; do i $s.service; done", ["i a.service b.service"]],
    ["array", 'A=(a "b c"); i "${A[@]}"', ["i a b c"]],
    ["braces", "i {a,b}.x", ["i a.x b.x"]],
    ["export", "export A=b; i $A", ["i b"]],
    ["command output", "A=$(c); i $A", ["c", "i ?"]],
    ["two branches", "if t; then A=x; else A=y; fi; i $A", ["t", "i ?"]],
    ["subshell keeps its own", "A=x; (A=y); i $A", ["i x"]],
    ["set --", 'set -- a b; i "$@" $2', ["i a b b"]],
    ["shift", 'set -- a b; shift; i "$@"', ["i b"]],
    ["read", "A=b; read A; i $A", ["read A", "i ?"]],
  ];
  it.each(table)("%s", (_, script, expected) => {
    expect(words(script, { OUT: "out" })).toEqual(expected);
  });
  it("keeps the words of a quoted value together", () => {
    const [command] = readCommands(plainText('P="a b"; i "$P" $P'));
    expect(command?.words).toEqual(["i", "a b", "a", "b"]);
  });
});

describe("whose failure counts, what is conditional and what comes last", () => {
  /** `i` failure ignored, `c` conditional, `l` last, for each command. */
  const flags = (script: string, errexit = false) =>
    readCommands(plainText(script), { errexit }).map(
      ({ words, failureIgnored, conditional, last }) =>
        `${words[0]}:${failureIgnored ? "i" : ""}${conditional ? "c" : ""}${last ? "l" : ""}`,
    );
  const table: [script: string, flags: string[]][] = [
    ["a", ["a:l"]],
    ["a && b", ["a:", "b:l"]],
    ["a; b", ["a:i", "b:l"]],
    ["set -e; a; b", ["a:", "b:l"]],
    ["set -e; set +e; a; b", ["a:i", "b:l"]],
    ["set -o errexit; a; b", ["a:", "b:l"]],
    ["set -eux; a && b; c", ["a:i", "b:", "c:l"]],
    ["a || true", ["a:il", "true:cl"]],
    ["a || :", ["a:il", "::cl"]],
    ["a; exit 0", ["a:il", "exit:l"]],
    ["a || exit 1", ["a:l", "exit:cl"]],
    ["a || { echo no; exit 1; }", ["a:l", "echo:icl", "exit:cl"]],
    ["a || b && c", ["a:i", "b:c", "c:l"]],
    ["[ -f x ] && a && b", ["[:", "a:c", "b:cl"]],
    ["if a; then b; fi", ["a:i", "b:cl"]],
    ["set -e; if a; then b; c; fi", ["a:i", "b:c", "c:cl"]],
    ["a | b", ["a:il", "b:l"]],
    ["set -o pipefail; a | b", ["a:l", "b:l"]],
    ["! a", ["a:il"]],
    ["a & b", ["a:i", "b:l"]],
    ["(a; b) || true", ["a:i", "b:il", "true:cl"]],
    ["set -e; (a; b); c", ["a:", "b:", "c:l"]],
    ["for i in 1; do a; done; b", ["a:ic", "b:l"]],
  ];
  it.each(table)("%s", (script, expected) => {
    expect(flags(script)).toEqual(expected);
  });
  it("takes errexit from the shell's options", () => {
    expect(flags("a; b", true)).toEqual(["a:", "b:l"]);
  });
});

it("says what a command reads, writes and gets as its own environment", () => {
  const [command] = readCommands(plainText("A=1 env B=2 cat <<'EOF' >> /etc/x 2>&1\nbody\nEOF\n"));
  expect(command?.words).toEqual(["cat"]);
  expect([...(command?.environment ?? [])]).toEqual([
    ["A", "1"],
    ["B", "2"],
  ]);
  expect(command?.redirections.map(({ operator, target, body }) => [operator, target, body])).toEqual([
    ["<<", undefined, "body\n"],
    [">>", "/etc/x", undefined],
    [">&", "1", undefined],
  ]);
});

it("gives the place of every word, in nested scripts too", () => {
  const script = `sudo systemctl enable "ssh"; sh -c 'mask "a b"; x $Y'`;
  const commands = readCommands(plainText(script, 100));
  const written = commands.map(({ wordSpans }) =>
    wordSpans.map(({ start, end }) => script.slice(start - 100, end - 100)),
  );
  expect(written).toEqual([
    ["systemctl", "enable", '"ssh"'],
    ["mask", '"a b"'],
    ["x", "$Y"],
  ]);
});

describe("script files", () => {
  it("reads what an entry script execs, with its arguments", () => {
    const plain = readScriptFile('#!/bin/sh -e\nmkdir -p /run/x\nexec "$@"\n', {
      positional: ["/sbin/init", "--x"],
    });
    expect(plain.map(({ words, exec, failureIgnored }) => [words, exec, failureIgnored])).toEqual([
      [["mkdir", "-p", "/run/x"], false, false],
      [["/sbin/init", "--x"], true, false],
    ]);
  });
  it("takes a conditional set -- for a default", () => {
    const script = 'if [ $# -eq 0 ]; then set -- /sbin/init; fi\nexec "$@"\n';
    const started = (positional: string[]) =>
      readScriptFile(script, { positional }).find(({ exec }) => exec)?.words;
    expect(started([])).toEqual(["/sbin/init"]);
    expect(started(["bash", "-l"])).toEqual(["bash", "-l"]);
    expect(readScriptFile('exec "$@"').map(({ words }) => words)).toEqual([[undefined]]);
  });
  it("reads CRLF", () => {
    const text = "#!/bin/sh\r\necho a\r\nexec /sbin/init\r\n";
    const commands = readScriptFile(text);
    expect(commands.map(({ words, span }) => [words, text.slice(span.start, span.end)])).toEqual([
      [["echo", "a"], "echo a"],
      [["/sbin/init"], "exec /sbin/init"],
    ]);
  });
  it.each(["#!/usr/bin/python3\nimport os", "#!/usr/bin/env node\nx()", "#!/usr/bin/perl\nexec 'a'"])(
    "has no commands for another interpreter: %s",
    (text) => {
      expect(readScriptFile(text)).toEqual([]);
    },
  );
});

it("looks at each place a bounded number of times, however long the script is", () => {
  const looks = (lines: number) => {
    const text =
      Array.from({ length: lines }, (_, index) => `echo ${index} "$(date)" &&`).join("\n") + "\ntrue";
    let count = 0;
    const pieces = Array.from({ length: lines }, (_, index) => ({ at: index * 10, source: index * 10 }));
    const counted = new Proxy(pieces, {
      get(target, key, receiver) {
        if (typeof key === "string" && /^\d+$/.test(key)) count++;
        return Reflect.get(target, key, receiver);
      },
    });
    const source: MappedText = { text, pieces: counted };
    expect(readCommands(source)).toHaveLength(2 * lines + 1);
    return count;
  };
  // The places are found by halving, so eight times the lines may cost eight times the looks and three steps more each.
  expect(looks(8000)).toBeLessThan(looks(1000) * 8 * 2);
});
