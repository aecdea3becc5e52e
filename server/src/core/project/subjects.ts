import { kept } from "../base/kept";
import { mostKeptPlans } from "../base/limits";
import { computing, once } from "../base/once";
import type { Snapshot } from "../base/snapshot";
import type { Span } from "../base/text";
import { folderOf, resolveUri } from "../base/uri";
import { type BootDetection, detectInContainer, detectInImage } from "../boot/detect";
import { namedBase } from "../boot/named-base";
import { type ContainerSource, linkOf } from "../container/source";
import type { Target } from "../engine";
import { readDockerfile } from "../image/dockerfile";
import type { Dockerfile, Image } from "../image/image";
import { isSystemdPath } from "../image/init";
import { basedOn } from "../image/stage";
import { baseFacts, imageFacts } from "../plan/image-facts";
import { isPlan, plan } from "../plan/plan";
import type { ImageFacts, LaunchOptions, LaunchPlan, Refusal } from "../plan/types";
import { type FileText, keptFile, kindOfBuilt, readFile } from "../surfaces/files";
import type { Started, SurfaceFile } from "../surfaces/surface";
import { imageNamed, isBuiltOn } from "./bases";
import { type BuildLinks, dockerfileOf, type LinkedContainer, runsOf } from "./links";
import type { ContainerSubject, ImageSubject, Subject } from "./subject";

/** One file in its project, and the engine for which it is judged. */
export interface FileContext extends FileText {
  readonly snapshot: Snapshot;
  readonly target: Target;
  /** Set if the file is read the way its own tool starts it. */
  readonly started?: Started;
  /** The links of the snapshot, if the caller already has them. */
  readonly links?: BuildLinks;
}

/** A file with everything that a rule, a plan or an explanation can be about. */
export interface Subjects {
  /** Undefined if the file belongs to no surface. */
  readonly file: SurfaceFile | undefined;
  readonly images: readonly ImageSubject[];
  readonly containers: readonly ContainerSubject[];
  /** The containers that are shown only in comments of the file. */
  readonly remarked: readonly ContainerSubject[];
}

/**
 * Reads a file once for rules, plans and explanations. `images` are those of the given stages (by default the last
 * one) and of every stage that the workspace starts; `containers` are those that the file starts.
 */
export function subjectsOf(
  context: FileContext,
  stages: readonly (string | undefined)[] = [undefined],
): Subjects {
  const { snapshot, started } = context;
  const file = started ? readFile(context, snapshot.read, started) : keptFile(context, snapshot.read);
  return {
    file,
    images: file?.dockerfile ? imageSubjects(context, file.dockerfile, stages) : [],
    containers: file?.containers.map((source) => runSubject(context, source)).filter(startsImage) ?? [],
    remarked: file?.remarked?.map((source) => runSubject(withOwn(context), source)).filter(startsImage) ?? [],
  };
}

/**
 * The same context, with a snapshot from which the file itself can be read, even if it is new and not in the project
 * yet.
 */
function withOwn(context: FileContext): FileContext {
  const { uri, text, snapshot } = context;
  const read = (asked: string) => (asked === uri ? text : snapshot.read(asked));
  return { ...context, snapshot: { ...snapshot, read } };
}

function imageSubjects(
  context: FileContext,
  dockerfile: Dockerfile,
  stages: readonly (string | undefined)[],
): ImageSubject[] {
  const linked = runsOf(context.uri, context.snapshot, context.links);
  const targets = new Set([...stages, ...linked.map(({ source }) => source.build?.target)]);
  const subjects: ImageSubject[] = [];
  for (const target of targets) {
    const image = dockerfile.image(target);
    if (!image || subjects.some((subject) => subject.image.stage === image.stage)) continue;
    subjects.push(imageSubject(context, dockerfile, image, linked));
  }
  return subjects;
}

const withPlan = computing<Pick<Subject, "facts" | "plan">>(["facts", "plan"]);
const withBoot = computing<Pick<NonNullable<ContainerSubject["image"]>, "boot">>(["boot"]);

