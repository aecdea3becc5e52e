import { describe, expect, test } from "vitest";
import { readFile } from "../../../server/src/core/surfaces/files";
import { lintProject } from "../lint-project";

/** The links of the containers that a file in the directory `/project` starts or shows. */
function links(text: string, name = "run.sh") {
  const uri = `file:///project/${name}`;
  const file = readFile({ uri, text: `${text}\n# systemd\n` }, () => undefined);
  return [...(file?.containers ?? []), ...(file?.remarked ?? [])].map(({ build }) => build);
}

/** What a link names: the path of the Dockerfile, and the target. */
const shown = (text: string, name?: string) =>
  links(text, name).map(
    (build) =>
      build && [build.dockerfile?.replace("file:///project/", ""), build.target].filter(Boolean).join(" "),
  );

describe("an image is linked to the build that gives it its name", () => {
  test.each([
    [
      "docker build -t one:a -f a.Dockerfile .\ndocker build -t one:b -f b.Dockerfile .",
      "one:a",
      "a.Dockerfile",
    ],
    [
      "docker build -t one:a -f a.Dockerfile .\ndocker build -t one:b -f b.Dockerfile .",
      "one:b",
      "b.Dockerfile",
    ],
    ["docker build -t one:a --target a .\ndocker build -t one .", "one:a", "Dockerfile a"],
    ["docker build -t one:a --target a .\ndocker build -t one .", "one:latest", "Dockerfile"],
    ["docker build -t one .", "one:a", undefined],
    ["docker build -t one:a .", "one", undefined],
    ["docker build -t one .", "other/one", undefined],
    ["docker build -t one .", "one@sha256:0123", undefined],
    ["podman build -t one .", "localhost/one", "Dockerfile"],
    ["docker build -t you/one .", "docker.io/you/one:latest", "Dockerfile"],
    [`docker build -t "$\{IMAGE}" .`, "$IMAGE", "Dockerfile"],
    ["IMAGE=one\ndocker build -t $IMAGE:1 .", "one:1", "Dockerfile"],
    ["build() {\n  docker build -t $1 .\n}", "$1", undefined],
  ])("%j: %s", (build, image, link) => {
    expect(shown(`${build}\ndocker run -d ${image}`)).toEqual([link]);
  });

  test.each([
    ["-t one web", "web/Dockerfile"],
    ["web -t one", "web/Dockerfile"],
    ["web --tag=one --no-cache", "web/Dockerfile"],
    ["--pull --build-arg A=1 -t other -t one web", "web/Dockerfile"],
    ["-tone -f 'web/my.Dockerfile' .", "web/my.Dockerfile"],
    ["-t one --file=web/my.Dockerfile web", "web/my.Dockerfile"],
    ["-t one $BUILD_ARGS .", "Dockerfile"],
    ["-t one -f $FILE .", undefined],
    ["-t one $DIRECTORY", undefined],
    ["-t one - <Dockerfile", undefined],
    ["-t one", undefined],
    ["-t one https://example.com/you/one.git", undefined],
    ["--target $STAGE -t one .", undefined],
  ])("docker build %s", (words, link) => {
    expect(shown(`docker build ${words}\ndocker run -d one`)).toEqual([link]);
  });

  test.each([
    ["docker buildx build --load -t one .", "Dockerfile"],
    ["docker image build -t one .", "Dockerfile"],
    ["buildah bud -t one", "Dockerfile"],
    ["docker --context build image ls -t one .", undefined],
    ["docker run --rm builder build -t one .", undefined],
  ])("%s", (build, link) => expect(shown(`${build}\ndocker run -d one`).at(-1)).toBe(link));

  test("with the arguments of the build", () => {
    expect(links("docker build --build-arg A=1 --build-arg=B -t one .\ndocker run -d one")).toMatchObject([
      { args: { A: "1", B: undefined } },
    ]);
  });
});

describe("an image is linked to nothing", () => {
  test("that two builds name", () => {
    const run = "docker run -d one";
    expect(shown(`docker build -t one .\ndocker build -t one .\n${run}`)).toEqual(["Dockerfile"]);
    expect(shown(`docker build -t one .\ndocker build --build-arg A=1 -t one .\n${run}`)).toEqual([
      "Dockerfile",
    ]);
    expect(shown(`docker build -t one .\ndocker build -t one web\n${run}`)).toEqual([undefined]);
    expect(shown(`docker build -t one .\ndocker build -t one --target a .\n${run}`)).toEqual([undefined]);
    expect(shown(`docker build -t one .\ndocker build -t one $DIRECTORY\n${run}`)).toEqual([undefined]);
  });

  test.each(["a", "$TAG"])("if its tag %s is built, even in a directory of its name", (tag) => {
    expect(shown(`docker build -t you/project:${tag} .\ndocker run -d you/project`)).toEqual([undefined]);
  });

  test.each([
    ["you/project", "Dockerfile"],
    ["example.com/you/project:latest", "Dockerfile"],
    ["you/project:v1.2.3", "Dockerfile"],
    ["project", "Dockerfile"],
    ["you/project:12", undefined],
    ["you/project@sha256:0123", undefined],
    ["you/other", undefined],
  ])("unless it is that of the directory: %s", (image, link) => {
    expect(shown(`docker run -d ${image}`)).toEqual([link]);
  });

  test("in a directory that is named like an official image", () => {
    const dockerfile = (image: string) =>
      readFile({ uri: "file:///debian/run.sh", text: `docker run ${image} /sbin/init\n` }, () => undefined)
        ?.containers[0]?.build?.dockerfile;
    expect(dockerfile("debian")).toBeUndefined();
    expect(dockerfile("docker.io/library/debian")).toBeUndefined();
    expect(dockerfile("you/debian")).toBe("file:///debian/Dockerfile");
  });
});

