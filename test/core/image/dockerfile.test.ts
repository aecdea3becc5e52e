// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are words of Dockerfiles.
import { describe, expect, it } from "vitest";
import { readDockerfile } from "../../../server/src/core/image/dockerfile";
import type { RunInstruction } from "../../../server/src/core/image/image";
import { imageOf, written } from "./read";

describe("instructions", () => {
  const split = (text: string) =>
    readDockerfile(text).instructions.map((item) => [item.keyword, item.arguments]);

  it.each<[says: string, text: string, instructions: [string, string][]]>([
    [
      "keywords in any case",
      "from a\nCmd b",
      [
        ["FROM", "a"],
        ["CMD", "b"],
      ],
    ],
    [
      "continuations, comments and empty lines",
      "FROM a\nRUN b \\\n  # c\n\n  d\nCMD e",
      [
        ["FROM", "a"],
        ["RUN", "b   d"],
        ["CMD", "e"],
      ],
    ],
    [
      "blanks after the continuation",
      "FROM a\nRUN b \\ \t\n c",
      [
        ["FROM", "a"],
        ["RUN", "b  c"],
      ],
    ],
    [
      "CRLF",
      "FROM a\r\nRUN b \\\r\n  c\r\nCMD d\r\n",
      [
        ["FROM", "a"],
        ["RUN", "b   c"],
        ["CMD", "d"],
      ],
    ],
    [
      "another escape",
      "# escape=`\nFROM a\nRUN dir c:\\\nCMD b `\n c",
      [
        ["FROM", "a"],
        ["RUN", "dir c:\\"],
        ["CMD", "b  c"],
      ],
    ],
    ["a byte order mark", "\uFEFFFROM a", [["FROM", "a"]]],
    [
      "a divided keyword",
      "FROM a\nEN\\\nV A=b",
      [
        ["FROM", "a"],
        ["ENV", "A=b"],
      ],
    ],
    [
      "ONBUILD",
      "FROM a\nONBUILD RUN b",
      [
        ["FROM", "a"],
        ["ONBUILD", "RUN b"],
      ],
    ],
    [
      "heredoc bodies are cut out",
      "FROM a\nRUN <<EOF b\nCMD no\nEOF\nCMD c",
      [
        ["FROM", "a"],
        ["RUN", "<<EOF b"],
        ["CMD", "c"],
      ],
    ],
    [
      "half-typed",
      "FROM a\nRUN\nENV",
      [
        ["FROM", "a"],
        ["RUN", ""],
        ["ENV", ""],
      ],
    ],
    ["nothing", "", []],
    [
      "an instruction that goes on at the end",
      "FROM a\nRUN b \\\n",
      [
        ["FROM", "a"],
        ["RUN", "b"],
      ],
    ],
  ])("%s", (_, text, instructions) => {
    expect(split(text)).toEqual(instructions);
  });

  it.each(["\n", "\r\n"])("takes no escaped escape character for a continuation", (end) => {
    const text = ["FROM a", "RUN echo C:\\\\", "RUN b \\", "  c", ""].join(end);
    expect(readDockerfile(text).instructions.map((one) => one.arguments)).toEqual([
      "a",
      "echo C:\\\\",
      "b   c",
    ]);
  });
  it("gives their places", () => {
    const text = "FROM a\n  run  b \\\n  # c\n  d  \nCMD e";
    const [, run] = readDockerfile(text).instructions;
    expect(written(text, run?.span)).toBe("run  b \\\n  # c\n  d");
    expect(written(text, run?.keywordSpan)).toBe("run");
    expect(written(text, run?.argumentsSpan)).toBe("b \\\n  # c\n  d");
  });

  it("gives heredocs with their bodies", () => {
    const text = "FROM a\r\nCOPY <<one <<-'two' /x/\r\nA\r\none\r\n\tB\r\n\ttwo\r\nCMD b";
    const [, copy, cmd] = readDockerfile(text).instructions;
    expect(copy?.heredocs).toMatchObject([
      { name: "one", body: "A\r\n", quoted: false, stripTabs: false },
      { name: "two", body: "\tB\r\n", quoted: true, stripTabs: true },
    ]);
    expect(copy?.heredocs.map(({ span }) => written(text, span))).toEqual(["A\r\n", "\tB\r\n"]);
    expect(cmd?.arguments).toBe("b");
  });

  it("numbers stages and instructions", () => {
    const { instructions, stages } = readDockerfile("ARG A=1\nFROM x AS Base\nRUN y\nFROM base\nCMD z");
    expect(instructions.map(({ stage, index }) => [stage, index])).toEqual([
      [-1, 0],
      [0, 1],
      [0, 2],
      [1, 3],
      [1, 4],
    ]);
    expect(stages.map(({ name }) => name)).toEqual(["base", undefined]);
  });

  it.each(["  [ $-", '  " $}', "$$$ ${", "ONBUILD ".repeat(2000), "RUN <<", "FROM\nFROM", "\u0000"])(
    "lives through %j",
    (text) => {
      expect(() => readDockerfile(text).image()).not.toThrow();
    },
  );
});

