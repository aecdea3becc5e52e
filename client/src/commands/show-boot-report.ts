import { chooseContainer, connect } from "../flows/connect";
import { containersOf } from "../flows/containers";
import { explainReport } from "../flows/explain-report";
import { isFailed, openGoing, openReport } from "../flows/report";
import type { Dependencies } from "../ports";

/**
 * Shows the boot report of a running container, of a failed boot, or of a boot in progress. `called` is the id of a
 * container, or the name of the container whose boot failed.
 */
export async function showBootReport(deps: Dependencies, called?: string): Promise<void> {
  const { memory } = deps;
  if (openGoing(deps, called)) return;
  const failed = memory.boots?.find(({ report }) => isFailed(report));
  if (failed && failed.container.name === called) return openReport(deps, failed);
  const engine = await connect(deps);
  if (failed && (await containersOf(deps, engine)).every(({ running }) => !running))
    return openReport(deps, failed);
  const container = await chooseContainer(deps, engine, called);
  if (!container) return;
  const { seconds, service } = memory.lastBoot?.id === container.id ? memory.lastBoot : {};
  const report = { ...(await engine.report(container)), seconds };
  const why = await explainReport(deps, engine, { report, uri: container.uri, service });
  await openReport(deps, { container, url: engine.url, report, why, at: Date.now() }, engine);
}
