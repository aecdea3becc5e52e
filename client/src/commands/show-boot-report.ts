import { chooseContainer, connect } from "../flows/connect";
import { explainReport } from "../flows/outcome";
import type { Dependencies } from "../ports";
import { reportMarkdown } from "../views/boot-report";

/**
 * Shows what became of a boot: of a running container as it is now, of a failed one as it was.
 * `called` is the id of a container, or the name of the boot that failed.
 */
export async function showBootReport(deps: Dependencies, called?: string): Promise<void> {
  const { ui, memory } = deps;
  const failed = memory.failedBoot;
  if (failed && failed.name === called) return ui.preview(failed.name, failed.markdown);
  const engine = await connect(deps);
  if (failed && (await engine.containers()).every(({ running }) => !running)) {
    return ui.preview(failed.name, failed.markdown);
  }
  const container = await chooseContainer(deps, engine, called);
  if (!container) return;
  const { seconds, service } = memory.lastBoot?.id === container.id ? memory.lastBoot : {};
  const report = { ...(await engine.report(container)), seconds };
  const why = await explainReport(deps, engine, { report, uri: container.uri, service });
  await ui.preview(container.name, reportMarkdown(ui, container.name, report, why));
}