describe("stages", () => {
  const text = `
ARG VERSION=12
ARG FLAVOUR
FROM --platform=$BUILDPLATFORM golang AS build
ENV ONLY=build
FROM debian:\${VERSION:-11}-slim AS Base
ENV A=a
CMD ["bash"]
FROM base AS final
ENV B=b
FROM debian:$FLAVOUR
FROM debian:\${FLAVOUR:-10}
`;
  it("finds them by name, number or as the last", () => {
    const file = readDockerfile(text);
    const stages = ["build", "base", "BASE", "final", "0", "3", "9", "nope", undefined];
    expect(stages.map((stage) => file.image(stage)?.stage)).toEqual([
      "build",
      "base",
      "base",
      "final",
      "build",
      "3",
      undefined,
      undefined,
      "4",
    ]);
  });
  it("puts ARG defaults into FROM", () => {
    const file = readDockerfile(text);
    expect(file.image("base")?.baseReference).toBe("debian:12-slim");
    expect(file.image("final")?.baseReference).toBe("debian:12-slim");
    expect(file.image("3")?.baseReference).toBeUndefined();
    expect(file.image()?.baseReference).toBe("debian:10");
  });
  it("inherits the state of the stage below, and no other", () => {
    const image = imageOf(text, "final");
    expect([...image.env.keys()]).toEqual(["A", "B"]);
    expect(image.cmd?.words.map(({ value }) => value)).toEqual(["bash"]);
    expect(image.own.map(({ keyword }) => keyword)).toEqual(["ENV"]);
    expect(image.instructions.map(({ keyword }) => keyword)).toEqual(["ENV", "CMD", "ENV"]);
    expect(image.base?.name).toBe("debian:12");
  });
  it("does not take a stage for its own base", () => {
    expect(imageOf("FROM debian AS debian\nFROM debian").baseReference).toBe("debian");
    expect(imageOf("FROM debian AS debian").baseReference).toBe("debian");
  });
  it("has no image without FROM", () => {
    expect(readDockerfile("ARG A=b\nRUN x").image()).toBeUndefined();
  });
  it("reads long chains", () => {
    const chain = Array.from(
      { length: 3000 },
      (_, index) => `FROM s${index} AS s${index + 1}\nENV E${index}=1`,
    );
    expect(imageOf(`FROM debian:12 AS s0\n${chain.join("\n")}`).env.size).toBe(3000);
  });
  it("takes over what a stage did whose whole tree it copies, not its settings", () => {
    const text = [
      "FROM ubi9-init AS build",
      "ENV container=docker",
      "RUN dnf -y install systemd",
      "STOPSIGNAL SIGRTMIN+3",
      'CMD ["/sbin/init"]',
      "FROM scratch AS squashed",
      "COPY --from=build / /",
      "RUN systemctl enable a",
      "FROM scratch",
      "COPY --from=0 /usr /usr",
    ].join("\n");
    const image = imageOf(text, "squashed");
    expect([...image.packages.keys()]).toEqual(["systemd"]);
    expect(image.own.map(({ keyword }) => keyword)).toEqual(["COPY", "RUN"]);
    expect(image.base?.name).toBe("ubi9-init");
    expect([image.base?.bootsSystemd, image.base?.stopSignal]).toEqual([false, undefined]);
    expect([image.env.size, image.cmd, image.stopSignal]).toEqual([0, undefined, undefined]);
    expect(written(text, image.bottom.argumentsSpan)).toBe("ubi9-init AS build");
    expect(imageOf(text).packages.size).toBe(0);
  });
  it("reads long chains of copied trees", () => {
    const chain = Array.from(
      { length: 1000 },
      (_, index) => `FROM scratch AS s${index + 1}\nCOPY --from=s${index} / /`,
    );
    expect(imageOf(`FROM debian:12 AS s0\n${chain.join("\n")}`).base?.name).toBe("debian:12");
  });
});

