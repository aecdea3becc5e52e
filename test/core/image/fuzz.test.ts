import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { applyEdits, conflict, type Edit, type Span } from "../../../server/src/core/base/text";
import { detectInImage } from "../../../server/src/core/boot/detect";
import { readDockerfile } from "../../../server/src/core/image/dockerfile";
import type { Image } from "../../../server/src/core/image/image";
import { readScriptFile } from "../../../server/src/core/shell/commands";

/** Pieces that mean something to a Dockerfile or a shell, and some that mean nothing. */
const piece = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.constantFrom(
      "FROM a",
      "FROM a AS b",
      "from b",
      "ARG X=1",
      "ENV container docker",
      "ENV A=b C=$A",
      "RUN ",
      "VOLUME ",
      "CMD ",
      "ENTRYPOINT ",
      "USER app",
      "STOPSIGNAL SIGTERM",
      "SHELL ",
      "COPY a b",
      "ONBUILD ",
      "HEALTHCHECK CMD x",
      "# c",
      "# escape=`",
    ),
  },
  {
    weight: 6,
    arbitrary: fc.constantFrom("\n", "\r\n", " \\\n", "`\n", " ", "\t", " && ", " || ", ";", "|", "&"),
  },
  {
    weight: 4,
    arbitrary: fc.constantFrom(
      '["/sbin/init"]',
      '["/run", "/tmp"]',
      "/run /tmp",
      "<<EOF",
      "<<-'E'",
      "\nEOF\n",
      "EOF",
      "\tE\n",
      "apt-get install ",
      "systemctl enable x",
      "sh -c '",
      "$(",
      ")",
      "`",
      "${X:-",
      "}",
      "if a; then b; fi",
      "for i in a b; do $i; done",
      "f() { f; }",
      "{a,b}",
      '"',
      "'",
      "\\",
      "$",
      "[",
      "]",
      ",",
      "--mount=type=tmpfs,target=/run ",
    ),
  },
  { weight: 1, arbitrary: fc.string({ unit: "binary", maxLength: 5 }) },
);
const text = fc.oneof(
  fc.array(piece, { maxLength: 30 }).map((pieces) => pieces.join("")),
  fc.array(piece, { maxLength: 30 }).map((pieces) => `FROM debian:12\n${pieces.join("\n")}`),
);

function inside(source: string, span: Span | undefined): void {
  if (!span) return;
  expect(span.start).toBeGreaterThanOrEqual(0);
  expect(span.end).toBeGreaterThanOrEqual(span.start);
  expect(span.end).toBeLessThanOrEqual(source.length);
}

function spansOf(image: Image): (Span | undefined)[] {
  const { env, user, entrypoint, cmd, stopSignal, volumes, runs, units } = image;
  return [
    ...Array.from(env.values(), ({ span }) => span),
    ...Array.from(env.values(), ({ nameSpan }) => nameSpan),
    ...[user, stopSignal, entrypoint, cmd].map((item) => item?.span),
    ...[...(entrypoint?.words ?? []), ...(cmd?.words ?? []), ...volumes].map(({ span }) => span),
    ...units.map(({ span }) => span),
    ...runs.flatMap(({ mounts }) => mounts.map(({ span }) => span)),
    ...runs.flatMap(({ commands }) =>
      commands.flatMap(({ span, wordSpans, redirections }) => [
        span,
        ...wordSpans,
        ...redirections.map((item) => item.span),
      ]),
    ),
  ];
}

describe("whatever is typed", () => {
  it("reads Dockerfiles without failing, and every place is in the text", () => {
    fc.assert(
      fc.property(text, (source) => {
        const file = readDockerfile(source);
        for (const { span, keywordSpan, argumentsSpan, heredocs } of file.instructions) {
          for (const place of [span, keywordSpan, argumentsSpan, ...heredocs.map((heredoc) => heredoc.span)])
            inside(source, place);
        }
        for (let stage = 0; stage < file.stages.length; stage++) {
          const image = file.image(String(stage));
          if (!image) continue;
          for (const span of spansOf(image)) inside(source, span);
          inside(source, detectInImage(image, () => source).span);
        }
      }),
      { numRuns: 1500 },
    );
  });

  it("makes edits that can be applied, and that do what they say", () => {
    fc.assert(
      fc.property(text, (source) => {
        const image = readDockerfile(source).image();
        if (!image) return;
        const { edit, own } = image;
        const sets: (readonly Edit[] | undefined)[] = [
          edit.setEnv("container", "docker"),
          edit.renameEnv("A", "B"),
          edit.setStopSignal("SIGRTMIN+3"),
          edit.removeVolumes(["/run", "/tmp"]),
          edit.setProgram("CMD", ["/sbin/init"]),
          edit.insert("RUN true", "before-program"),
          edit.insert("RUN true", "end"),
          ...own.map((instruction) => edit.remove(instruction)),
        ];
        for (const edits of sets) {
          for (const [index, one] of (edits ?? []).entries()) {
            inside(source, one.span);
            for (const other of (edits ?? []).slice(index + 1)) expect(conflict(one, other)).toBe(false);
          }
          if (edits) applyEdits(source, edits);
        }
      }),
      { numRuns: 1000 },
    );
  });

  it("reads scripts without failing, and every place is in the text", () => {
    fc.assert(
      fc.property(text, (source) => {
        for (const { span, wordSpans } of readScriptFile(source))
          for (const place of [span, ...wordSpans]) inside(source, place);
      }),
      { numRuns: 1500 },
    );
  });
});

it("finds what its own edits set, in any Dockerfile of whole lines", () => {
  const line = fc.constantFrom(
    "ENV container=",
    "ENV A=b container=c",
    "ENV container lxc",
    "STOPSIGNAL SIGTERM",
    "RUN a \\\n  b",
    "RUN <<EOF\na\nEOF",
    "# c",
    "",
    "USER app",
    'CMD ["bash"]',
    "ENTRYPOINT x",
    "VOLUME /run /a",
    'VOLUME ["/tmp"]',
    "ARG X",
    "FROM x AS y",
    "FROM y",
  );
  fc.assert(
    fc.property(fc.array(line, { maxLength: 12 }), fc.boolean(), fc.boolean(), (lines, crlf, open) => {
      const lf = ["FROM debian:12", ...lines].join("\n") + (open ? "" : "\n");
      let source = crlf ? lf.replaceAll("\n", "\r\n") : lf;
      const change = (verb: (image: Image) => readonly Edit[] | undefined) => {
        const image = readDockerfile(source).image() as Image;
        source = applyEdits(source, verb(image) ?? []);
      };
      change(({ edit }) => edit.setEnv("container", "docker"));
      change(({ edit }) => edit.setStopSignal("SIGRTMIN+3"));
      change(({ edit }) => edit.setProgram("CMD", ["/sbin/init"]));
      change(({ edit }) => edit.removeVolumes(["/run", "/tmp"]));
      const image = readDockerfile(source).image() as Image;
      expect(image.env.get("container")?.value).toBe("docker");
      expect(image.stopSignal?.value).toBe("SIGRTMIN+3");
      expect(image.cmd?.words.map(({ value }) => value)).toEqual(["/sbin/init"]);
      expect(
        image.own.filter(({ keyword }) => keyword === "VOLUME").map((item) => item.arguments),
      ).not.toContain("/run");
      if (crlf && lf.includes("\n")) expect(source.replaceAll("\r\n", "")).not.toContain("\n");
    }),
    { numRuns: 1000 },
  );
});
