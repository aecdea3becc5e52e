import type { BootJob, BootReport, Container, Engine, Job, Labels } from "../ports";
import { plain, type Text } from "../text";
import { progress } from "../texts/progress";
import type { Boot } from "./plan";
import { type BuildUi, runBuild } from "./run-build";

/** The container to bring up. */
export interface Planned extends Pick<Boot, "name" | "uri" | "create" | "seconds" | "build"> {
  /** Labels of the container. */
  readonly labels?: Labels;
}

/** The callbacks for progress, the signal for cancellation, and the container to replace. */
export interface BringUp extends Pick<Job<Text>, "report" | "signal"> {
  /** The container to replace. It is removed after the image has been built. */
  readonly earlier?: Container;
  /** Called when a step starts. */
  begins?(step: "buildingFirst" | "starting" | "waiting"): void;
  /** Calls `boots`, which boots a container, and may pass it a callback for the console output. */
  watch<T>(container: Container, boots: (hear: BootJob["hear"]) => Promise<T>): Promise<T>;
}

/** The methods of an engine needed to build and boot. */
export type Booting = Pick<Engine, "rememberImage" | "build" | "start" | "boot" | "stop" | "remove">;

/**
 * Builds the image if necessary, starts a container, waits until it has booted, and passes it to `use`. If any of
 * this fails, including `use`, the container is removed. After a cancellation, the image is removed too. The boot
 * timeout is read when the boot starts.
 */
export async function bringUp<T>(
  { ui }: { readonly ui: BuildUi },
  engine: Booting,
  planned: Planned,
  job: BringUp,
  use: (container: Container, report: BootReport) => Promise<T>,
): Promise<T> {
  const { earlier, report, signal, watch } = job;
  const { build } = planned;
  const begin: BringUp["begins"] & {} = (step) => {
    report(progress[step](ui.t));
    job.begins?.(step);
  };
  const undo = build && (await engine.rememberImage(build.tag));
  try {
    if (build) {
      begin("buildingFirst");
      await runBuild({ ui }, engine, build, job);
    }
    if (earlier) await makeRoom(engine, earlier);
    begin("starting");
    const { name, uri, create, labels } = planned;
    const container = await engine.start({ name, uri, create, labels }, signal);
    try {
      begin("waiting");
      const say = (line: string) => report(plain(line));
      const { seconds } = planned;
      const ended = await watch(container, (hear) =>
        engine.boot(container, seconds, { report: say, hear, signal }),
      );
      return await use(container, ended);
    } catch (error) {
      // If the engine is what failed, it cannot remove the container either.
      await engine.remove(container).catch(() => undefined);
      throw error;
    }
  } catch (error) {
    // An image whose boot fails is kept, so that it can be inspected and need not be rebuilt.
    if (signal.aborted) await undo?.().catch(() => undefined);
    throw error;
  }
}

async function makeRoom(engine: Booting, earlier: Container): Promise<void> {
  if (earlier.running) await engine.stop(earlier);
  await engine.remove(earlier);
}
