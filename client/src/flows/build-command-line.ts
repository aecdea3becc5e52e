import type { BuildChoice } from "../ports";
import type { Word } from "../quoting";
import type { BuildReason } from "../texts/build-reasons";

/** The details of a build command. Paths are absolute. */
export interface CopiedBuild extends BuildChoice {
  readonly dockerfile: string;
  readonly context: string;
  readonly tag: string;
  /** Build arguments whose values come from the environment: secrets, and arguments that have no value yet. */
  readonly fromEnvironment: readonly string[];
}

/** Words of the command line that belong together, and their purpose. */
export interface BuildPart {
  readonly words: readonly Word[];
  readonly why: BuildReason;
}

type Tool = "docker buildx build" | "podman build" | "buildctl build";

/** For each tool, the command that builds the image, split into parts. */
export function buildCommands(build: CopiedBuild): Readonly<Record<Tool, readonly BuildPart[]>> {
  return {
    "docker buildx build": dockerLike(["docker", "buildx", "build"], build, [
      // Otherwise a separate builder (docker-container) does not load the image into the engine.
      { words: ["--load"], why: "load" },
    ]),
    "podman build": dockerLike(["podman", "build"], build, []),
    "buildctl build": buildctl(build),
  };
}

function dockerLike(
  start: readonly string[],
  { dockerfile, context, tag, stage, platform, arguments: values, fromEnvironment }: CopiedBuild,
  more: readonly BuildPart[],
): BuildPart[] {
  return [
    { words: start, why: "build" },
    ...more,
    { words: ["--tag", tag], why: "tag" },
    { words: ["--file", dockerfile], why: "file" },
    ...optional("stage", stage, (name) => ["--target", name]),
    ...optional("platform", platform, (name) => ["--platform", name]),
    ...Object.entries(values).map(([name, value]) => part("argument", "--build-arg", `${name}=${value}`)),
    ...fromEnvironment.map((name) => part("environment", "--build-arg", name)),
    { words: [context], why: "context" },
  ];
}

/** buildctl uses BuildKit directly, so the frontend and other options that an engine would add must be given. */
function buildctl(build: CopiedBuild): BuildPart[] {
  const { dockerfile, context, tag, stage, platform, arguments: values, fromEnvironment } = build;
  const at = Math.max(dockerfile.lastIndexOf("/"), dockerfile.lastIndexOf("\\"));
  const option = (name: string, value: string) => ["--opt", `${name}=${value}`];
  return [
    { words: ["buildctl", "build"], why: "build" },
    { words: ["--frontend", "dockerfile.v0"], why: "frontend" },
    { words: ["--local", `context=${context}`], why: "context" },
    { words: ["--local", `dockerfile=${dockerfile.slice(0, at) || "/"}`], why: "file" },
    { words: option("filename", dockerfile.slice(at + 1)), why: "file" },
    ...optional("stage", stage, (name) => option("target", name)),
    ...optional("platform", platform, (name) => option("platform", name)),
    ...Object.entries(values).map(([name, value]) => part("argument", ...option(`build-arg:${name}`, value))),
    ...fromEnvironment.map((name) =>
      part("environment", "--opt", { text: `build-arg:${name}=`, variable: name }),
    ),
    { words: ["--output", `type=docker,name=${tag},dest=${tag.replace(":", "-")}.tar`], why: "output" },
  ];
}

function part(why: BuildReason, ...words: readonly Word[]): BuildPart {
  return { words, why };
}

function optional(
  why: BuildReason,
  value: string | undefined,
  words: (value: string) => readonly Word[],
): BuildPart[] {
  return value === undefined ? [] : [{ words: words(value), why }];
}
