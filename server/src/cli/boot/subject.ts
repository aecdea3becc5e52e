import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import type { Build } from "../../../../client/src/flows/run-build";
import { launches } from "../../core/project/plans";
import { keptFile } from "../../core/surfaces/files";
import type { BootAsked, BootPlace } from "../boot-asked";
import { bootTexts } from "../boot-texts";
import { isPath, type NamedInput, onlyLaunch, readNamed } from "../input/named";
import { texts } from "../texts";

/** What is booted: the image or container that a file defines, or an image of the engine. */
export interface Subject {
  /** Its name on the command line. */
  readonly what: string;
  readonly input?: NamedInput;
  /** The build that runs first. */
  readonly build?: Omit<Build, "tag">;
}

/** Matches anything that can be an image name: lower case except for the tag (distribution, `reference`). */
const reference = /^[a-z0-9][a-z0-9._:/-]*(:[\w.-]+)?(@sha256:[0-9a-f]+)?$/;

/** Reads what the command line names. Reports why it cannot be read, or that several candidates match. */
export function readSubject(
  { what, kind }: Pick<BootAsked, "what" | "kind">,
  place: BootPlace,
): Subject | undefined {
  if (!isPath(what, place)) {
    if (reference.test(what)) return { what };
    place.err(`${what}: ${texts.absent}\n`);
    return undefined;
  }
  const named = readNamed(what, kind, place);
  if (!named) return undefined;
  const { file, snapshot, name } = named;
  const launch = onlyLaunch(launches({ ...file, snapshot }, undefined, { name }), named, place);
  if (!launch) return undefined;
  const source = keptFile(file, snapshot.read)?.containers.find((each) => each.name === launch.name);
  if (!source) return { what, input: named, build: { uri: file.uri, stage: name, arguments: {} } };
  const input = { ...named, name: launch.name };
  if (!source.build) return { what, input };
  const { dockerfile: uri, context, target: stage, args } = source.build;
  if (uri === undefined || !isFile(uri)) {
    place.err(`${file.name}: ${bootTexts.inline}\n`);
    return undefined;
  }
  const folder =
    context !== undefined && isFile(context) ? fileURLToPath(context) : dirname(fileURLToPath(uri));
  return { what, input, build: { uri, stage, arguments: valuesOf(args), context: folder } };
}

function isFile(uri: string): boolean {
  return uri.startsWith("file:");
}

/** Build arguments with their values. As in Compose, an argument without a value gets it from the environment. */
function valuesOf(args: Readonly<Record<string, string | undefined>>): Record<string, string> {
  const values = Object.entries(args).map(([name, value]) => [name, value ?? process.env[name]] as const);
  return Object.fromEntries(values.filter((each): each is [string, string] => each[1] !== undefined));
}
