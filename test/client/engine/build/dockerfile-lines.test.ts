import { describe, expect, test } from "vitest";
import { failedLine, missingFile } from "../../../../client/src/engine/build/dockerfile-lines";

const dockerfile = `# syntax=docker/dockerfile:1
ARG BASE=debian:12
FROM $BASE AS build
RUN make \\
  # a comment between
  all

COPY --chown=1:1 <<END /file
RUN false
END
FROM fedora:41
ENV A=b
RUN true
RUN true
RUN <<-"EOF" bash
	exit 1
	EOF
COPY $A /b
`;

describe("the line a build failed at", () => {
  test.each([
    ["dockerfile parse error on line 4: unknown instruction: RNU", undefined, 3],
    ["failed to solve: dockerfile parse error line 7: unknown flag: x", undefined, 6],
    ["x", undefined, undefined],
    ["x", { text: "RUN make all" }, 3],
    ["x", { text: "FROM fedora:41" }, 10],
    ["x", { text: "FROM docker.io/library/fedora:41@sha256:12" }, 10],
    ["x", { text: "COPY b /b", number: 5 }, 17],
    ["x", { text: "RUN true", number: 3 }, 13],
    ["x", { text: "RUN true", number: 2, stage: "stage-1" }, 12],
    ["x", { text: 'RUN <<-"EOF" bash (exit 1...)', number: 4 }, 14],
    ["x", { text: "RUN make something-else", number: 2, stage: "build" }, 3],
    ["x", { text: "ENV A=b", number: 7 }, 11],
    ["x", { text: "exporting to image" }, undefined],
  ])("%s %o is %s", (error, step, line) => {
    expect(failedLine(dockerfile, error, step)).toBe(line);
    expect(failedLine(dockerfile.replaceAll("\n", "\r\n"), error, step)).toBe(line);
  });

  test("another escape character", () => {
    const windows = "# escape=`\nFROM x\nRUN a `\n  b\nRUN c:\\\nRUN d\n";
    expect(failedLine(windows, "", { text: "RUN a b" })).toBe(2);
    expect(failedLine(windows, "", { text: "RUN d" })).toBe(5);
  });

  test.each(["", "\n", "RUN <<A", "RUN <<A <<B\nA\n", "\\", "FROM x\\"])("%j is read to its end", (text) => {
    expect(failedLine(text, "", { text: "RUN nothing like it", number: 9 })).toBeOneOf([undefined, 0]);
  });
});

describe("the file that COPY does not find", () => {
  test.each([
    [
      'failed to compute cache key: failed to calculate checksum of ref a1::b2: "/keys/authorized_keys": not found',
      "keys/authorized_keys",
    ],
    [
      "COPY failed: file not found in build context or excluded by .dockerignore: stat absent: file does not exist",
      "absent",
    ],
    ['checking on sources under "/ctx": copier: stat: "/absent": no such file or directory', "absent"],
    ['process "/bin/sh -c cat absent" did not complete successfully: exit code: 1', undefined],
  ])("%s", (error, path) => {
    expect(missingFile(error)).toBe(path);
  });
});