describe("ENV and ARG", () => {
  const env = (text: string) =>
    Object.fromEntries(Array.from(imageOf(`FROM x\n${text}`).env, ([key, { value }]) => [key, value]));

  it.each<[string, Record<string, string | undefined>]>([
    ["ENV A=b C='d e' F=g\\ h", { A: "b", C: "d e", F: "g h" }],
    ["ENV A b c", { A: "b c" }],
    ["ENV A=b\nENV C=$A-$A", { A: "b", C: "b-b" }],
    ["ENV A=b B=$A", { A: "b", B: undefined }],
    ["ENV A=", { A: "" }],
    ['ENV A=""', { A: "" }],
    ["ARG P=q\nENV A=$P", { A: "q" }],
    ["ARG P\nENV A=$P B=${P:-d}", { A: undefined, B: "d" }],
    ["ENV A=1\nARG A=2\nENV B=$A", { A: "1", B: "1" }],
    ["ENV A=b \\\n  # no\n  C=d", { A: "b", C: "d" }],
    ["ENV A", {}],
    ["ENV A=b nonsense", { A: "b" }],
  ])("%j", (text, expected) => {
    expect(env(text)).toEqual(expected);
  });

  it("places them and tells the old form", () => {
    const text = 'FROM x\nENV container docker\nENV A="b c" D=e';
    const { env } = imageOf(text);
    const places = Array.from(env, ([, item]) => [
      written(text, item.span),
      written(text, item.nameSpan),
      item.legacyForm,
    ]);
    expect(places).toEqual([
      ["container docker", "container", true],
      ['A="b c"', "A", undefined],
      ["D=e", "D", undefined],
    ]);
  });
  it("takes a global ARG only where the stage asks for it", () => {
    expect(imageOf("ARG A=1\nFROM x\nENV B=$A").env.get("B")?.value).toBeUndefined();
    expect(imageOf("ARG A=1\nFROM x\nARG A\nENV B=$A").env.get("B")?.value).toBe("1");
  });
  it("shows what the base image sets, without a place", () => {
    expect(imageOf("FROM registry.access.redhat.com/ubi9-init").env.get("container")).toEqual({
      value: "oci",
    });
  });
});

