import type { Message } from "../core/base/message";
import type { Problem } from "../core/base/problem";
import type { Snapshot } from "../core/base/snapshot";
import { bootSystemd } from "../core/convert/boot-systemd";
import { nothingStarts } from "../core/convert/conversion";
import type { Target } from "../core/engine";
import type { Finding } from "../core/lint/rule";
import { readTarget, type Settings } from "../core/lint/settings";
import { withoutSecrets } from "../core/plan/own";
import { isPlan } from "../core/plan/plan";
import { commandFor } from "../core/plan/render/command";
import { createRequest } from "../core/plan/render/create";
import { explainParts } from "../core/plan/render/parts";
import { buildArguments, imageLaunch, type Launch, launches, launchNames } from "../core/project/plans";
import { renderCompose } from "../core/surfaces/compose/render";
import { type FileKind, type FileText, readFile } from "../core/surfaces/files";
import type { PlanParams, PlanResult } from "../protocol";
import { closedDocument } from "./closed-document";
import { toPart, toPlace } from "./convert";
import { emptyPlan, noPlan, unread } from "./no-answer";
import type { Say } from "./session";

/** A file that a request is about. */
export interface AskedFile {
  readonly uri: string;
  readonly snapshot: Snapshot;
  readonly kind?: FileKind;
}

/** What is known about the file for which a plan is made. */
export interface PlannedFile extends AskedFile {
  readonly findings: readonly Finding[];
}

/**
 * How to start the image or container that a file defines, or an image; `refused` explains why that is not possible.
 */
export function answerPlan(
  params: PlanParams,
  settings: Settings,
  file: PlannedFile | undefined,
  say: Say,
): PlanResult {
  const { image, name, reference, facts, options } = params;
  const target = readTarget(facts) ?? settings.target;
  if (image) return planResult(imageLaunch(image, target, reference, options), emptyPlan, say);
  const text = file?.snapshot.read(file.uri);
  if (!file || text === undefined) return noPlan(say(unread));
  const whole = { ...file, text };
  const read = readFile(whole, whole.snapshot.read, {});
  const [problem] = read?.problems() ?? [];
  const [launch] = launches(whole, target, { name, reference, options });
  const base = {
    ...emptyPlan,
    ...(read && { stages: launchNames(read), arguments: buildArguments(read) }),
    errors: errorsOf(file, name && (launch?.name ?? name)).map(say),
  };
  return launch
    ? {
        ...planResult(launch, base, say),
        startsOther: startsOther({ ...whole, problem }, launch, { name, target: settings.target, say }),
      }
    : { ...base, refused: say(nothingStarts) };
}

function planResult(
  { plan, boot, exposed, name, completed }: Launch,
  base: PlanResult,
  say: Say,
): PlanResult {
  const known = { ...base, boots: boot.boots, ports: exposed };
  if (!isPlan(plan)) return { ...known, refused: say(plan.refused) };
  const explained = (tool: "docker" | "podman" | "compose") =>
    explainParts(plan, tool).map((each) => toPart(each, say));
  const create = createRequest(plan);
  return {
    ...known,
    create: "refused" in create ? { refused: say(create.refused) } : create,
    docker: commandFor(plan, "docker"),
    podman: commandFor(plan, "podman"),
    compose: completed ?? renderCompose({ ...withoutSecrets(plan), image: plan.image.reference }, name),
    explain: {
      docker: explained("docker"),
      podman: explained("podman"),
      compose: explained("compose"),
    },
  };
}

/** The requested stage, by name unless it is the last one, and the engine for which it is judged. */
interface Asked {
  readonly name: string | undefined;
  readonly target: Target;
  readonly say: Say;
}

/**
 * What starts instead of systemd, or why systemd does not start: a line that cannot be read, or a finding about that.
 */
function startsOther(
  file: PlannedFile & FileText & { readonly problem?: Problem },
  { boot, name, program }: Launch,
  asked: Asked,
): PlanResult["startsOther"] {
  if (boot.boots !== "no" || !program) return undefined;
  const { uri, text, findings, problem } = file;
  const found = findings.find(({ grade, subjects }) => grade === "intended" && subjects.includes(name));
  const why = problem ?? found;
  const place = toPlace(closedDocument(uri, text), why?.span ?? program);
  const otherwise = canBeMadeToBoot(file, asked) ? "edits" : "none";
  const wayOut = why !== undefined && why === found ? "fixes" : otherwise;
  return { place, why: why && asked.say(why.message), wayOut };
}

/** Whether there are edits that make the image boot systemd, which only exist for the last stage. */
function canBeMadeToBoot(file: PlannedFile & FileText, { name, target }: Asked): boolean {
  return name === undefined && !("refused" in bootSystemd({ ...file, target }));
}

/**
 * The errors of a Compose file about one service, or all of them. An error before the services applies to each
 * service.
 */
function errorsOf({ findings }: PlannedFile, subject?: string): Message[] {
  return findings
    .filter(({ severity }) => severity === "error")
    .filter(({ subjects }) => subject === undefined || subjects.includes(subject))
    .map(({ message }) => message);
}
