import { message } from "../../server/src/core/base/message";
import { imageRule, type Rule } from "../../server/src/core/lint/rule";

/** What a rule reports that a test makes. */
export const made = {
  title: "x",
  why: "x",
  consequence: "x",
  symptoms: ["no-effect"],
  ignore: "x",
  severity: "warning",
  evidence: { measured: "-" },
  messages: { m: "A line is missing." },
  always: true,
} as const;

/** Asks for a line at the end of the file, and never sees it. */
export const blind: Rule = imageRule({
  ...made,
  id: "image-blind",
  *check({ image: { from, text } }, say) {
    const edits = [{ span: { start: text.length, end: text.length }, text: "# asked for\n" }];
    yield { span: from.span, message: say("m"), fixes: [{ title: message("t", "t"), safe: true, edits }] };
  },
});
