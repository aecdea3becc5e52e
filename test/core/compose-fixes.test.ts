import { describe, expect, test } from "vitest";
import { format } from "../../server/src/core/base/message";
import { fixAll } from "../../server/src/core/lint/fix";
import { lint } from "../../server/src/core/lint/lint";
import { defaultSettings } from "../../server/src/core/lint/settings";
import { dedent } from "./container/helpers";
import { noFiles } from "./no-files";

const uri = "file:///project/compose.yaml";
const input = (text: string) => ({ uri, text, snapshot: noFiles, settings: defaultSettings });
const fixed = (text: string) => fixAll(input(dedent(text))).text;
const titles = (text: string, rule: string) =>
  lint(input(dedent(text)))
    .findings.filter((finding) => finding.rule === rule)
    .map(({ fixes }) => fixes.map(({ title, safe }) => `${safe ? "fix" : "suggestion"}: ${format(title)}`));

/** The lines of a text that another lacks. */
function added(before: string, after: string): string[] {
  const old = dedent(before).split("\n");
  return after.split("\n").filter((line) => !old.includes(line));
}

describe("new keys of a service", () => {
  test.each([
    "&img image: x",
    "!!str image: x",
    "&img !!str image: x",
    "image: &img x",
    "image:\tx",
    "? image\n    : x",
  ])("stand under its own, behind %j", (first) => {
    const text = `services:\n  web:\n    ${first}\n    command: /sbin/init\n    stop_grace_period: 90s\n`;
    for (const source of [text, text.replaceAll("\n", "\r\n"), text.trimEnd()]) {
      const after = fixAll(input(source)).text;
      expect(lint(input(after)).problems).toEqual([]);
      expect(after.replaceAll("\r", "").match(/^ *(?=stop_signal:)/gm) ?? ["    "]).toEqual(["    "]);
    }
  });

  test("stay in their document", () => {
    const text = `
      services:
        web:
          image: x
          command: /sbin/init
          stop_signal: SIGTERM
      ---
      services:
        db:
          image: y
          command: /sbin/init
          stop_signal: SIGTERM
    `;
    const after = fixed(text);
    const [first, second] = after.split("---\n");
    expect(first?.match(/SIGRTMIN/g)).toHaveLength(1);
    expect(second?.match(/SIGRTMIN/g)).toHaveLength(1);
  });
});

describe("a value in a fragment that services share", () => {
  const shared = (db: string) => `
    x-base: &base
      stop_signal: SIGTERM
      tmpfs: [/tmp, /run, /run/lock]
    services:
      web:
        <<: *base
        command: /sbin/init
      db:
        <<: *base
        ${db}
  `;

  test("is said over by the one service that needs it", () => {
    expect(titles(shared("image: y"), "run-stop-signal")).toEqual([
      ["fix: Set stop_signal: SIGRTMIN+3", "suggestion: Set stop_signal: SIGRTMIN+3 (also for db)"],
    ]);
    const after = fixed(shared("image: y"));
    expect(after).toContain("  stop_signal: SIGTERM\n  tmpfs");
    expect(after).toContain("    command: /sbin/init\n    stop_signal: SIGRTMIN+3\n");
  });

  test("is changed in the fragment where all services need it", () => {
    expect(titles(shared("command: /sbin/init"), "run-stop-signal")).toEqual([
      ["fix: Set stop_signal: SIGRTMIN+3 (also for db)"],
    ]);
    const after = fixed(shared("command: /sbin/init"));
    expect(after.match(/stop_signal: SIGRTMIN\+3/g)).toHaveLength(1);
    expect(after).not.toContain("SIGTERM");
  });

  test("is not changed for a service that ignores the finding", () => {
    const after = fixed(
      shared("command: /sbin/init").replace(
        "  stop_signal",
        "  # systemd-containers-ignore run-stop-signal\n      stop_signal",
      ),
    );
    expect(after).toContain("stop_signal: SIGTERM");
    expect(after).not.toContain("SIGRTMIN");
  });

  test("is a key of a service that others merge: Fix All adds to it where all need it", () => {
    const text = (db: string) => `
      services:
        web: &web
          image: x
          command: /sbin/init
          stop_signal: SIGRTMIN+3
        db:
          <<: *web
          ${db}
    `;
    const all = fixed(text("hostname: db"));
    expect(added(text("hostname: db"), all).length).toBeGreaterThan(0);
    expect(all.slice(all.indexOf("  db:"))).toBe("  db:\n    <<: *web\n    hostname: db\n");
    const one = fixed(text("command: sleep 1"));
    expect(one.split("  db:")[0]).toBe(dedent(text("")).split("  db:")[0]);
  });

  test("names three of many services", () => {
    const names = ["b", "c", "d", "e", "f"].map((name) => `  ${name}:\n    <<: *a\n    command: sleep 1\n`);
    const text = `services:\n  a: &a\n    image: x\n    command: /sbin/init\n${names.join("")}`;
    const said = lint(input(text)).findings.flatMap(({ fixes }) => fixes.map(({ title }) => title));
    const all = said.filter(({ args }) => args.more !== undefined);
    expect(all).not.toEqual([]);
    for (const { args } of all) expect(args).toMatchObject({ services: ["b", "c", "d"], more: "2" });
  });
});
