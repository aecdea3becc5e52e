import { describe, expect, it } from "vitest";
import { applyEdits } from "../../../server/src/core/base/text";
import { readDockerfile } from "../../../server/src/core/image/dockerfile";
import type { Image, ImageEditor } from "../../../server/src/core/image/image";
import { imageOf } from "./read";

/** The text after one verb, LF and CRLF agreeing. */
function edited(
  text: string,
  verb: (edit: ImageEditor, image: Image) => ReturnType<ImageEditor["remove"]> | undefined,
): string | undefined {
  const run = (source: string) => {
    const image = imageOf(source);
    const edits = verb(image.edit, image);
    return edits && applyEdits(source, edits);
  };
  const result = run(text);
  expect(run(text.replaceAll("\n", "\r\n"))).toBe(result?.replaceAll("\n", "\r\n"));
  return result;
}

describe("setEnv", () => {
  it.each<[says: string, before: string, after: string]>([
    ["after FROM", "FROM x\nRUN a\n", "FROM x\nENV container=docker\nRUN a\n"],
    [
      "after the ARGs of the stage",
      "FROM x\n# why\nARG A\nARG B\nRUN a\nARG C\n",
      "FROM x\n# why\nARG A\nARG B\nENV container=docker\nRUN a\nARG C\n",
    ],
    ["in the last stage", "FROM x AS a\nFROM a\n", "FROM x AS a\nFROM a\nENV container=docker\n"],
    ["at the end without a new line", "ARG A\nFROM x", "ARG A\nFROM x\nENV container=docker"],
    ["in lower case", "from x\nrun a\n", "from x\nenv container=docker\nrun a\n"],
    ["indented", "  FROM x\n  RUN a\n", "  FROM x\n  ENV container=docker\n  RUN a\n"],
    ["after a FROM of several lines", "FROM \\\n  x\nRUN a\n", "FROM \\\n  x\nENV container=docker\nRUN a\n"],
    ["in place", "FROM x\nENV A=b container= C=d\n", "FROM x\nENV A=b container=docker C=d\n"],
    ["in place of the old form", "FROM x\nENV container foo\n", "FROM x\nENV container=docker\n"],
    [
      "the one that counts",
      "FROM x\nENV container=a\nENV container=b\n",
      "FROM x\nENV container=a\nENV container=docker\n",
    ],
    [
      "not in the stage below",
      "FROM x AS a\nENV container=b\nFROM a\n",
      "FROM x AS a\nENV container=b\nFROM a\nENV container=docker\n",
    ],
  ])("%s", (_, before, after) => {
    expect(edited(before, (edit) => edit.setEnv("container", "docker"))).toBe(after);
  });
  it("quotes where it must", () => {
    expect(edited("FROM x\n", (edit) => edit.setEnv("A", 'b "c" $d'))).toBe(
      'FROM x\nENV A="b \\"c\\" \\$d"\n',
    );
  });
});

describe("the old form of ENV", () => {
  it.each<[before: string, after: string | undefined]>([
    ["FROM x\nENV A b\n", "FROM x\nENV A=b\n"],
    ["FROM x\nENV A  b c\nENV D e\nENV F=g\n", 'FROM x\nENV A="b c"\nENV D=e\nENV F=g\n'],
    ['FROM x\nENV A b\nENV C "d"\n', undefined],
    ["FROM x\nENV A b\nENV C d\\\n e\n", undefined],
    ["FROM x\nENV A=b\n", undefined],
    ["FROM x AS a\nENV A b\nFROM a\nENV C $A\n", "FROM x AS a\nENV A b\nFROM a\nENV C=$A\n"],
  ])("of %j is left wherever the stage has it, or nowhere", (before, after) => {
    expect(edited(before, (edit) => edit.modernEnv())).toBe(after);
  });
  it("stays among others of it", () => {
    expect(edited("FROM x\nENV A b\nENV container foo\n", (edit) => edit.setEnv("container", "docker"))).toBe(
      "FROM x\nENV A b\nENV container docker\n",
    );
  });
});

it("renames a variable wherever the stage sets it", () => {
  const text = "FROM x\nENV continer=docker A=continer\nENV continer podman\n";
  expect(edited(text, (edit) => edit.renameEnv("continer", "container"))).toBe(
    "FROM x\nENV container=docker A=continer\nENV container podman\n",
  );
  expect(edited(text, (edit) => edit.renameEnv("nope", "container"))).toBeUndefined();
});

