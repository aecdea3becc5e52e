import { type Message, message } from "../base/message";
import { lastSegment } from "../base/text";
import { folderOf } from "../base/uri";
import { isSecretName } from "../container/secrets";
import type { ContainerSource } from "../container/source";
import type { ContainerSpec } from "../container/spec";
import { hiddenNames, withoutSecrets } from "../plan/own";
import { isPlan } from "../plan/plan";
import { leftOut, notesOf, planOn, toDisplay } from "../plan/render/command";
import { engineOf, type FormatName, planFormats, renderRun } from "../plan/render/formats";
import type { LaunchPlan } from "../plan/types";
import { type Launch, launches } from "../project/plans";
import { type FileContext, subjectsOf } from "../project/subjects";
import { commandAt } from "../surfaces/run-lines/read";
import { nothingStarts, refuse, type Unchanged } from "./conversion";

/** A container in another format. */
export interface Converted {
  readonly text: string;
  /** The characters that start a comment in the output. */
  readonly comment: string;
  /** What the output leaves out and what it adds, with one comment for each. */
  readonly notes: readonly Message[];
}

/**
 * Converts the container at a position in a file, or the image of a Dockerfile, to another format. The output
 * contains the container's settings and whatever else systemd needs on the engine of that format. Values that look
 * secret are left out.
 */
export function toFormat(context: FileContext, offset: number, format: FormatName): Converted | Unchanged {
  const launch = launchAt(context, offset);
  if (!launch) return refuse(nothingStarts);
  if (launch.boot.boots === "no")
    return refuse(
      message("convert.other-program", "{name} does not start systemd, so it is not converted.", {
        name: launch.name,
      }),
    );
  if (!isPlan(launch.plan)) return refuse(launch.plan.refused);
  const planned = planOn(launch.plan, engineOf(format) ?? launch.plan.facts.engine);
  if (!planned)
    return refuse(
      message("convert.other-engine", "{name} cannot boot on the engine that uses this format.", {
        name: launch.name,
      }),
    );
  return written(planned, launch, context, format);
}

function written(
  planned: LaunchPlan,
  { name, build }: Launch,
  { uri }: FileContext,
  format: FormatName,
): Converted {
  const { text, unsaid, notes } = renderRun(format, {
    ...{ spec: shownRun(planned), reference: planned.image.reference, name },
    ...{ engine: planned.facts.engine, build, folder: folderOf(uri) },
  });
  const { own, requirements } = planned;
  const from = { file: decodeURIComponent(lastSegment(uri)), name };
  return {
    text,
    comment: planFormats[format].comment,
    notes: [
      message("convert.from", "Converted from {file}: {name}", shown(from)),
      ...listed(own ? requirements.map(toDisplay) : [], (options) =>
        message("convert.added", "Added for systemd: {options}", { options }),
      ),
      ...listed([...(own?.left ?? []), ...unsaid], (options) =>
        message("convert.left", "Not carried over: {options}", { options }),
      ),
      ...listed(secretNames(planned), (names) =>
        message("convert.hidden", "Values omitted because they might be secret: {names}", { names }),
      ),
      ...notes,
      ...notesOf(planned).flatMap(({ what, why }) => (what === leftOut ? [] : why)),
    ],
  };
}

function listed(items: readonly string[], say: (items: readonly string[]) => Message): Message[] {
  const all = items.filter((item) => item !== "").map(onOneLine);
  return all.length > 0 ? [say(all)] : [];
}

/** Keeps foreign text on one line, so that it cannot end a comment. */
function onOneLine(text: string): string {
  return text.replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, " ");
}

function shown(args: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(args).map(([name, text]) => [name, onOneLine(text)]));
}

/**
 * The container that starts at or before a position, or else the first in the file. For a Dockerfile, its last stage.
 */
function launchAt(context: FileContext, offset: number): Launch | undefined {
  const { file, containers } = subjectsOf({ ...context, started: {} });
  if (file?.dockerfile) return launches(context, context.target)[0];
  const begin = ({ nameSpan }: ContainerSource) => commandAt(context.text, nameSpan.start);
  const all = containers.map(({ source }) => source);
  const source = all.findLast((each) => begin(each) <= offset) ?? all[0];
  if (!source) return undefined;
  const { name } = source;
  const namesakes = all.filter((each) => each.name === name);
  return launches(context, context.target, { name })[namesakes.indexOf(source)];
}

/** The settings of a container without the values that look secret. Only the names of those variables remain. */
function shownRun(plan: LaunchPlan): ContainerSpec {
  const spec = withoutSecrets(plan);
  const values = Object.keys(spec.environment).map((name) => [
    name,
    isSecretName(name) ? spec.environment[name] : plan.spec.environment[name],
  ]);
  return { ...spec, environment: Object.fromEntries(values) };
}

function secretNames(plan: LaunchPlan): string[] {
  return hiddenNames(plan).filter((name) => !(name in plan.spec.environment) || isSecretName(name));
}
