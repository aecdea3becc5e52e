import type { Locator, Page } from "playwright-core";

/** Milliseconds after which an editor that does not react is broken, also on a loaded computer. */
export const patience = 60_000;

/** Milliseconds that a window may take to start. */
export const startPatience = 120_000;

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

/** Whether it shows within so many milliseconds. */
export async function shows(locator: Locator, timeout: number): Promise<boolean> {
  return locator.waitFor({ timeout }).then(
    () => true,
    () => false,
  );
}

/**
 * Does something until it shows. On a busy computer what is done takes long to show, and repeating it starts it from the beginning:
 * so each time it is given longer.
 */
export async function untilShown(
  page: Page,
  what: string,
  shown: Locator,
  act: () => Promise<void>,
): Promise<void> {
  let wait = 5_000;
  const tried = async () => {
    await act();
    const found = await shows(shown, wait);
    wait *= 2;
    return found || undefined;
  };
  await until(page, what, tried, 3 * patience);
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

  /** Opens it by that key, again where it is open. What has the focus, a terminal that just opened say, may swallow the key. */
  async function open(key: string): Promise<void> {
    if (await box.isVisible()) await close();
    // A key that is pressed within the page of a webview reaches the editor late on a busy computer.
    await page.evaluate('document.activeElement?.tagName === "IFRAME" && document.activeElement.blur()');
    await page.keyboard.press(key);
    await box.waitFor({ timeout: 10_000 });
  }

  async function close(): Promise<void> {
    await page.keyboard.press("Escape");
    await box.waitFor({ state: "hidden", timeout: patience });
  }

  /**
   * Opens it by that key with that text, and gives the row once it is there. VS Code makes the list of commands when
   * the palette opens, without those of extensions that it has not registered 0.8 s later, and never adds them to a
   * list that is open: right after the start of a window the list may lack all of them. So without the row it is
   * opened again.
   */
  async function offered(key: string, text: string, row: Locator): Promise<Locator> {
    await untilShown(page, `a row for ${text}`, row, async () => {
      await open(key);
      await box.fill(text);
    });
    return row;
  }

  return { box, rows, labelled, close, offered };
}
