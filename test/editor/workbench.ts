import { mkdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Frame, Locator, Page } from "playwright-core";
import { paletteCommand } from "./manifest";
import { screenshots } from "./paths";
import { patience, quickInputOf, shows, startPatience, until as untilOn, untilShown } from "./quick-input";
import { messageOf } from "./system";

export type Workbench = ReturnType<typeof workbenchOf>;

/** Milliseconds in which lenses that are requested with the first problems are shown. */
const settling = 1_000;

/** The themes that a person may have: as the list of themes calls them, and the class that the workbench has then. */
export const themes = {
  light: { label: "Light Modern", shows: "vs" },
  dark: { label: "Dark Modern", shows: "vs-dark" },
  contrast: { label: "Dark High Contrast", shows: "hc-black" },
} as const;

/** The editor as a person at the keyboard has it. `folder` is what it has open. */
export function workbenchOf(page: Page, folder: string) {
  const quickInput = quickInputOf(page);
  const editor = page.locator(".editor-instance .monaco-editor").first();
  const menu = page.locator(".action-widget:visible");

  const preview = page.locator("iframe.webview:visible").last().contentFrame().locator("iframe#active-frame");
  const terminal = page.locator(".terminal-wrapper.active .xterm-rows");

  const until = <T>(what: string, probe: () => Promise<T | undefined>, timeout?: number) =>
    untilOn(page, what, probe, timeout);

  /** A text of the page once it matches. */
  function textOf(
    what: string,
    wanted: RegExp,
    read: () => Promise<string>,
    timeout?: number,
  ): Promise<string> {
    let last = "";
    return until(
      `${wanted} in ${what}`,
      async () => {
        last = (await read()).replaceAll("\u00a0", " ");
        return wanted.test(last) ? last : undefined;
      },
      timeout,
    ).catch((error) => {
      throw new Error(`${error.message}; it says:\n${last}`);
    });
  }

  /** Types into quick input, if there is anything to type, and takes the first row whose label matches. */
  async function choose(text: string, label: string | RegExp): Promise<void> {
    await quickInput.box.waitFor({ timeout: patience });
    if (text !== "") await quickInput.box.fill(text);
    await quickInput.labelled(label).first().click({ timeout: patience });
  }

  /** The row of a command in the palette, by the text that the palette shows. */
  function commandRow(title: string): Promise<Locator> {
    const words = title.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
    const row = quickInput.labelled(new RegExp(`^(.*: )?${words}$`)).first();
    return quickInput.offered("F1", `>${title}`, row);
  }

  return {
    page,
    folder,

    /** Waits until the window can be typed into. */
    async ready(emptyWindow = false): Promise<void> {
      const shown = emptyWindow ? ".editor-group-watermark" : ".explorer-folders-view";
      await page.locator(`.monaco-workbench ${shown}`).waitFor({ timeout: startPatience });
    },

    /** Waits until the window knows the commands of the extension. */
    async knowsExtension(translate?: (english: string) => string): Promise<void> {
      await commandRow(paletteCommand("explainLog", translate));
      await quickInput.close();
    },

    /** Opens a file by quick open; `path` is relative to the open folder, with `/`. */
    async openFile(path: string): Promise<void> {
      const [name = path, folder = ""] = path.split("/").reverse();
      const rows = quickInput.rows.filter({ hasText: name }).filter({ hasText: folder });
      await (await quickInput.offered("Control+P", path, rows.first())).click({ timeout: patience });
      await page.locator(`.tab.active[data-resource-name="${name}"]`).waitFor({ timeout: patience });
      await page.locator(".breadcrumbs-control", { hasText: folder }).first().waitFor({ timeout: patience });
      await editor.locator(".view-line").first().waitFor({ timeout: patience });
    },

    /** The first squiggle in the visible part of the editor, of any severity unless one is named. */
    async waitForSquiggle(severity?: "error" | "warning" | "info"): Promise<Locator> {
      const kinds = severity ? [severity] : ["error", "warning", "info"];
      const squiggle = editor.locator(kinds.map((kind) => `.squiggly-${kind}`).join(", ")).first();
      await squiggle.waitFor({ state: "attached", timeout: patience });
      return squiggle;
    },

    /** The first line in the visible part of the editor. */
    async firstLine(): Promise<Locator> {
      return editor.locator(".view-line").first();
    },

    /**
     * Puts the cursor where a squiggle begins, as a click on the text does. Lenses that are shown late move the lines, so it
     * waits until the place stays.
     */
    async clickOn(squiggle: Locator): Promise<void> {
      let last = "";
      const { x, y, height } = await until("a squiggle that stays in its place", async () => {
        const box = await squiggle.boundingBox();
        const stays = JSON.stringify(box) === last;
        last = JSON.stringify(box);
        await page.waitForTimeout(settling);
        return (stays && box) || undefined;
      });
      await page.mouse.click(x + 2, y + height / 2);
    },

    /** Opens the quick fixes at the cursor and returns their titles, in sequence; asks again as `fixAll` does. */
    async openLightbulb(): Promise<string[]> {
      const titles = menu.locator(".monaco-list-row.action .title");
      await untilShown(page, "the quick fixes", titles.first(), async () => {
        await editor.locator("textarea, .native-edit-context").first().focus();
        await page.keyboard.press("Control+.");
      });
      return titles.allTextContents();
    },

    /** Takes an action of the open lightbulb by its title. The menu lets no mouse through, so by the keyboard. */
    async takeAction(title: string): Promise<void> {
      const focused = menu.locator(".monaco-list-row.action.focused").filter({ hasText: title });
      await until(`the action ${title}`, async () => {
        // A key shows a moment later.
        if (await shows(focused, 1_000)) return true;
        await page.keyboard.press("ArrowDown");
        return undefined;
      });
      await page.keyboard.press("Enter");
      await menu.waitFor({ state: "hidden", timeout: patience });
    },

    /** Runs a command from the palette by the text that the palette shows. */
    async runCommand(title: string): Promise<void> {
      await (await commandRow(title)).click({ timeout: patience });
    },

    /** What the palette offers for a text, without running any of it. */
    async commandsFor(text: string): Promise<string[]> {
      await quickInput.offered("F1", `>${text}`, quickInput.labelled(text).first());
      const labels = await quickInput.rows.locator(".label-name").allTextContents();
      await quickInput.close();
      return labels;
    },

    /** Waits for a notification that contains `text` and returns its full text. */
    async waitForNotification(text: string | RegExp, timeout = patience): Promise<string> {
      const message = page.locator(".notification-list-item-message").filter({ hasText: text }).first();
      try {
        await message.waitFor({ timeout });
      } catch (error) {
        await this.screenshot(`missed-${String(text).replace(/\W+/g, "-")}`);
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

    /** Closes every notification, so that the next one is distinguished. */
    async dismissNotifications(): Promise<void> {
      await this.runCommand("Notifications: Clear All Notifications");
    },

    /** The text of the preview that is shown, once it matches. */
    previewText(wanted: RegExp, timeout?: number): Promise<string> {
      const body = preview.contentFrame().locator("body");
      return textOf("the preview", wanted, () => body.innerText({ timeout: 1_000 }), timeout);
    },

    /** The page in the preview or in a report. */
    async previewFrame(): Promise<Frame> {
      const frame = await (await preview.elementHandle({ timeout: patience }))?.contentFrame();
      if (!frame) throw new Error("there is no preview");
      return frame;
    },

    /** What the active terminal shows, once it matches. */
    terminalText(wanted: RegExp, timeout?: number): Promise<string> {
      const rows = async () => (await terminal.locator("> div").allTextContents()).join("\n");
      return textOf("the terminal", wanted, rows, timeout);
    },

    /** Presses a key in the active terminal. */
    async pressInTerminal(key: string): Promise<void> {
      await page.locator(".terminal-wrapper.active .xterm-helper-textarea").press(key);
    },

    /** Types into the active terminal once it has a prompt, and gives what it shows once that matches. */
    async typeInTerminal(text: string, wanted: RegExp, prompt = /[#$] *$/m): Promise<string> {
      await this.terminalText(prompt);
      await page.locator(".terminal-wrapper.active .xterm-helper-textarea").focus();
      await page.keyboard.type(text);
      return this.terminalText(wanted);
    },

    /** Waits until what ran in the active terminal has ended: it is gone, or reports an exit code that is not 0. */
    async terminalEnded(): Promise<void> {
      await until("the end of the terminal", async () => {
        const text = (await terminal.allTextContents()).join("").replaceAll("\u00a0", " ");
        return text === "" || /exit code/.test(text) ? true : undefined;
      });
    },

    /** What the clipboard contains. */
    clipboard(): Promise<string> {
      return page.evaluate<string>("navigator.clipboard.readText()");
    },

    async copy(text: string): Promise<void> {
      await page.evaluate(`navigator.clipboard.writeText(${JSON.stringify(text)})`);
    },

    /** Ends the active terminal as its bin icon does. */
    async killTerminal(): Promise<void> {
      await this.runCommand("Terminal: Kill the Active Terminal Instance");
      await this.terminalEnded();
    },

    /** Closes the panel where it is open. */
    async hidePanel(): Promise<void> {
      const close = page.locator('.part.panel .action-label[aria-label^="Hide Panel"]');
      if (await close.isVisible()) await close.click();
    },

    /** What the output panel shows, once it matches. */
    outputText(wanted: RegExp, timeout?: number): Promise<string> {
      const lines = page.locator(".panel .output-view .view-line, .panel .output-view-container .view-line");
      const read = async () => (await lines.allTextContents()).join("\n");
      return textOf("the output", wanted, read, timeout);
    },

    /** The rows of the Problems panel, once one of them matches. */
    problems(wanted: RegExp, timeout?: number): Promise<string> {
      const rows = page.locator(".markers-panel .monaco-list-row");
      return textOf("Problems", wanted, async () => (await rows.allInnerTexts()).join("\n"), timeout);
    },

    /** The rows of the quick pick that is open, once one of them matches. */
    async choices(wanted: RegExp, timeout?: number): Promise<string[]> {
      const read = async () => (await quickInput.rows.allInnerTexts()).join("\n\n");
      return (await textOf("the choices", wanted, read, timeout)).split("\n\n");
    },

    /** Takes the first row of the quick pick that is open whose label matches, of a long list after typing a part. */
    choose: (label: string | RegExp, typed = "") => choose(typed, label),

    /** Types into the quick input that is open and presses Enter. */
    async answer(text: string): Promise<void> {
      await quickInput.box.waitFor({ timeout: patience });
      await quickInput.box.fill(text);
      await page.keyboard.press("Enter");
      await quickInput.box.waitFor({ state: "hidden", timeout: patience });
    },

    /**
     * Accepts the directory that the dialog for directories starts in, once it lists what is in there. Its path is
     * typed only where the dialog shows another one: VS Code reads a path while it is typed, and pressing the button
     * meanwhile opens what it proposed before.
     */
    async acceptDirectory(path: string, child: string, accept: string): Promise<void> {
      const button = page.locator(".quick-input-widget:visible").getByText(accept, { exact: true });
      const listed = async () => {
        if ((await quickInput.box.inputValue()) !== `${path}/`) await quickInput.box.fill(`${path}/`);
        return (await shows(quickInput.rows.filter({ hasText: child }).first(), 5_000)) || undefined;
      };
      await quickInput.box.waitFor({ timeout: patience });
      await until("the end of the dialog", async () => {
        await until("the directory in the dialog", listed, 10_000);
        await button.click({ timeout: 5_000 });
        await quickInput.box.waitFor({ state: "hidden", timeout: 5_000 });
        return true;
      }).catch(async (error) => {
        const shown = await page.locator(".quick-input-widget:visible").allInnerTexts();
        throw new Error(`${messageOf(error)} of ${await quickInput.box.inputValue()}: ${shown.join("\n")}`);
      });
    },

    /** Presses a button of the dialog that stops everything, and gives what it asked. */
    async answerDialog(button: string): Promise<string> {
      const dialog = page.locator(".monaco-dialog-box");
      await dialog.waitFor({ timeout: patience });
      const text = await dialog.innerText();
      await dialog.locator(".monaco-button", { hasText: button }).first().click();
      return text;
    },

    /** Changes the theme, and waits until the page and what it frames have it. */
    async setTheme(theme: keyof typeof themes): Promise<void> {
      const { label, shows } = themes[theme];
      await this.runCommand("Preferences: Color Theme");
      await choose(label, new RegExp(`^${label}$`));
      await page.locator(`.monaco-workbench.${shows}`).waitFor({ timeout: patience });
      if (!(await page.locator("iframe.webview:visible").count())) return;
      const kind = { vs: "vscode-light", "vs-dark": "vscode-dark", "hc-black": "vscode-high-contrast" }[
        shows
      ];
      await preview.contentFrame().locator(`body.${kind}`).waitFor({ timeout: patience });
    },

    until,

    /** Saves the active file and returns what is on the disk then. */
    async save(path: string): Promise<string> {
      await page.keyboard.press("Control+S");
      await page.locator(".tab.active:not(.dirty)").first().waitFor({ timeout: patience });
      return readFile(join(folder, path), "utf8");
    },

    /**
     * Fixes all in the active file. While its extensions start, VS Code drops the request of a command and reports that
     * there is no such action, though the server was seen to answer with it; a person tries again, and so does this.
     */
    async fixAll(): Promise<void> {
      await untilShown(page, "a change", page.locator(".tab.active.dirty"), () => this.runCommand("Fix All"));
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
      // Away from everything that a mouse makes show a hover.
      await page.mouse.move(200, 600);
      await page
        .locator(".workbench-hover-container:visible")
        .waitFor({ state: "hidden", timeout: patience });
      await page.screenshot({ path: join(screenshots, `${name}.png`) });
    },

    /** Sets the size of the window, in pixels. */
    async resize(width: number, height: number): Promise<void> {
      await page.setViewportSize({ width, height });
    },

    /** A picture of the window without its title and activity bars, as a PNG file. */
    async picture(path: string): Promise<void> {
      const { width, height } = page.viewportSize() ?? { width: 0, height: 0 };
      // Notifications slide in.
      await page.waitForTimeout(2_000);
      await page.screenshot({ path, clip: { x: 48, y: 35, width: width - 48, height: height - 35 } });
    },

    /** A picture under each theme; what does not survive a change of theme, a menu say, is opened by `show`. */
    async pictures(name: string, show = async (): Promise<void> => undefined): Promise<void> {
      for (const theme of Object.keys(themes) as (keyof typeof themes)[]) {
        await this.setTheme(theme);
        await show();
        await this.screenshot(`${name} ${theme}`);
      }
    },
  };
}
