import { expect, test } from "vitest";
import { readUnit } from "../../../server/src/core/systemd/unit-text";

test("assignments with their section, continued lines joined, comments left out", () => {
  const text = [
    "[Unit]",
    "Description = A b",
    "; no",
    "[Service]",
    "ExecStart=/bin/app \\",
    "  # a comment between",
    "  --flag \\",
    "  last",
    "Environment=",
    "junk",
    "X=1",
  ].join("\n");
  expect(readUnit(text).map(({ section, key, value }) => [section, key, value])).toEqual([
    ["Unit", "Description", "A b"],
    ["Service", "ExecStart", "/bin/app --flag last"],
    ["Service", "Environment", ""],
    ["Service", "X", "1"],
  ]);
});

test.each(["\n", "\r\n"])("the span of a value, with %j", (end) => {
  const text = ["[Service]", "ExecStart= /bin/app ", "User=web"].join(end);
  expect(readUnit(text).map(({ span }) => text.slice(span.start, span.end))).toEqual(["/bin/app", "web"]);
});
