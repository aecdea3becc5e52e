import type { Locator } from "playwright-core";
import { patience } from "./quick-input";
import type { Workbench } from "./workbench";

/** The view of containers, as a person at the keyboard has it; `name` is its name in the language of the editor. */
export function containersViewOf(workbench: Workbench, name = "Containers") {
  const { page, until } = workbench;
  const pane = page.locator(".pane", { has: page.locator(`.pane-header[aria-label*="${name}"]`) });
  const rows = pane.locator(".monaco-list-row");
  const row = (text: string | RegExp): Locator => rows.filter({ hasText: text }).first();

  /** Puts the focus on a row. */
  async function select(text: string | RegExp): Promise<Locator> {
    const found = row(text);
    await found.click({ timeout: patience });
    await page
      .locator(".pane .monaco-list:focus, .pane .monaco-list :focus")
      .first()
      .waitFor({ timeout: patience });
    return found;
  }

  return {
    /** Opens it from the palette. */
    async open(): Promise<void> {
      await workbench.runCommand("View: Show Systemd Containers");
      await pane.first().waitFor({ timeout: patience });
    },

    /** The text of the rows that are in sight, once they match together. */
    async text(wanted: RegExp, timeout = patience): Promise<string> {
      let last = "";
      const read = async () => {
        // The label and the description of each row, which the page writes without a space.
        const parts = await rows.evaluateAll((all) =>
          all.map((each) =>
            [...each.querySelectorAll(".label-name, .label-description")].map(
              ({ textContent }) => textContent,
            ),
          ),
        );
        last = parts.map((part) => part.join(" ").trim()).join("\n");
        return wanted.test(last) ? last : undefined;
      };
      return until(`${wanted} in the view`, read, timeout).catch((error) => {
        throw new Error(`${error.message}; it shows:\n${last}`);
      });
    },

    /** What it shows while it has no rows. */
    welcome: () => pane.locator(".welcome-view-content").innerText({ timeout: patience }),

    row,
    select,

    /** Opens what is below a row, by the keyboard. */
    async expand(text: string | RegExp): Promise<void> {
      await select(text);
      await page.keyboard.press("ArrowRight");
    },

    /** Folds it again. */
    async fold(text: string | RegExp): Promise<void> {
      await select(text);
      await page.keyboard.press("ArrowLeft");
    },

    /** Opens the menu of a row by the keyboard, and gives what it offers. */
    async menuOf(text: string | RegExp): Promise<string[]> {
      await select(text);
      await page.keyboard.press("Shift+F10");
      const items = page.locator(
        ".context-view .action-menu-item .action-label:not(.separator), .monaco-menu .action-label:not(.separator)",
      );
      await items.first().waitFor({ timeout: patience });
      return (await items.allTextContents()).filter((label) => label !== "");
    },

    /** Takes an entry of the menu of a row, by the keyboard: a menu that was just opened takes no click. */
    async choose(text: string | RegExp, entry: string): Promise<void> {
      const entries = await this.menuOf(text);
      const focused = page.locator(".monaco-menu .action-item.focused .action-label");
      for (let steps = 0; steps <= entries.length; steps++) {
        if ((await focused.allTextContents()).includes(entry)) return page.keyboard.press("Enter");
        await page.keyboard.press("ArrowDown");
      }
      throw new Error(`the menu has no ${entry}: ${entries.join(", ")}`);
    },

    /** Presses a button beside a row. */
    async press(text: string | RegExp, button: string): Promise<void> {
      const found = row(text);
      await found.hover();
      await found
        .locator(`.actions .action-label[aria-label^="${button}"]`)
        .first()
        .click({ timeout: patience });
    },
  };
}
