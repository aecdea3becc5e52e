import { assertTranslated, type Language } from "./language";
import type { Workbench } from "./workbench";

/** Gives the part of a shown text that comes from this extension. */
type Ours = (text: string) => string;

/** Reads the problems of a Dockerfile, the quick fixes of the first and its hover, and takes pictures by that name. */
export async function readProblems(
  workbench: Workbench,
  language: Language,
  picture: string,
  ours: Ours = (text) => text,
): Promise<void> {
  await workbench.openFile("broken/Dockerfile");
  const squiggle = await workbench.waitForSquiggle("error");
  await workbench.runCommand("Problems: Focus on Problems View");
  assertTranslated(language, [ours(await workbench.problems(/systemd-containers/))]);
  await workbench.clickOn(squiggle);
  assertTranslated(language, await workbench.openLightbulb());
  await workbench.screenshot(`${picture} fixes`);
  await workbench.page.keyboard.press("Escape");
  await workbench.runCommand("Show or Focus Hover");
  const hover = workbench.page.locator(".monaco-hover:visible").first();
  await hover.waitFor();
  const text = await workbench.until(
    "the hover, with quick fixes in place of the editor's own English",
    async () => {
      const shown = await hover.innerText();
      return shown.includes("Checking for quick fixes") ? undefined : shown;
    },
  );
  assertTranslated(language, [ours(text)]);
  await workbench.screenshot(`${picture} hover`);
  await workbench.page.keyboard.press("Escape");
}

/** Reads the settings of the extension. */
export async function readSettings(
  workbench: Workbench,
  language: Language,
  picture: string,
  ours: Ours = (text) => text,
): Promise<void> {
  await workbench.runCommand("Preferences: Open Settings (UI)");
  const box = workbench.page.locator(".settings-editor .suggest-input-container .inputarea");
  await box.first().waitFor();
  await workbench.page.keyboard.type("@ext:systemd-containers.systemd-containers");
  // Settings of the editor are shown until the search is over.
  const items = workbench.page.locator(
    '.settings-editor [data-key^="systemdContainers."] .setting-item-description:visible',
  );
  const texts = await workbench.until("the settings of the extension", async () => {
    const shown = await items.allInnerTexts();
    return shown.some((text) => language.letters.test(text)) ? shown : undefined;
  });
  assertTranslated(language, texts.map(ours));
  await workbench.screenshot(`${picture} settings`);
}
