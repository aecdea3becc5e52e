import { block, escaped, type Html, oneLine } from "../text";

/** Puts HTML together: html`<p>${text}</p>`. The literals are part of the source. */
export function html(literals: TemplateStringsArray, ...values: readonly (Html | number)[]): Html {
  return String.raw({ raw: literals }, ...values) as Html;
}

export const nothing = html``;

/** All of them, one after the other. */
export function all(parts: readonly Html[]): Html {
  return parts.join("") as Html;
}

/** Text on one line as text of HTML: no part of it is an element, a link or active otherwise. */
export function line(foreign: string): Html {
  return escaped(oneLine(foreign));
}

/** A sentence in which backticks mark code. */
export function sentence(foreign: string): Html {
  const parts = foreign.split(/`([^`]*)`/).map((part, index) => (index % 2 === 1 ? code(part) : line(part)));
  return all(parts);
}

/** A piece of code on one line. */
export function code(foreign: string): Html {
  return html`<code>${line(foreign)}</code>`;
}

/** Lines of a log. What is longer than the window is scrolled, so the keyboard reaches it. */
export function log(label: string, text: string): Html {
  return html`<pre tabindex="0" role="region" aria-label="${line(label)}">${escaped(block(text.trimEnd()))}</pre>`;
}
