import type { Argument, Message } from "../core/base/message";

/** What can begin or end something in Markdown, in HTML or in formulas, and what makes bare addresses links. */
const special = /[\\`*_{}[\]()<>!~$&@#|]|:(?=\/\/)|\bwww(?=\.)/gi;

/** A message whose arguments, which are text of files, are only text in Markdown. */
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
