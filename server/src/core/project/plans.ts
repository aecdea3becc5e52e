import type { Snapshot } from "../base/snapshot";
import { applyEdits, type Span } from "../base/text";
import type { BootDetection } from "../boot/detect";
import { replacePort } from "../container/quantities";
import type { BuildLink, ContainerSource, OwnStart } from "../container/source";
import type { ContainerSpec } from "../container/spec";
import type { Target } from "../engine";
import { quotedWords } from "../image/arguments";
import type { InspectedImage } from "../image/seen-image";
import { readInspected } from "../plan/inspected";
import { isPlan, planOver } from "../plan/plan";
import type { LaunchOptions, LaunchPlan, Refusal } from "../plan/types";
import { type FileKind, type FileText, kindOf } from "../surfaces/files";
import type { SurfaceFile } from "../surfaces/surface";
import type { ContainerSubject, ImageSubject } from "./subject";
import { imageAlone, planWhereItBoots, subjectsOf } from "./subjects";

/** An image or container that a file defines and that can be started. */
export interface Launch {
  /** The stage of a Dockerfile or the service of a Compose file. */
  readonly name: string;
  readonly boot: BootDetection;
  readonly plan: LaunchPlan | Refusal;
  /** Ports from EXPOSE, as written. */
  readonly exposed: readonly string[];
  /** Where the program of the file's image is set: in its ENTRYPOINT or CMD, otherwise by the base image. */
  readonly program?: Span;
  /** What the container's image is built from, if known. */
  readonly build?: BuildLink;
  /**
   * The content of the file that starts the container, with the missing settings added, and the kind of that file.
   */
  readonly completed?: string;
  readonly completedKind?: FileKind;
  /** The URI of that file if it is not the planned one; if there are several, the first that contains the service. */
  readonly completedUri?: string;
}

/** What the caller requests for a file. */
interface Asked {
  readonly name?: string;
  readonly reference?: string;
  readonly options?: LaunchOptions;
  readonly files?: readonly string[];
}

/**
 * The launch plans of a file. For a Dockerfile, the plan of its last stage, or of the stage `name`. For a compose
 * file, the plans of all services in which systemd boots and which compose starts by default, or of the service
 * `name`. `reference` is the image to run if the file does not name one; without it, the output contains
 * `unnamedImage`. `files` are URIs of files that are merged over this one, as with several `-f` options of compose.
 */
export function launches(
  file: FileText & { readonly snapshot: Snapshot },
  target: Target,
  { name, reference, options, files }: Asked = {},
): Launch[] {
  const context = { ...file, target, started: { files } };
  const launchOf = (subject: ImageSubject | ContainerSubject, launched: string, named?: string): Launch => {
    const exposed = exposedBy(subject);
    const own = "source" in subject ? withReplaced(subject.source.start(), options) : undefined;
    const facts = { ...subject.facts, reference: named ?? reference ?? own?.image ?? unnamedImage };
    const planned = planWhereItBoots(facts, subject.target, withPorts(options, exposed));
    const over = own && isPlan(planned) ? planOver(own, planned) : planned;
    return {
      name: launched,
      boot: subject.boot,
      plan: over,
      exposed,
      program: "source" in subject ? undefined : programOf(subject),
      build: "source" in subject ? subject.source.build : { dockerfile: file.uri, target: name, args: {} },
      ...("source" in subject && isPlan(over) && completion(file, subject.source, over)),
    };
  };
  const { file: read, images, containers } = subjectsOf(context, [name]);
  const stage = read?.dockerfile?.image(name)?.stage;
  const wanted = name
    ? containers.filter(({ source }) => source.name === name)
    : containers.filter(({ boot, source }) => boot.boots !== "no" && !source.inactive);
  return [
    ...images
      .filter(({ image }) => image.stage === stage)
      .map((subject) => launchOf(subject, subject.image.stage)),
    ...wanted.map((subject) => launchOf(subject, subject.source.name, subject.source.spec.image)),
  ];
}

/** The file that names a service, with the missing settings added; empty if the file cannot express them. */
function completion(
  { uri, text, kind, snapshot }: FileText & { readonly snapshot: Snapshot },
  source: ContainerSource,
  { requirements }: LaunchPlan,
): Pick<Launch, "completed" | "completedKind" | "completedUri"> {
  const steps = requirements.flatMap((requirement) => requirement.steps);
  const named = source.uri === undefined ? text : snapshot.read(source.uri);
  const change = steps.length === 0 ? { edits: [] } : source.changes(steps)[0];
  if (named === undefined || !change) return {};
  const completedKind = kind ?? kindOf(uri, text);
  return { completed: applyEdits(named, change.edits), completedKind, completedUri: source.uri };
}