describe("ENTRYPOINT and CMD", () => {
  const programs = (text: string) => {
    const { entrypoint, cmd } = imageOf(`FROM x\n${text}`);
    const show = (program: typeof cmd) =>
      program && [program.form, ...program.words.map(({ value }) => value)];
    return [show(entrypoint), show(cmd)];
  };
  it.each<[string, unknown[]]>([
    ['CMD ["/sbin/init", "--x"]', [undefined, ["exec", "/sbin/init", "--x"]]],
    ["CMD /sbin/init --x", [undefined, ["shell", "/sbin/init", "--x"]]],
    ["CMD exec /sbin/init", [undefined, ["shell", "/sbin/init"]]],
    ["CMD a && b", [undefined, ["shell"]]],
    ["CMD ['/sbin/init']", [undefined, ["shell", "[/sbin/init]"]]],
    ["CMD [ ]", [undefined, ["exec"]]],
    ['CMD ["a\\tb", "c\\"d"]', [undefined, ["exec", "a\tb", 'c"d']]],
    ['CMD ["a",]', [undefined, ["shell", "[a,]"]]],
    [
      'CMD ["a"]\nENTRYPOINT ["b"]',
      [
        ["exec", "b"],
        ["exec", "a"],
      ],
    ],
    ['CMD ["a"]\nCMD ["b"]', [undefined, ["exec", "b"]]],
  ])("%j", (text, expected) => {
    expect(programs(text)).toEqual(expected);
  });
  it("forgets the CMD of the stage below when ENTRYPOINT is set", () => {
    expect(imageOf('FROM x AS a\nCMD ["b"]\nFROM a\nENTRYPOINT ["c"]').cmd).toBeUndefined();
    expect(imageOf('FROM x AS a\nENTRYPOINT ["b"]\nFROM a\nCMD ["c"]').entrypoint?.words[0]?.value).toBe("b");
  });
  it("does not take a trigger for its own", () => {
    expect(imageOf('FROM x\nONBUILD CMD ["b"]\nONBUILD ENV A=b').cmd).toBeUndefined();
    expect(imageOf("FROM x\nONBUILD ENV A=b").env.size).toBe(0);
  });
  it("places each word with its quotes", () => {
    const text = 'FROM x\nCMD [ "/sbin/init",\\\n  "--a" ]';
    expect(imageOf(text).cmd?.words.map(({ span }) => written(text, span))).toEqual([
      '"/sbin/init"',
      '"--a"',
    ]);
  });
  it("keeps the shell that would run it", () => {
    expect(imageOf('FROM x\nSHELL ["/bin/bash", "-c"]\nCMD a').cmd?.shell).toEqual(["/bin/bash", "-c"]);
  });
});

describe("the rest of the state", () => {
  it("knows USER, STOPSIGNAL, VOLUME, EXPOSE and HEALTHCHECK", () => {
    const text = `FROM x
ENV SIG=SIGRTMIN+3
USER app:app
STOPSIGNAL $SIG
VOLUME /run  /data
VOLUME ["/sys/fs/cgroup", "/tmp"]
EXPOSE 22 80/tcp
HEALTHCHECK CMD true`;
    const image = imageOf(text);
    expect(image.user?.value).toBe("app:app");
    expect(image.stopSignal?.value).toBe("SIGRTMIN+3");
    expect(image.volumes.map(({ value, span }) => [value, written(text, span)])).toEqual([
      ["/run", "/run"],
      ["/data", "/data"],
      ["/sys/fs/cgroup", '"/sys/fs/cgroup"'],
      ["/tmp", '"/tmp"'],
    ]);
    expect(image.exposed).toEqual(["22", "80/tcp"]);
    expect(image.healthcheck?.arguments).toBe("CMD true");
    expect(imageOf(`${text}\nHEALTHCHECK NONE`).healthcheck).toBeUndefined();
    expect(image.shell).toEqual(["/bin/sh", "-c"]);
  });
  it("knows what COPY and ADD bring", () => {
    const image = imageOf(
      'FROM x\nENV D=/d\nCOPY --chown=a --from=build a b $D/\nADD ["c d", "/e"]\nCOPY <<f.service /etc/systemd/system/\n[Unit]\nf.service\n',
    );
    expect(
      image.copies.map(({ sources, destination, fromStage }) => [sources, destination, fromStage]),
    ).toEqual([
      [["a", "b"], "/d/", "build"],
      [["c d"], "/e", undefined],
      [[], "/etc/systemd/system/", undefined],
    ]);
    expect(image.copies[2]?.heredocs[0]?.body).toBe("[Unit]\n");
  });
  it("knows the mounts of a RUN", () => {
    const text =
      "FROM x\nARG T=/run\nRUN --mount=type=tmpfs,target=$T --mount=type=cache,Target=/c,readonly --network=none a";
    const [run] = imageOf(text).runs;
    expect(run?.mounts.map(({ value }) => value)).toEqual([
      { type: "tmpfs", target: "/run" },
      { type: "cache", target: "/c", readonly: "" },
    ]);
    expect(written(text, run?.mounts[0]?.span)).toBe("--mount=type=tmpfs,target=$T");
    expect(run?.commands.map(({ words }) => words)).toEqual([["a"]]);
  });
});

