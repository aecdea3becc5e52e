import type {
  LeastAnswer,
  LeastFound,
  LeastParams,
  LeastStep,
  Observed,
} from "../../../../server/src/least-protocol";
import type { CreateRequest } from "../../../../server/src/protocol";
import type { BootReport, Engine, Labels, Server } from "../../ports";
import type { Text, Translate } from "../../text";
import { faultWords, isFault } from "../../texts/faults";
import { leastTexts } from "../../texts/least";
import { trialOf } from "../trial";
import { type Checks, hasOwn, type Observing, observe, type Pace } from "./observe";

/** The methods of an engine that are needed to boot repeatedly. */
export type Trying = Observing &
  Pick<Engine, "boot" | "createVolume" | "facts" | "remove" | "removeVolume" | "start">;

/** The container for which to find the least privilege. */
export interface LeastSearch extends Pick<LeastParams, "uri" | "image" | "name" | "reference"> {
  readonly checks: Checks;
  /** The image that was built for the search, if any. */
  readonly built?: string;
  /** The prefix of the names of all containers and volumes. These also have the labels. */
  readonly prefix: string;
  readonly labels: Labels;
  /** How many boots are allowed. */
  readonly most: number;
  /** How long one boot may take, in seconds. */
  readonly seconds: number;
}

/** The callbacks of a search, and the signal that ends it. */
export interface LeastJob {
  report(text: Text): void;
  /** Whether grants that equal root on the host may be booted. */
  agrees(step: Extract<LeastStep, { readonly step: "agreement" }>): Promise<boolean>;
  /** When aborted, the current boot is the last one, and the result shows how far the search got. */
  readonly signal: AbortSignal;
  readonly pace?: Pace;
}

/** A finished search: its result or why there is none, and how long it took. */
export type LeastResult = (LeastFound | Extract<LeastStep, { readonly step: "refused" }>) & {
  readonly seconds: number;
};

/**
 * Searches for the least privilege by booting the container with one set of grants after the other, as the language
 * server requests. Each boot has a fresh container and fresh volumes, which are removed at once.
 */
export async function findLeast(
  { t, server }: { readonly t: Translate; readonly server: Pick<Server, "least"> },
  engine: Trying,
  search: LeastSearch,
  job: LeastJob,
): Promise<LeastResult> {
  const { uri, image, name, reference, most, checks } = search;
  const asked = { uri, image, name, reference, most, facts: engine.facts, ownChecks: hasOwn(checks) };
  const answers: LeastAnswer[] = [];
  const started = performance.now();
  for (;;) {
    const step = await server.least({ ...asked, answers });
    if (step.step === "found" || step.step === "refused")
      return { ...step, seconds: (performance.now() - started) / 1000 };
    if (job.signal.aborted) answers.push({ over: true });
    else if (step.step === "agreement") answers.push({ agreed: await job.agrees(step) });
    else {
      job.report(leastTexts.boot(t, step.number, most, step.purpose));
      const observed = await tryBoot(t, engine, search, step, job);
      answers.push(observed ? { observed } : { over: true });
    }
  }
}

/** Boots a container once, observes and removes it. Undefined if the search was canceled in the meantime. */
async function tryBoot(
  t: Translate,
  engine: Trying,
  { uri = "", built, prefix, labels, checks, seconds }: LeastSearch,
  { create: planned, number }: { readonly create: CreateRequest; readonly number: number },
  { signal, pace }: LeastJob,
): Promise<Observed | undefined> {
  const name = `${prefix}-${number}`;
  const { create, volumes } = trialOf(planned, built, (volume) => `${name}-${volume}`);
  try {
    for (const volume of volumes) await engine.createVolume(volume, labels);
    const container = await engine.start({ name, uri, create: withoutHostNetwork(create), labels }, signal);
    try {
      const report: BootReport = await engine.boot(container, seconds, { report: () => undefined, signal });
      return await observe(engine, container, report, checks, signal, pace);
    } finally {
      await engine.remove(container);
    }
  } catch (error) {
    if (signal.aborted) return undefined;
    if (!isFault(error) || !ofContainer.has(error.code)) throw error;
    return {
      up: false,
      log: faultWords(t, error).message,
      failed: [],
      starting: [],
      skipped: [],
      checks: [],
    };
  } finally {
    for (const volume of volumes) await engine.removeVolume(volume).catch(() => undefined);
  }
}

/** Faults that concern the container to boot, so another set of grants might succeed. */
const ofContainer: ReadonlySet<string> = new Set([
  "container-stopped",
  "container-gone",
  "refused",
  "engine-error",
]);

/** Trials do not use the host's network, because a service would listen on the host's ports. */
function withoutHostNetwork({ api, body }: CreateRequest): CreateRequest {
  const { netns, ...others } = body;
  if ((netns as { readonly nsmode?: string } | undefined)?.nsmode === "host") return { api, body: others };
  const { NetworkMode, ...host } = (body.HostConfig ?? {}) as Readonly<Record<string, unknown>>;
  if (NetworkMode !== "host") return { api, body };
  return { api, body: { ...body, HostConfig: host } };
}