function programOf({ image: { entrypoint, cmd, from } }: ImageSubject): Span {
  const named = [entrypoint, cmd].find((program) => program?.instruction.stage === from.stage);
  return named?.span ?? from.argumentsSpan;
}

/** The ports of EXPOSE, if the Dockerfile is known. */
function exposedBy(subject: ImageSubject | ContainerSubject): readonly string[] {
  const image = "source" in subject ? subject.image?.image : subject.image;
  return image?.exposed ?? [];
}

/** The launch plan for an image that is stored in an engine. */
export function imageLaunch(
  image: InspectedImage,
  target: Target,
  reference: string,
  options?: LaunchOptions,
): Launch {
  const read = readInspected(image, reference);
  const common = { name: imageName(reference), exposed: image.exposed };
  if (!("facts" in read)) return { ...common, boot: notBooting, plan: { refused: read } };
  const subject = imageAlone(read.facts, target, withPorts(options, image.exposed));
  return { ...common, boot: read.boot, plan: subject.plan };
}

/**
 * The options with ports in published form. Those of EXPOSE are only published on the host's loopback address, on a
 * free port.
 */
function withPorts(options: LaunchOptions = {}, exposed: readonly string[]): LaunchOptions {
  const own = exposed.map((port) => `127.0.0.1::${port}`);
  const ports = options.ports?.flatMap((port) => (port === "exposed" ? own : [port]));
  return { ...options, ports: ports && replaced(ports, options) };
}

/** How a service is started according to its file, with the ports that are already in use replaced. */
function withReplaced(own: OwnStart, options: LaunchOptions = {}): OwnStart {
  const over = (spec: ContainerSpec) => ({ ...spec, ports: replaced(spec.ports, options) });
  const { spec, hidden } = own;
  return { ...own, spec: over(spec), ...(hidden && { hidden: { ...hidden, spec: over(hidden.spec) } }) };
}

function replaced(ports: readonly string[], { replacePorts = [] }: LaunchOptions): readonly string[] {
  return replacePorts.reduce((all, each) => all.flatMap((port) => replacePort(port, each)), ports);
}

const notBooting: BootDetection = { boots: "no", argv: [], evidence: "none", throughShell: false };

/** A service name for an image: the last part of its reference, without tag and digest. */
function imageName(reference: string): string {
  const [name = ""] = reference.slice(reference.lastIndexOf("/") + 1).split(/[:@]/, 1);
  return name.toLowerCase() || "web";
}

/** A variable that a build accepts, with its default if there is one. */
export interface BuildArgument {
  readonly name: string;
  readonly value?: string;
}

/**
 * The build arguments of a file, each listed once. If there are several defaults, the first one applies. Empty for
 * anything but a Dockerfile.
 */
export function buildArguments({ dockerfile }: SurfaceFile): BuildArgument[] {
  if (!dockerfile) return [];
  const { instructions, escape: escapeChar } = dockerfile;
  const found = new Map<string, string | undefined>();
  for (const { keyword, body } of instructions) {
    if (keyword !== "ARG") continue;
    for (const { text: word } of quotedWords(body, escapeChar)) {
      const [, name = "", value] = /^([^=]+)(?:=(.*))?$/s.exec(word) ?? [];
      if (name !== "" && !predefined.test(name)) found.set(name, found.get(name) ?? value);
    }
  }
  return Array.from(found, ([name, value]) => ({ name, value: value && unquoted(value) }));
}

/** Builders set these themselves (Dockerfile reference, "Predefined ARGs" and "Automatic platform ARGs"). */
const predefined =
  /^(https?|ftp|no|all)_proxy$|^(BUILD|TARGET)(PLATFORM|OS|ARCH|VARIANT)$|^(BUILDKIT|SOURCE)_/i;

function unquoted(value: string): string {
  return /^(["']).*\1$/s.test(value) ? value.slice(1, -1) : value;
}

/** The possible values of `name`: the stages of a Dockerfile by name or number, or the services of a Compose file. */
export function launchNames({ dockerfile, containers }: SurfaceFile): string[] {
  const stages = dockerfile?.stages.map((stage, index) => stage.name ?? String(index)) ?? [];
  return [...stages, ...containers.map(({ name }) => name)];
}

/** A placeholder for an image that has no name yet. */
const unnamedImage = "my-systemd-image";