describe("the commands of RUN", () => {
  const commands = (text: string) =>
    imageOf(`FROM x\n${text}`).runs.flatMap((run: RunInstruction) =>
      run.commands.map(({ words }) => words.map((word) => word ?? "?").join(" ")),
    );
  it.each<[says: string, text: string, commands: string[]]>([
    ["shell form", "RUN a && \\\n  # no\n  b c; \\\n\n d", ["a", "b c", "d"]],
    ["a comment inside hides the rest", "RUN a && b # c \\\n && d", ["a", "b"]],
    ["exec form", 'RUN ["systemctl", "enable", "a b"]', ["systemctl enable a b"]],
    ["exec form of a shell", 'RUN ["/bin/bash", "-c", "a; b"]', ["a", "b"]],
    ["heredoc", "RUN <<EOF\na\nb \\\n  c\nEOF", ["a", "b c"]],
    ["heredoc with CRLF", "RUN <<EOF\r\na\r\nb\r\nEOF\r\nRUN c", ["a", "b", "c"]],
    ["heredoc of tabs", "RUN <<-EOF\n\ta\n\tEOF\nRUN c", ["a", "c"]],
    ["heredoc for a shell", "RUN bash -e <<EOF\na\nEOF", ["a"]],
    ["heredoc into a file", "RUN cat <<EOF > /x && b\nsystemctl start y\nEOF", ["cat", "b"]],
    ["two heredocs", "RUN <<A cat > /x\nno\nA\nRUN sh <<A && cat <<B\nyes\nA\nno\nB", ["cat", "yes", "cat"]],
    ["empty heredoc", "RUN <<EOF\nEOF\nRUN b", ["b"]],
    ["heredoc without end", "RUN <<EOF\na", ["a"]],
    ["variables of ARG and ENV", "ARG A=x\nENV B=y\nRUN i $A $B $C", ["i x y ?"]],
    ["variables set later", "RUN i $B\nENV B=y", ["i ?"]],
    ["no shell reads PowerShell", 'SHELL ["powershell", "-command"]\nRUN a', []],
    ["nothing typed yet", "RUN\nRUN --mount=type=cache", []],
  ])("%s", (_, text, expected) => {
    expect(commands(text)).toEqual(expected);
  });
  it("takes set -e from SHELL", () => {
    const image = imageOf('FROM x\nRUN a; b\nSHELL ["/bin/bash", "-eo", "pipefail", "-c"]\nRUN a; b | c');
    expect(image.runs.map(({ commands }) => commands.map(({ failureIgnored }) => failureIgnored))).toEqual([
      [true, false],
      [false, false, false],
    ]);
  });
  it("places words in continued lines and heredocs", () => {
    const text =
      "FROM x\r\nRUN a && \\\r\n  # no\r\n  apt-get install \\\r\n    b\r\nRUN <<EOF\r\nsystemctl enable c\r\nEOF\r\n";
    const spans = imageOf(text).runs.flatMap(({ commands }) =>
      commands.flatMap(({ wordSpans }) => wordSpans),
    );
    expect(spans.map((span) => written(text, span))).toEqual([
      "a",
      "apt-get",
      "install",
      "b",
      "systemctl",
      "enable",
      "c",
    ]);
  });
  it("says of what RUN a command is", () => {
    const [run] = imageOf("FROM x\nRUN a").runs;
    expect(run?.commands[0]?.run).toBe(run);
  });
  it("reads one RUN of 8,000 lines", () => {
    const lines = Array.from({ length: 8000 }, (_, index) => `  && echo ${index} \\\n  # ${index}`);
    const text = `FROM x\nRUN true \\\n${lines.join("\n")}\n  && false\n`;
    const [run] = imageOf(text).runs;
    expect(run?.commands).toHaveLength(8002);
    expect(written(text, run?.commands[8000]?.span)).toBe("echo 7999");
  });
});
