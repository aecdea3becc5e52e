import type { Dependencies, Ui } from "../ports";
import { plain } from "../text";
import { notices } from "../texts/notices";
import { titles } from "../texts/titles";
import { explanationMarkdown } from "../views/explanation";

/**
 * Explains the log of a container that this extension did not boot: the selected text (without a selection, the open
 * document) or the clipboard. Lines of a file are blamed only if it is clear which file the container was built from.
 */
export async function explainLog({ ui, server }: Dependencies): Promise<void> {
  const texts = await ui.texts();
  if (texts.length === 0) {
    ui.tell("info", notices.noLog(ui.t));
    return;
  }
  const choices = texts.map((text) => ({
    label: plain(text.label),
    description: plain(firstLine(text.text)),
    value: text,
  }));
  const chosen = texts.length === 1 ? texts[0] : await ui.pick(titles.selectLog(ui.t), choices);
  if (!chosen) return;
  const uri = ui.activeFile() ?? (await onlyFile(ui));
  const why = await server.explain({ log: chosen.text, uri });
  await ui.preview(titles.logAnalysis(ui.t), explanationMarkdown(ui, why));
}

function firstLine(text: string): string {
  return text.trim().split("\n", 1)[0]?.trim().slice(0, 80) ?? "";
}

async function onlyFile(ui: Ui): Promise<string | undefined> {
  const files = await ui.findFiles();
  return files.length === 1 ? files[0] : undefined;
}