function imageSubject(
  context: FileContext,
  dockerfile: Dockerfile,
  image: Image,
  linked: readonly LinkedContainer[],
): ImageSubject {
  const fileUri = (path: string) => inContext(context, linked, path);
  const readFile = (path: string) => context.snapshot.read(fileUri(path));
  const containers = linked
    .filter(({ source }) => dockerfile.image(source.build?.target)?.stage === image.stage)
    .map(({ uri, source }) => ({ uri, source, boot: detectInContainer(source, image, readFile) }))
    .filter(startsImage);
  const own = detectInImage(image, readFile);
  const boot = own.boots !== "no" ? own : (containers.find((each) => each.boot.boots !== "no")?.boot ?? own);
  const target = targetOfImage(containers, context.target);
  const facts = once(() => imageFacts(subject, boot, image.stage));
  const plan = once(() => keptPlan(facts(), target));
  const known = {
    below: once(() => imageBelow(image, context)),
    isBuiltOn: () => isBuiltOn(context.uri, context.snapshot, linked),
    readBeside: (name: string) => context.snapshot.read(resolveUri(context.uri, name) ?? context.uri),
    ...{ uri: context.uri, dockerfile, image, boot, target, containers, readFile, fileUri },
  };
  const subject: ImageSubject = withPlan(known, { facts, plan });
  return subject;
}

function imageBelow({ base, baseReference }: Image, { uri, snapshot }: FileContext): Image | undefined {
  return base || baseReference === undefined ? undefined : imageNamed(baseReference, uri, snapshot);
}

/**
 * Whether a container starts the program of its image, so that its command does not replace the program. Which words
 * an entry script accepts besides options is unknown.
 */
function startsImage({ source, boot }: Pick<ContainerSubject, "source" | "boot">): boolean {
  if (!source.needsEntrypoint) return true;
  const isInit = boot.evidence !== "script" && isSystemdPath(boot.argv[0]);
  return boot.boots !== "no" && (isInit || source.spec.command?.words[0]?.startsWith("-") === true);
}

/** An image that no file of the project describes. */
export function imageAlone(facts: ImageFacts, target: Target, options?: LaunchOptions): Subject {
  return { facts, target, plan: plan(facts, target, options) };
}

const recentPlans = kept<LaunchPlan | Refusal>(mostKeptPlans);

/** The plan of a subject. It is cached because few keystrokes in a file change it. */
function keptPlan(image: ImageFacts, target: Target): LaunchPlan | Refusal {
  return recentPlans(
    JSON.stringify([image, target]),
    () => undefined,
    () => planWhereItBoots(image, target),
  );
}

/**
 * Plans for an engine. If the host's cgroup version is not specified, an image too old for cgroup v2 is judged for
 * v1, where it boots.
 */
export function planWhereItBoots(
  image: ImageFacts,
  target: Target,
  options?: LaunchOptions,
): LaunchPlan | Refusal {
  const first = plan(image, target, options);
  if (isPlan(first) || target?.cgroupVersion !== undefined) return first;
  const old = plan(image, { engine: "docker", ...target, cgroupVersion: 1 }, options);
  if (!isPlan(old)) return first;
  return target ? old : { ...old, assumed: true };
}

/**
 * Paths in COPY are relative to the build context: the `build.context` of a service, or else the directory of the
 * Dockerfile. If a path begins with the name of that directory or of one above it, and there is no such file, the
 * context is assumed to be further up.
 */
function inContext({ uri, snapshot }: FileContext, linked: readonly LinkedContainer[], path: string): string {
  const context = linked.map(({ source }) => linkOf(source)?.context).find((each) => each);
  const written = path.replace(/^(\.?\/)+/, "");
  const beside = resolveUri(context ? `${context}/` : uri, written) ?? uri;
  const [, first] = /^([^/]+)\/./.exec(written) ?? [];
  if (context || first === undefined || snapshot.read(beside) !== undefined) return beside;
  const above = `${folderOf(uri)}/`.lastIndexOf(`/${encodeURIComponent(first)}/`);
  const other = above === -1 ? undefined : resolveUri(uri.slice(0, above + 1), written);
  return other !== undefined && snapshot.read(other) !== undefined ? other : beside;
}

/** The boot detection for a container whose settings are the only sign that systemd is meant to boot. */
const meantBoot: BootDetection = { boots: "likely", argv: [], evidence: "settings", throughShell: false };