describe("a build is read in the directory in which it runs", () => {
  const build = "docker build -t one .";
  test.each([
    [`cd web\n${build}`, "web/Dockerfile"],
    [`cd web && ${build}`, "web/Dockerfile"],
    [`cd web\ncd ../other\n${build}`, "other/Dockerfile"],
    [`cd web\ncd -\n${build}`, "Dockerfile"],
    [`pushd web\npopd\n${build}`, "Dockerfile"],
    [`(cd web && ${build})`, "web/Dockerfile"],
    [`(cd web && make)\n${build}`, "Dockerfile"],
    [`cd "$(dirname "$0")"\n${build}`, "Dockerfile"],
    [`cd "$(dirname "$\{BASH_SOURCE[0]}")/web"\n${build}`, "web/Dockerfile"],
    [`cd $WEB\n${build}`, undefined],
    [`if test -d web; then cd web; fi\n${build}`, undefined],
    [`git clone https://example.com/you/project.git\ncd project\n${build}`, "Dockerfile"],
    [`git clone https://example.com/you/other\ncd other\n${build}`, undefined],
  ])("%j", (script, link) => {
    expect(shown(`${script}\ndocker run -d one`)).toEqual([link]);
  });

  test("of its code block or recipe", () => {
    const blocks = (first: string) =>
      `\`\`\`\n${first}\n\`\`\`\n\n\`\`\`\n${build}\ndocker run -d one\n\`\`\`\n`;
    expect(shown(blocks("git clone you/project\ncd project"), "README.md")).toEqual(["Dockerfile"]);
    expect(shown(blocks("cd web"), "README.md")).toEqual([undefined]);
    const recipes = `a:\n\tcd web && make\n\t${build}\nb:\n\tcd web && \\\n\tdocker build -t two .\nrun:\n\tdocker run one\n\tdocker run two\n`;
    expect(shown(recipes, "Makefile")).toEqual(["Dockerfile", "web/Dockerfile"]);
  });
});

describe("an image in a comment of a Dockerfile", () => {
  const image = "FROM debian:13 AS base\nRUN true\nFROM base\nRUN true\n";
  test.each([
    ["# docker build --target base -t one .\n# docker run -d one", "Dockerfile base"],
    ["# docker build -t one .\n# docker run -d one", "Dockerfile"],
    ["# docker build -t one .\n# docker run -d you/other:1", undefined],
    ["# docker build .\n# docker run -d you/other:1", "Dockerfile"],
    ["# docker build -t one .\n# docker build --target base -t one .\n# docker run -d one", undefined],
  ])("%j", (comments, link) => {
    expect(shown(`${comments}\n${image}`, "Dockerfile")).toEqual([link]);
  });

  test("that is named like the directory is not that of a Dockerfile beside the file", () => {
    const comments = "# docker run -d you/project\n# docker run -d you/other";
    expect(shown(`${comments}\n${image}`, "Dockerfile")).toEqual(["Dockerfile", undefined]);
    expect(shown(`${comments}\n${image}`, "debian.Dockerfile")).toEqual([undefined, undefined]);
    expect(shown(`# docker run -d you/project\n${image}`, "debian.Dockerfile")).toEqual([
      "debian.Dockerfile",
    ]);
  });
});

test("a run line of another image or stage says nothing about a Dockerfile", () => {
  const init = "RUN apt-get install -y systemd-sysv\nSTOPSIGNAL SIGRTMIN+3\nENV container=docker\n";
  const files = (readme: string) => ({
    Dockerfile: `FROM debian:12 AS base\n${init}FROM base AS web\nCMD ["/sbin/init"]\n`,
    "README.md": `systemd\n\n    ${readme.replaceAll("\n", "\n    ")}\n`,
  });
  const target = { engine: "docker", version: "28.5", cgroupVersion: 2 } as const;
  const isReported = (readme: string) =>
    lintProject(files(readme), { target }).some(({ rule }) => rule === "image-run-flags");
  expect(isReported("docker build -t web .\ndocker run -d web")).toBe(false);
  expect(isReported("docker build -t web .\ndocker run -d you/other:12")).toBe(true);
  expect(isReported("docker build -t web:base --target base .\ndocker run -d web:base")).toBe(true);
  expect(isReported("docker run -d you/p:12")).toBe(true);
});
