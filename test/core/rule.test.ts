import { expect, test } from "vitest";
import { format } from "../../server/src/core/base/message";
import { type ImageRule, imageRule, type SayOf, type Violation } from "../../server/src/core/lint/rule";
import { made } from "./blind";

const messages = { plain: "A line is missing.", found: "{what} is missing." } as const;
const fixes = { add: "Add {what} to {where}" } as const;
type Say = SayOf<typeof messages & typeof fixes>;

const text = {
  ...made,
  id: "image-made",
  messages,
  fixes,
} as const;

/** What the first report of a rule reports. */
function said({ check }: ImageRule): readonly Violation[] {
  return [...check({} as Parameters<ImageRule["check"]>[0])];
}

const span = { start: 0, end: 0 };

test("a rule says its messages and the titles of its fixes, each by its key", () => {
  const rule = imageRule({
    ...text,
    *check(_, say) {
      yield { span, message: say("plain") };
      yield { span, message: say("found", { what: "x" }) };
      yield { span, message: say("add", { what: "x", where: "y" }) };
    },
  });
  expect(said(rule).map(({ message }) => [message.key, format(message)])).toEqual([
    ["image-made.plain", "A line is missing."],
    ["image-made.found", "x is missing."],
    ["image-made.add", "Add x to y"],
  ]);
});

test("the compiler refuses names that a rule has not, and other arguments than those of its templates", () => {
  const wrong = (say: Say) => [
    // @ts-expect-error There is no such name.
    say("fuond", { what: "x" }),
    // @ts-expect-error The template has no such place.
    say("found", { waht: "x" }),
    // @ts-expect-error An argument is left out.
    say("found"),
    // @ts-expect-error One of two arguments is left out.
    say("add", { what: "x" }),
    // @ts-expect-error The template has no place.
    say("plain", { what: "x" }),
    // @ts-expect-error What may be reported by this name needs an argument.
    say(messages.plain.length > 0 ? "plain" : "found"),
  ];
  imageRule({
    ...text,
    *check(_, say) {
      // @ts-expect-error The names are those of the rule's own texts.
      yield { span, message: say("fuond", { what: "x" }) };
      // @ts-expect-error So are the arguments.
      yield { span, message: say("found", { waht: "x" }) };
    },
  });
  // @ts-expect-error One name is a message and a title.
  const twice = imageRule({ ...text, fixes: { found: "Add it" }, *check() {} });
  expect([wrong, twice.id]).toHaveLength(2);
});