function runSubject(context: FileContext, source: ContainerSource, meant?: BootDetection): ContainerSubject {
  const build = linkOf(source);
  const dockerfile = dockerfileOf(source, context.snapshot);
  const image = builtImage(source, dockerfile, context.snapshot);
  const base = image ? image.base : namedBase(source.spec, context.snapshot.read);
  const target = targetOf(source, context.target);
  const fileUri = (path: string) =>
    build?.context === undefined ? undefined : resolveUri(`${build.context}/`, path.replace(/^\/+/, ""));
  const readFile = (path: string) => {
    const uri = fileUri(path);
    return uri === undefined ? undefined : context.snapshot.read(uri);
  };
  const boot = meant ?? detectInContainer(source, image, readFile, base);
  const reference = source.spec.image ?? source.name;
  const own = once(() => (image ? detectInImage(image, readFile) : boot));
  const built =
    image &&
    withBoot({ uri: source.template ? undefined : dockerfile?.uri, image, readFile, fileUri }, { boot: own });
  const facts = once(() => (built ? imageFacts(built, boot, reference) : baseFacts(base, boot, reference)));
  const plan = once(() => keptPlan(facts(), target));
  const withoutProgram = () => {
    const { command: _command, entrypoint: _entrypoint, ...spec } = source.spec;
    return Object.assign(runSubject(context, { ...source, spec }), { isChanged: true });
  };
  const known = {
    fileVariables: once(() => fileVariables(source, context.snapshot)),
    withoutProgram: once(withoutProgram),
    withSystemd: once(() => Object.assign(runSubject(context, source, meantBoot), { isChanged: true })),
    ...{ uri: context.uri, source, boot, target, image: built, base },
  };
  return withPlan(known, { facts, plan });
}

/** The image that a container is built from. The image that a platform names can be the base of its template. */
function builtImage(
  { build, template, spec }: ContainerSource,
  dockerfile: FileText | undefined,
  snapshot: Snapshot,
): Image | undefined {
  const image = readBuilt(build?.inline, dockerfile, snapshot)?.image(build?.target);
  const base = template && image && !image.base && namedBase(spec, snapshot.read);
  const { start, end } = image?.bottom.argumentsSpan ?? { start: 0, end: 0 };
  return base && dockerfile?.text.slice(start, end).includes("item.image") ? basedOn(image, base) : image;
}

function fileVariables(
  { variableFiles = [] }: ContainerSource,
  snapshot: Snapshot,
): ReadonlyMap<string, Span | undefined> {
  return new Map(
    variableFiles.flatMap(({ uri, span, namesIn }) =>
      namesIn(snapshot.read(uri) ?? "").map((name) => [name, span] as const),
    ),
  );
}

/** The Dockerfile that a container is built from, either written inline or in a file. */
export function readBuilt(
  inline: string | undefined,
  file: FileText | undefined,
  { read }: Snapshot,
): Dockerfile | undefined {
  if (inline !== undefined) return readDockerfile(inline, read);
  return file && keptFile({ ...file, kind: kindOfBuilt(file.uri) }, read)?.dockerfile;
}

/**
 * A container that a tool or command starts on a specific engine is judged for that engine, on the host of the
 * configured one. If none is configured, the file or `container=podman` in the container's environment indicates
 * which engine it was written for. Like Docker, the runtime of a kubelet does not prepare anything for systemd.
 */
function targetOf({ spec, engine, runsOn, pod }: ContainerSource, target: Target): Target {
  if (pod) return undefined;
  if (target && runsOn && runsOn !== target.engine)
    return { engine: runsOn, ...(target.cgroupVersion && { cgroupVersion: target.cgroupVersion }) };
  const podman = (runsOn ?? engine) === "podman" || spec.environment.container === "podman";
  return target ?? (podman ? { engine: "podman" } : undefined);
}

/** An image that the workspace only starts with Podman is judged for Podman. */
function targetOfImage(linked: readonly LinkedContainer[], target: Target): Target {
  const onlyPodman =
    linked.length > 0 && linked.every(({ source: { engine, runsOn } }) => (runsOn ?? engine) === "podman");
  return target ?? (onlyPodman ? { engine: "podman" } : undefined);
}
