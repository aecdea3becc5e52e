import { mkdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Locator, Page } from "playwright-core";
import { screenshots } from "./paths";

/** Milliseconds a person would wait for the editor to react before calling it broken. */
const patience = 20_000;

export type Workbench = ReturnType<typeof workbenchOf>;

/** The editor as a person at the keyboard has it. `folder` is what it has open. */
export function workbenchOf(page: Page, folder: string) {
  const quickInput = page.locator(".quick-input-widget:visible");
  const quickInputBox = quickInput.locator("input.input").first();
  const quickRows = quickInput.locator(".monaco-list-row");
  const editor = page.locator(".editor-instance .monaco-editor").first();
  const menu = page.locator(".action-widget:visible");

  /** Types into quick input and takes the first row that holds `row`. */
  async function choose(text: string, row: string): Promise<void> {
    await quickInputBox.waitFor({ timeout: patience });
    await quickInputBox.fill(text);
    const wanted = quickRows.filter({ hasText: row }).first();
    await wanted.waitFor({ timeout: patience });
    await wanted.click();
  }

  return {
    page,
    folder,

    /** Waits until the window can be typed into. */
    async ready(): Promise<void> {
      await page.locator(".monaco-workbench .explorer-folders-view").waitFor({ timeout: 60_000 });
    },

    /** Opens a file by quick open; `path` is relative to the open folder, with `/`. */
    async openFile(path: string): Promise<void> {
      const name = path.split("/").at(-1) ?? path;
      await page.keyboard.press("Control+P");
      await choose(path, name);
      await page.locator(`.tab.active[data-resource-name="${name}"]`).waitFor({ timeout: patience });
      await editor.locator(".view-line").first().waitFor({ timeout: patience });
    },

    /** The first squiggle in the visible part of the editor, of any severity unless one is named. */
    async waitForSquiggle(severity?: "error" | "warning" | "info"): Promise<Locator> {
      const kinds = severity ? [severity] : ["error", "warning", "info"];
      const squiggle = editor.locator(kinds.map((kind) => `.squiggly-${kind}`).join(", ")).first();
      await squiggle.waitFor({ state: "attached", timeout: patience });
      return squiggle;
    },

    /** Puts the cursor where a squiggle begins, as a click on the text does. */
    async clickOn(squiggle: Locator): Promise<void> {
      const box = await squiggle.boundingBox();
      if (!box) throw new Error("the squiggle is out of sight");
      await page.mouse.click(box.x + 2, box.y + box.height / 2);
    },

    /** Opens the quick fixes at the cursor and returns their titles, in order. */
    async openLightbulb(): Promise<string[]> {
      await editor.locator("textarea, .native-edit-context").first().focus();
      await page.keyboard.press("Control+.");
      const titles = menu.locator(".monaco-list-row.action .title");
      await titles.first().waitFor({ timeout: patience });
      return titles.allTextContents();
    },

    /** Takes an action of the open lightbulb by its title. The menu lets no mouse through, so by the keyboard. */
    async takeAction(title: string): Promise<void> {
      const rows = menu.locator(".monaco-list-row.action");
      const focused = menu.locator(".monaco-list-row.action.focused").filter({ hasText: title });
      for (let left = await rows.count(); left > 0 && !(await focused.isVisible()); left--) {
        await page.keyboard.press("ArrowDown");
      }
      await focused.waitFor({ timeout: patience });
      await page.keyboard.press("Enter");
      await menu.waitFor({ state: "hidden", timeout: patience });
    },

    /** Runs a command from the palette by the text that the palette shows. */
    async runCommand(title: string): Promise<void> {
      await page.keyboard.press("F1");
      // What had the focus, a terminal that just opened say, may have swallowed the key.
      const opened = await quickInputBox.waitFor({ timeout: 3_000 }).then(
        () => true,
        () => false,
      );
      if (!opened) await page.keyboard.press("F1");
      await choose(`>${title}`, title);
    },

    /** What the palette offers for a text, without running any of it. */
    async commandsFor(text: string): Promise<string[]> {
      await page.keyboard.press("F1");
      await quickInputBox.waitFor({ timeout: patience });
      await quickInputBox.fill(`>${text}`);
      await quickRows.first().waitFor({ timeout: patience });
      const labels = await quickRows.locator(".label-name").allTextContents();
      await page.keyboard.press("Escape");
      return labels;
    },

    /** Waits for a notification that holds `text` and returns all of its words. */
    async waitForNotification(text: string, timeout = patience): Promise<string> {
      const message = page.locator(".notification-list-item-message").filter({ hasText: text }).first();
      try {
        await message.waitFor({ timeout });
      } catch (error) {
        await this.screenshot(`missed-${text.replaceAll(" ", "-")}`);
        throw error;
      }
      return (await message.textContent()) ?? "";
    },

    /** Presses a button of a notification. */
    async pressInNotification(button: string): Promise<void> {
      await page
        .locator(".notification-list-item-buttons-container a")
        .filter({ hasText: button })
        .first()
        .click();
    },

    /** Closes every notification, so that the next one is told apart. */
    async dismissNotifications(): Promise<void> {
      await page.keyboard.press("F1");
      await choose(">Notifications: Clear All Notifications", "Clear All Notifications");
    },

    /** The text of the preview that is shown, once it has one. */
    async webviewText(): Promise<string> {
      const inner = page.frameLocator("iframe.webview").first().frameLocator("iframe#active-frame");
      const body = inner.locator("body");
      await body.locator("h1, h2").first().waitFor({ timeout: patience });
      return body.innerText();
    },

    /** Types a line into the active terminal, and waits until the screen shows something new. */
    async typeInTerminal(line: string): Promise<void> {
      const terminal = page
        .locator(".terminal-wrapper.active .xterm, .xterm.enable-mouse-events, .xterm")
        .first();
      await terminal.waitFor({ timeout: patience });
      await page.waitForTimeout(1_500);
      await terminal.click();
      await page.keyboard.type(`${line}\n`);
      await page.waitForTimeout(1_500);
    },

    /** Saves the active file and returns what is on the disk then. */
    async save(path: string): Promise<string> {
      await page.keyboard.press("Control+S");
      await page.locator(".tab.active:not(.dirty)").first().waitFor({ timeout: patience });
      return readFile(join(folder, path), "utf8");
    },

    /** Waits until the active file has changes that are not saved. */
    async waitForChange(): Promise<void> {
      try {
        await page.locator(".tab.active.dirty").waitFor({ timeout: patience });
      } catch (error) {
        await this.screenshot("missed-change");
        throw error;
      }
    },

    async screenshot(name: string): Promise<void> {
      await mkdir(screenshots, { recursive: true });
      await page.screenshot({ path: join(screenshots, `${name}.png`) });
    },
  };
}
