// The script of a page. It shows the parts that it is sent, and reports which buttons are pressed.

declare function acquireVsCodeApi(): { postMessage(message: unknown): void };

const editor = acquireVsCodeApi();

document.addEventListener("click", ({ target }) => {
  const button = target instanceof Element ? target.closest<HTMLElement>("button[data-action]") : null;
  if (!button) return;
  const { action, index } = button.dataset;
  editor.postMessage({ action, index: index === undefined ? undefined : Number(index) });
});

/** What is shown, as it was sent: the browser writes HTML in another way than it is given. */
const shown = new Map<string, string>();

window.addEventListener("message", ({ data }: MessageEvent<{ parts: Readonly<Record<string, string>> }>) => {
  for (const [id, html] of Object.entries(data.parts)) {
    const part = document.getElementById(id);
    if (part && shown.get(id) !== html) replace(part, html);
    shown.set(id, html);
  }
});

/** Replaces a part. The focus stays on the same button, and a log whose end is seen goes on to show its end. */
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

/** Finds the same element in a part that was replaced. */
function selectorOf(element: Element | null): string | undefined {
  if (element instanceof HTMLPreElement) return "pre";
  if (!(element instanceof HTMLButtonElement)) return undefined;
  const { action = "", index } = element.dataset;
  const one = index === undefined ? "" : `[data-index="${CSS.escape(index)}"]`;
  return `button[data-action="${CSS.escape(action)}"]${one}`;
}

editor.postMessage({ action: "ready" });
