import { type Message, type Texts, translated } from "../../server/src/core/base/message";

/**
 * Renders the messages in the server's output before other code reads it. Each message is embedded as JSON between
 * two markers. `texts` maps the English texts to those of the user's language; a message without an entry is rendered
 * in English.
 */
export function rendering(marker: string, texts: Texts | undefined) {
  const render = (message: Message) => translated(message, texts);
  return {
    handleMessage: <Sent, Result>(sent: Sent, next: (sent: Sent) => Result): Result =>
      next(rendered(sent, marker, render) as Sent),
  };
}

/** A copy of a value in which all messages are rendered. */
function rendered(value: unknown, marker: string, render: (message: Message) => string): unknown {
  if (typeof value === "string") return value.includes(marker) ? text(value, marker, render) : value;
  if (Array.isArray(value)) return value.map((each) => rendered(each, marker, render));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, each]) => [name, rendered(each, marker, render)]),
  );
}

function text(value: string, marker: string, render: (message: Message) => string): string {
  const parts = value.split(marker);
  return parts.map((part, index) => (index % 2 === 1 ? render(JSON.parse(part)) : part)).join("");
}
