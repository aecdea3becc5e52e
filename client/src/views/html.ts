import { block, escaped, type Html, oneLine } from "../text";

/** Joins HTML: html`<p>${text}</p>`. The literals are part of the source. */
export function html(literals: TemplateStringsArray, ...values: readonly (Html | number)[]): Html {
  return String.raw({ raw: literals }, ...values) as Html;
}

export const nothing = html``;

/** Joins the parts without separators. */
export function all(parts: readonly Html[]): Html {
  return parts.join("") as Html;
}

/** Foreign text on one line as HTML text. No part of it can become an element, a link or other active content. */
export function line(foreign: string): Html {
  return escaped(oneLine(foreign));
}

/** A sentence whose backticks mark code. */
export function sentence(foreign: string): Html {
  const parts = foreign.split(/`([^`]*)`/).map((part, index) => (index % 2 === 1 ? code(part) : line(part)));
  return all(parts);
}

/** Code on one line. */
export function code(foreign: string): Html {
  return html`<code>${line(foreign)}</code>`;
}

/** The lines of a log. The element is focusable so that long lines can be scrolled with the keyboard. */
export function log(label: string, text: string): Html {
  return html`<pre tabindex="0" role="region" aria-label="${line(label)}">${escaped(block(text.trimEnd()))}</pre>`;
}