describe("setStopSignal", () => {
  it.each<[says: string, before: string, after: string]>([
    ["in place", "FROM x\nstopsignal  SIGTERM \nCMD a\n", "FROM x\nstopsignal SIGRTMIN+3 \nCMD a\n"],
    ["before CMD", 'FROM x\nRUN a\nCMD ["b"]', 'FROM x\nRUN a\nSTOPSIGNAL SIGRTMIN+3\nCMD ["b"]'],
    [
      "before what is said about CMD",
      "FROM x\nRUN a\n# start\nCMD b\n",
      "FROM x\nRUN a\nSTOPSIGNAL SIGRTMIN+3\n# start\nCMD b\n",
    ],
    [
      "before USER and ENTRYPOINT",
      "FROM x\nUSER root\nENTRYPOINT a\nCMD b\n",
      "FROM x\nSTOPSIGNAL SIGRTMIN+3\nUSER root\nENTRYPOINT a\nCMD b\n",
    ],
    [
      "at the end where there is no CMD",
      "FROM x\nRUN <<EOF\na\nEOF\n",
      "FROM x\nRUN <<EOF\na\nEOF\nSTOPSIGNAL SIGRTMIN+3\n",
    ],
    ["without an argument yet", "FROM x\nSTOPSIGNAL\nCMD a\n", "FROM x\nSTOPSIGNAL SIGRTMIN+3\nCMD a\n"],
  ])("%s", (_, before, after) => {
    expect(edited(before, (edit) => edit.setStopSignal("SIGRTMIN+3"))).toBe(after);
  });
});

describe("removeVolumes", () => {
  it.each<[before: string, after: string | undefined]>([
    ['FROM x\nVOLUME ["/run"]\nCMD a\n', "FROM x\nCMD a\n"],
    ['FROM x\nVOLUME ["/run", "/data"]\n', 'FROM x\nVOLUME ["/data"]\n'],
    ['FROM x\nVOLUME ["/data", "/run"]\n', 'FROM x\nVOLUME ["/data"]\n'],
    ['FROM x\nVOLUME ["/a","/run","/tmp","/b"]\n', 'FROM x\nVOLUME ["/a","/b"]\n'],
    ['FROM x\nVOLUME [ "/run", "/tmp" , "/b" ]\n', 'FROM x\nVOLUME [ "/b" ]\n'],
    ['FROM x\nVOLUME ["/run", "/a", "/tmp"]\n', 'FROM x\nVOLUME ["/a"]\n'],
    ["FROM x\nVOLUME /run /a /tmp\n", "FROM x\nVOLUME /a\n"],
    ["FROM x\nVOLUME /a \\\n  /run\n", "FROM x\nVOLUME /a\n"],
    ["FROM x\nVOLUME /run\nVOLUME /tmp", "FROM x"],
    ["FROM x\nVOLUME /a\nVOLUME /tmp", "FROM x\nVOLUME /a"],
    ["FROM x\nVOLUME /run\nVOLUME /a\nVOLUME /tmp\n", "FROM x\nVOLUME /a\n"],
    ["FROM x\nRUN a\n# what is kept\nVOLUME /run\nCMD b\n", "FROM x\nRUN a\n# what is kept\nCMD b\n"],
    ["FROM x\n\n# the cgroup tree\nVOLUME /run\n\nCMD b\n", "FROM x\n\nCMD b\n"],
    ["FROM x\n\n# what is kept\nVOLUME /run\nCMD b\n", "FROM x\n\n# what is kept\nCMD b\n"],
    ["FROM x\n# what is kept\nVOLUME /run\n\nCMD b\n", "FROM x\n# what is kept\n\nCMD b\n"],
    ["FROM x\n# syntax\n\n# tree\nVOLUME /run\nVOLUME /tmp\n\nCMD b\n", "FROM x\n# syntax\n\nCMD b\n"],
    ["FROM x\nRUN a\n\nVOLUME /run\n\nCMD b\n", "FROM x\nRUN a\n\nCMD b\n"],
    ["FROM x\nRUN a\n\nVOLUME /run\n \t\n\nCMD b\n", "FROM x\nRUN a\n\nCMD b\n"],
    ["FROM x\nRUN a\n\nVOLUME /run\n\nVOLUME /tmp\n\nCMD b\n", "FROM x\nRUN a\n\nCMD b\n"],
    ["FROM x\nRUN a\n\n# tree\nVOLUME /run\n", "FROM x\nRUN a\n"],
    ["FROM x\nRUN a\n\nVOLUME /run", "FROM x\nRUN a"],
    ["FROM x\nRUN a\n\nVOLUME /run\n\n\n", "FROM x\nRUN a\n"],
    ["FROM x\n# systemd-containers-ignore b\nVOLUME /run\nCMD c\n", "FROM x\nCMD c\n"],
    ["FROM x\n# systemd-containers-ignore b\n\n# c\nVOLUME /run\nCMD d\n", "FROM x\n\n# c\nCMD d\n"],
    [
      "FROM x\n\n# systemd-containers-ignore-file b\nVOLUME /run\n\nCMD d\n",
      "FROM x\n\n# systemd-containers-ignore-file b\n\nCMD d\n",
    ],
    ["FROM x\n# all volumes\nVOLUME /run\nVOLUME /a\n", "FROM x\n# all volumes\nVOLUME /a\n"],
    ["FROM x\nVOLUME /a\n", undefined],
    ["FROM x AS a\nVOLUME /run\nFROM a\n", undefined],
  ])("%j", (before, after) => {
    expect(edited(before, (edit) => edit.removeVolumes(["/run", "/tmp"]))).toBe(after);
  });
});

