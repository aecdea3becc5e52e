import { copyFileSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { listFiles, PackageManager } from "@vscode/vsce";
import { describe, expect, test } from "vitest";
import { englishFiles, faultsOf, languages, root, textsIn, translationOf } from "./translations";

describe("translations", () => {
  test.each(
    languages.flatMap((language) => englishFiles.map((path) => [translationOf(path, language), path])),
  )("%s has every text of %s", (path, english) => {
    expect(faultsOf(textsIn(english), textsIn(path)), `Translate these texts in ${path}`).toEqual([]);
  });

  test("are packaged", async () => {
    const translated = languages.flatMap((language) =>
      englishFiles.map((path) => translationOf(path, language)),
    );
    // A directory with these files alone: all files of the project take minutes to list.
    const folder = mkdtempSync(join(tmpdir(), "systemd-containers-packaged-"));
    try {
      for (const path of ["package.json", ".vscodeignore", ...translated]) {
        mkdirSync(dirname(join(folder, path)), { recursive: true });
        copyFileSync(join(root, path), join(folder, path));
      }
      const packaged = await listFiles({ cwd: folder, packageManager: PackageManager.None });
      expect(packaged).toEqual(expect.arrayContaining(translated));
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  test.each([
    ["a missing text", { a: "Stop", b: "Start" }, { b: "启动" }, ['missing: "a": "Stop"']],
    [
      "a text of before",
      { Stop: "Stop" },
      { Stop: "停止", Halt: "关机" },
      ['no longer used: "Halt": "关机"'],
    ],
    ["a copy", { Stop: "Stop" }, { Stop: "Stop" }, ['not translated: "Stop"']],
    ["an empty text", { Stop: "Stop" }, { Stop: "" }, ['not translated: "Stop"']],
    [
      "a name",
      { a: "Docker", b: "{what}", c: '"No such file"' },
      { a: "Docker", b: "{what}", c: '"No such file"' },
      [],
    ],
    ["places in another order", { a: "{0} of {1}" }, { a: "{1} 的 {0}" }, []],
    [
      "another place",
      { a: "{0}." },
      { a: "{1}。" },
      ['must contain ["{0}"] but contains ["{1}"]: "a": "{1}。"'],
    ],
    [
      "changed code",
      { a: "Run `id`." },
      { a: "请运行 id。" },
      ['must contain ["`id`"] but contains []: "a": "请运行 id。"'],
    ],
  ])("%s", (_name, english, translated, faults) => {
    expect(faultsOf(english as never, translated as never)).toEqual(faults);
  });
});

describe("Chinese", () => {
  const texts = englishFiles.flatMap((path) => Object.values(textsIn(translationOf(path, "zh-cn"))));
  const withoutCode = texts.map((text) => text.replace(/`[^`]*`|"(?:[^"\\]|\\.)*"/g, "`"));

  test("has full-width punctuation", () => {
    expect(withoutCode.filter((text) => /\p{sc=Han}[,;:!?]|[,;!?]\p{sc=Han}/u.test(text))).toEqual([]);
  });

  test("has a space between Chinese and Latin words, and none beside full-width punctuation", () => {
    const lacking = /\p{sc=Han}[\w`]|[\w`]\p{sc=Han}/u;
    const needless = / [（）。，；：、“”]|[（，；：、“”] /u;
    expect(withoutCode.filter((text) => lacking.test(text) || needless.test(text))).toEqual([]);
  });

  test("has no emphasis, which Markdown does not read beside Chinese: quotation marks instead", () => {
    expect(withoutCode.filter((text) => /\*\S[^*]*\*/.test(text))).toEqual([]);
  });

  test("has no English sentences", () => {
    const words = /(?<![-\w=:/.])(an?|all|and|are|by|for|has|is|not|of|or|that|the|to|which)(?![-\w=:/.])/i;
    expect(withoutCode.filter((text) => words.test(text.replace(/\([^)]*\)|\{\w+\}/g, "")))).toEqual([]);
  });
});
