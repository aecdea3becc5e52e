import { lineAt } from "../base/text";
import { composePlace } from "./compose-place";
import { dockerfilePlace } from "./dockerfile-place";
import { type Place, wordAt } from "./topic";
import type { FileView } from "./view";

/** The topic of the systemd-related word at an offset; undefined if there is none. */
export function placeAt(view: FileView, offset: number): Place | undefined {
  return ignorePlace(view.text, offset) ?? dockerfilePlace(view, offset) ?? composePlace(view, offset);
}

const ignoreComment = /^[ \t]*#[ \t]*systemd-containers-ignore(?:-file)?[ \t]+/;

/** The rule ID at an offset in an ignore comment. The text after the colon is for readers. */
function ignorePlace(text: string, offset: number): Place | undefined {
  const line = lineAt(text, offset);
  const before = text.slice(line.start, offset);
  const lead = ignoreComment.exec(before)?.[0];
  if (lead === undefined || before.slice(lead.length).includes(":")) return undefined;
  return { topic: "rule", span: wordAt(text, offset, /[\s,:]/, line) };
}