describe("setProgram, insert, remove, replace", () => {
  it("writes the exec form", () => {
    expect(
      edited("FROM x\ncmd /sbin/init \\\n  --a\n", (edit) => edit.setProgram("CMD", ["/sbin/init", 'b"c'])),
    ).toBe('FROM x\ncmd ["/sbin/init", "b\\"c"]\n');
    expect(edited("FROM x\nRUN a", (edit) => edit.setProgram("CMD", ["/sbin/init"]))).toBe(
      'FROM x\nRUN a\nCMD ["/sbin/init"]',
    );
  });
  it("replaces the one that counts", () => {
    expect(edited("FROM x\nCMD a\nCMD b\n", (edit) => edit.setProgram("CMD", ["c"]))).toBe(
      'FROM x\nCMD a\nCMD ["c"]\n',
    );
  });
  it("puts a RUN before the USER that takes root away", () => {
    const text = "FROM x\nRUN a\nUSER app\nWORKDIR /w\nCMD b\n";
    expect(edited(text, (edit) => edit.insert("RUN c", "before-program"))).toBe(
      "FROM x\nRUN a\nRUN c\nUSER app\nWORKDIR /w\nCMD b\n",
    );
    expect(edited(text, (edit) => edit.insert("RUN c", "end"))).toBe(
      "FROM x\nRUN a\nRUN c\nUSER app\nWORKDIR /w\nCMD b\n",
    );
    expect(edited(text.replace("app", "root"), (edit) => edit.insert("RUN c", "before-program"))).toBe(
      "FROM x\nRUN a\nUSER root\nWORKDIR /w\nRUN c\nCMD b\n",
    );
  });
  it("removes an instruction of several lines with its comment", () => {
    const text = "FROM x\n\n# why\n# so\nRUN a \\\n  b\n\nCMD c\n";
    expect(edited(text, (edit, { own }) => own[0] && edit.remove(own[0]))).toBe("FROM x\n\nCMD c\n");
  });
  it("inserts above the comments that belong to an instruction", () => {
    const ignore = "# systemd-containers-ignore a";
    for (const [gap, before] of [
      ["# c\n", ""],
      ["\n", "\n"],
      ["# b\n\n# c\n", "# b\n\n"],
      [`${ignore}\n\n`, ""],
      [`# b\n\n# c\n${ignore}\n# d\n\n# e\n\n`, "# b\n\n"],
      [`${ignore}\n\n# b\n`, ""],
    ] as const) {
      const text = `FROM x\nRUN a\n${gap}CMD b\n`;
      const after = `FROM x\nRUN a\n${before}STOPSIGNAL 1\n${gap.slice(before.length)}CMD b\n`;
      expect(edited(text, (edit) => edit.insert("STOPSIGNAL 1", "before-program"))).toBe(after);
    }
  });
  it("leaves the comments inside the instruction above alone", () => {
    const text = "FROM x\nRUN a \\\n  # inside\n  b\nVOLUME /run\n";
    expect(edited(text, (edit, { own }) => own[1] && edit.remove(own[1]))).toBe(
      "FROM x\nRUN a \\\n  # inside\n  b\n",
    );
  });
  it("adds no line to one that is continued at the end of the file", () => {
    for (const end of ["", "\n", " \n# c\n", "\n \\\n"]) {
      const text = edited(`FROM x\nRUN a \\${end}`, (edit) => edit.insert("RUN b", "end"));
      expect(readDockerfile(text ?? "").instructions.map((item) => item.arguments)).toEqual(["x", "a", "b"]);
    }
  });
  it("replaces a span", () => {
    expect(edited("FROM x\nCMD a\n", (edit, { cmd }) => cmd && edit.replace(cmd.span, "b"))).toBe(
      "FROM x\nCMD b\n",
    );
  });
});
