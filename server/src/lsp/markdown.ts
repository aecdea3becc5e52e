import type { Argument, Message } from "../core/base/message";

/**
 * Matches anything that can begin or end an element in Markdown, HTML or formulas, and anything that turns bare
 * addresses into links.
 */
const special = /[\\`*_{}[\]()<>!~$&@#|]|:(?=\/\/)|\bwww(?=\.)/gi;

/** A message whose arguments, which are text from files, are shown as plain text in Markdown. */
export function inMarkdown({ args, ...rest }: Message): Message {
  return {
    ...rest,
    args: Object.fromEntries(Object.entries(args).map(([name, value]) => [name, escaped(value)])),
  };
}

function escaped(argument: Argument): Argument {
  if (typeof argument === "string") return inert(argument);
  return "template" in argument
    ? inMarkdown(argument)
    : argument.map((each) => escaped(each) as string | Message);
}

function inert(text: string): string {
  const line = text.replace(/\s+/g, " ");
  return line.replace(special, (found) => (found.length > 1 ? `${found}\\` : `\\${found}`));
}
