import type { BootReport, Container, Dependencies, Engine, Job } from "../ports";
import { plain, type Text } from "../text";
import { progress } from "../texts/progress";
import { rememberBlamed } from "./blamed";
import type { Booted } from "./explain-report";
import { tellOutcome } from "./outcome";
import { isFailed, showGoing } from "./report";

/** A container whose boot is being watched. */
interface Watched extends Omit<Booted, "report"> {
  readonly title: Text;
  /** Starts the container before its boot is awaited. Absent if the container is already running. */
  begin?(job: Pick<Job<Text>, "report" | "signal">): Promise<void>;
}

/**
 * Starts a container, keeping the changes made in it, and reports how it booted. If it is running, it is stopped
 * cleanly first.
 */
export async function bootAgain(
  deps: Dependencies,
  engine: Engine,
  container: Container,
  title: Text,
): Promise<void> {
  const { t } = deps.ui;
  await watchBoot(deps, engine, {
    container,
    uri: container.uri,
    title,
    begin: async ({ report, signal }) => {
      if (container.running) {
        report(progress.stoppingFirst(t));
        await engine.stop(container);
        signal.throwIfAborted();
      }
      await engine.startAgain(container);
    },
  });
}

/** Waits until an existing container has booted and reports how it booted. */
export async function watchBoot(
  deps: Dependencies,
  engine: Engine,
  { container, uri, service, title, begin }: Watched,
): Promise<void> {
  const { ui } = deps;
  const report = await ui.progress(title, async (say, signal) => {
    ui.busy({ icon: "sync~spin", text: plain(container.name), detail: title });
    try {
      await begin?.({ report: say, signal });
      say(progress.waiting(ui.t));
      return await showGoing(deps, container, (hear) =>
        engine.boot(container, ui.bootTimeout(uri), { report: (line) => say(plain(line)), hear, signal }),
      );
    } finally {
      ui.busy();
    }
  });
  const timed = begin || isFailed(report) ? report : await withOwnTime(engine, container, report);
  const booted = { container, report: timed, uri, service };
  await tellOutcome(deps, engine, booted);
  rememberBlamed(deps, booted);
}

/** A report with the boot time that systemd measured, because the boot began before it was watched. */
async function withOwnTime(engine: Engine, container: Container, report: BootReport): Promise<BootReport> {
  const { seconds } = await engine.system(container).catch(() => ({ seconds: undefined }));
  return { ...report, seconds: seconds ?? report.seconds };
}
