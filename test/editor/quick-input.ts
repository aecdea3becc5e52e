import type { Locator, Page } from "playwright-core";

/** Milliseconds a person would wait for the editor to react before calling it broken. */
export const patience = 20_000;

/** What `probe` gives as soon as it gives something. Rejects with `what` was waited for when it does not in time. */
export async function until<T>(
  page: Page,
  what: string,
  probe: () => Promise<T | undefined>,
  timeout = patience,
): Promise<T> {
  const deadline = Date.now() + timeout;
  for (;;) {
    const value = await probe().catch(() => undefined);
    if (value !== undefined) return value;
    if (Date.now() > deadline) throw new Error(`waited in vain for ${what}`);
    await page.waitForTimeout(100);
  }
}

/** Where one types and chooses: quick open, the palette, and what extensions ask by it. */
export function quickInputOf(page: Page) {
  const widget = page.locator(".quick-input-widget:visible");
  const box = widget.locator("input.input").first();
  const rows = widget.locator(".monaco-list-row");

  /** Rows whose label matches. */
  function labelled(label: string | RegExp): Locator {
    return rows.filter({ has: page.locator(".label-name", { hasText: label }) });
  }

  /** Opens it by that key unless it is open. What has the focus, a terminal that just opened say, may swallow the key. */
  async function open(key: string): Promise<void> {
    if (await box.isVisible()) return;
    await page.keyboard.press(key);
    // A key that comes from within a page of a webview takes its time on a busy machine; pressed again, it begins anew.
    await box.waitFor({ timeout: 10_000 });
  }

  async function close(): Promise<void> {
    await page.keyboard.press("Escape");
    await box.waitFor({ state: "hidden", timeout: 3_000 });
  }

  /**
   * Opens it by that key with that text, and gives the row once it is there. VS Code makes the list of commands when
   * the palette opens, without those of extensions that it has not registered 0.8 s later, and never adds them to a
   * list that is open: right after the start of a window the list may lack all of them. So without the row it is
   * opened anew.
   */
  function offered(key: string, text: string, row: Locator, timeout = 3 * patience): Promise<Locator> {
    // On a busy machine the list itself takes long, and opening it anew begins it again: each wait is longer.
    let wait = 5_000;
    const opened = async () => {
      await open(key);
      await box.fill(text);
      const waited = wait;
      wait *= 2;
      const found = await row.waitFor({ timeout: waited }).then(
        () => row,
        () => undefined,
      );
      if (!found) await close();
      return found;
    };
    return until(page, `a row for ${text}`, opened, timeout);
  }

  return { box, rows, labelled, close, offered };
}
