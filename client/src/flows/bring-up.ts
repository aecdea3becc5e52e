import type { BootJob, BootReport, Container, Engine, Job, Labels } from "../ports";
import { plain, type Text } from "../text";
import { progress } from "../texts/progress";
import type { Boot } from "./plan";
import { type BuildUi, runBuild } from "./run-build";

/** What is brought up. */
export interface Planned extends Pick<Boot, "name" | "uri" | "create" | "seconds" | "build"> {
  /** Labels of the container. */
  readonly labels?: Labels;
}

/** The one who waits sees what it does and can cancel it. */
export interface BringUp extends Pick<Job<Text>, "report" | "signal"> {
  /** It makes room, once what replaces it is built. */
  readonly earlier?: Container;
  /** Told what begins now. */
  begins?(step: "buildingFirst" | "starting" | "waiting"): void;
  /** Runs the boot of a container, and hears what that writes. */
  watch<T>(container: Container, boots: (hear: BootJob["hear"]) => Promise<T>): Promise<T>;
}

/** The part of an engine that builds and boots. */
export type Booting = Pick<Engine, "rememberImage" | "build" | "start" | "boot" | "stop" | "remove">;

/**
 * Builds where there is something to build, starts a container, waits until it has booted, and uses it. Whatever ends that
 * early, `use` included, no container is left behind, and a cancel no image. The seconds of the boot are read when it begins.
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
      // The engine may be what failed; then it cannot remove anything.
      await engine.remove(container).catch(() => undefined);
      throw error;
    }
  } catch (error) {
    // An image whose boot fails stays: it can be looked into, and need not be built again.
    if (signal.aborted) await undo?.().catch(() => undefined);
    throw error;
  }
}

async function makeRoom(engine: Booting, earlier: Container): Promise<void> {
  if (earlier.running) await engine.stop(earlier);
  await engine.remove(earlier);
}
