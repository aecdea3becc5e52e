import { message } from "../base/message";
import { applyEdits, lastSegment } from "../base/text";
import { resolveUri } from "../base/uri";
import { isPlan } from "../plan/plan";
import { launches } from "../project/plans";
import type { FileContext } from "../project/subjects";
import { addService } from "../surfaces/compose/add-service";
import { renderService, serviceOf } from "../surfaces/compose/render";
import { keptFile } from "../surfaces/files";
import type { Value } from "../yaml/write";
import { bootingImage, type Changed, invalid, refuse, type Unchanged } from "./conversion";

/** The names that compose looks for, in order of precedence. */
const composeNames = ["compose.yaml", "compose.yml", "docker-compose.yaml", "docker-compose.yml"];

/**
 * Adds a service to the Compose file beside a Dockerfile, or to a new one. The service builds the Dockerfile and
 * starts its image as the plan requires. Ports of EXPOSE are published on the host's loopback address.
 */
export function addComposeService(context: FileContext): Changed | Unchanged {
  const subject = bootingImage(context);
  if ("refused" in subject) return subject;
  const [run] = subject.containers;
  if (run)
    return refuse(
      message("convert.has-service", "{file} already builds this Dockerfile as {service}.", {
        file: lastSegment(run.uri),
        service: run.source.name,
      }),
    );
  const [launch] = launches(context, context.target, { options: { ports: ["exposed"] } });
  if (!launch) return invalid;
  if (!isPlan(launch.plan)) return refuse(launch.plan.refused);
  const service = { build: buildOf(context.uri), ...serviceOf({ ...launch.plan.spec, image: undefined }) };
  return written(context, service);
}

function written(context: FileContext, service: Readonly<Record<string, Value>>): Changed | Unchanged {
  const { uri, snapshot } = context;
  const beside = composeNames.flatMap((name) => resolveUri(uri, name) ?? []);
  const there = beside.find((each) => snapshot.read(each) !== undefined);
  const before = there && snapshot.read(there);
  if (there === undefined || before === undefined) {
    const [first = uri] = beside;
    return { changed: [], created: [{ uri: first, text: renderService("app", service) }] };
  }
  const edits = addService({ uri: there, text: before }, freeName(there, context), service);
  if (!edits)
    return refuse(
      message("convert.no-services", "{file} has no `services` section, so a service cannot be added.", {
        file: lastSegment(there),
      }),
    );
  return { changed: [{ uri: there, before, after: applyEdits(before, edits) }], created: [] };
}

/** The value of `build`: the directory, plus the file name if it is not `Dockerfile`. */
function buildOf(uri: string): Value {
  const name = decodeURIComponent(lastSegment(uri));
  return name === "Dockerfile" ? "." : { context: ".", dockerfile: name };
}

/** A name that no service in a Compose file uses yet: `app`, `app-2`. */
function freeName(uri: string, { snapshot }: FileContext): string {
  const text = snapshot.read(uri) ?? "";
  const taken = new Set(keptFile({ uri, text }, snapshot.read)?.containers.map(({ name }) => name));
  for (let count = 1; ; count++) {
    const name = count === 1 ? "app" : `app-${count}`;
    if (!taken.has(name)) return name;
  }
}
