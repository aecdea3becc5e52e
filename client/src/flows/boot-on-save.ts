import { coalesced } from "../coalesced";
import type { Dependencies } from "../ports";
import { plain } from "../text";
import { doings } from "../texts/faults";
import { notices } from "../texts/notices";
import { progress } from "../texts/progress";
import { tellFailure } from "./failure";

/** What to boot on each save: a Dockerfile, or a service of a Compose file. */
export interface Saved {
  readonly uri: string;
  readonly service?: string;
  boot(): Promise<void>;
}

/**
 * Boots a file whenever it or a file that it depends on is saved. Ends when the file is closed or
 * `memory.bootOnSave.end` is called.
 */
export function startBootOnSave(deps: Dependencies, { uri, service, boot }: Saved): void {
  const { ui, memory, view, server } = deps;
  const run = coalesced(async () => {
    if (memory.bootOnSave !== watched) return;
    try {
      await boot();
    } catch (error) {
      tellFailure(deps, doings.boot(ui.t), error);
    } finally {
      view.used();
    }
  });
  const end = () => {
    unwatch();
    if (memory.bootOnSave !== watched) return;
    memory.bootOnSave = undefined;
    ui.onSave();
  };
  const closed = () => {
    end();
    ui.tell("info", notices.bootOnSaveEnded(ui.t, ui.label(uri)));
  };
  const saved = async (other: string) => {
    const isMadeFrom =
      other === uri || (await server.madeFrom({ uri, name: service, other }).catch(() => false));
    if (isMadeFrom) await run();
  };
  const watched = { uri, end };
  const unwatch = ui.watchFile(uri, { saved, closed });
  memory.bootOnSave = watched;
  ui.onSave({
    uri,
    icon: "save",
    text: plain(ui.label(uri)),
    detail: progress.bootsOnSave(ui.t, ui.label(uri)),
  });
}
