// The script of a report page. It shows the parts that it receives, and reports which buttons are pressed.

declare function acquireVsCodeApi(): { postMessage(message: unknown): void };

const editor = acquireVsCodeApi();

document.addEventListener("click", ({ target }) => {
  const button = target instanceof Element ? target.closest<HTMLElement>("button[data-action]") : null;
  if (!button) return;
  const { action, index } = button.dataset;
  editor.postMessage({ action, index: index === undefined ? undefined : Number(index) });
});

/**
 * The HTML of each part as it was received. The browser's own version of it differs, so it cannot be used for
 * comparison.
 */
const shown = new Map<string, string>();

window.addEventListener("message", ({ data }: MessageEvent<{ parts: Readonly<Record<string, string>> }>) => {
  for (const [id, html] of Object.entries(data.parts)) {
    const part = document.getElementById(id);
    if (part && shown.get(id) !== html) replace(part, html);
    shown.set(id, html);
  }
});

/** Replaces a part. The same button keeps the focus, and a log that is scrolled to its end stays at its end. */
function replace(part: HTMLElement, html: string): void {
  const focused = part.contains(document.activeElement) ? selectorOf(document.activeElement) : undefined;
  const before = part.querySelector("pre");
  const top = before?.scrollTop ?? 0;
  const isAtEnd = before !== null && before.scrollHeight - top - before.clientHeight < 40;
  part.innerHTML = html;
  const after = part.querySelector("pre");
  if (after) after.scrollTop = isAtEnd && part.id === "console" ? after.scrollHeight : top;
  if (focused !== undefined) part.querySelector<HTMLElement>(focused)?.focus();
}

/** A selector that finds the same element again after its part was replaced. */
function selectorOf(element: Element | null): string | undefined {
  if (element instanceof HTMLPreElement) return "pre";
  if (!(element instanceof HTMLButtonElement)) return undefined;
  const { action = "", index } = element.dataset;
  const one = index === undefined ? "" : `[data-index="${CSS.escape(index)}"]`;
  return `button[data-action="${CSS.escape(action)}"]${one}`;
}

editor.postMessage({ action: "ready" });
