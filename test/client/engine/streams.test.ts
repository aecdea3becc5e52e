import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { clean, newConsole } from "../../../client/src/engine/container/console";
import { frames } from "../../../client/src/engine/frames";
import { batches } from "../../../client/src/engine/inside/journal";
import { readUnits } from "../../../client/src/engine/inside/units";
import { readPasswd } from "../../../client/src/engine/inside/users";
import { consoleText } from "../../../client/src/texts/console";
import { exitCodes, results, unitFailure } from "../../../client/src/texts/exit-status";
import { ends, english, notes } from "../english";

async function* split(bytes: Buffer, size: number) {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

function frame(stream: number, text: string): Buffer {
  const data = Buffer.from(text);
  const header = Buffer.from([stream, 0, 0, 0, 0, 0, 0, 0]);
  header.writeUInt32BE(data.length, 4);
  return Buffer.concat([header, data]);
}

describe("frames of a process without terminal", () => {
  test("come out whole, however the network cuts them", async () => {
    const part = fc.tuple(fc.constantFrom(1, 2), fc.string({ maxLength: 40 }));
    const property = fc.asyncProperty(
      fc.array(part),
      fc.integer({ min: 1, max: 64 }),
      async (parts, size) => {
        const bytes = Buffer.concat(parts.map(([stream, text]) => frame(stream, text)));
        const found: [number, string][] = [];
        for await (const { stream, data } of frames(split(bytes, size), false)) {
          found.push([stream === "stderr" ? 2 : 1, Buffer.from(data).toString()]);
        }
        expect(found).toEqual(parts);
      },
    );
    await fc.assert(property);
  });

  test("a terminal has none; one that breaks off is left out", async () => {
    const whole = frame(1, "abc");
    const broken = await collect(frames(split(Buffer.concat([whole, whole.subarray(0, 9)]), 4), false));
    expect(broken).toHaveLength(1);
    const raw = await collect(frames(split(whole, 100), true));
    expect(raw).toEqual([{ stream: "stdout", data: whole }]);
  });
});

describe("a console", () => {
  test.each([
    ["\x1b[0;1;31m[FAILED]\x1b[0m Failed\r\n", "[FAILED] Failed\n"],
    ["\x1b]0;title\x07text\x1b]8;;x\x1b\\link", "textlink"],
    ["one\rtwo\r\r\nthree\r", "two\n"],
    ["\x1b…cut\x1b", "…cut"],
    ["\x1b(B\x1b=x", "x"],
    // What newer systemd resets a terminal with.
    ["\x1b[!p\x1b]104\x07\x1b[?7h\x1b[1G\x1b[0Jx", "x"],
    ["\x1b]0;a title\x07x", "x"],
  ])("%j is read as %j", (text, expected) => {
    expect(clean(text)).toBe(expected);
  });

  test("of a long one the beginning and the end are kept, and it says what is missing", () => {
    const console = newConsole();
    console.add("first cause\n");
    for (let line = 0; line < 60_000; line++) console.add(`line ${line} of a service that talks too much\n`);
    const { log, omitted } = console.read();
    expect(log).not.toContain("left out");
    expect(log.slice(0, omitted?.at).split("\n").at(0)).toBe("first cause");
    expect(log[(omitted?.at ?? 0) - 1]).toBe("\n");
    const text = consoleText(english, { log, omitted });
    expect(text.length).toBeLessThan(800_000);
    expect(text.startsWith("first cause\n")).toBe(true);
    expect(text).toContain(`\n… ${notes.charactersOmitted(omitted?.characters ?? 0)} …\n`);
    expect(console.lastLine()).toBe("line 59999 of a service that talks too much");
  });

  test("a short one is whole, and an empty one has no last line", () => {
    const console = newConsole();
    expect(console.lastLine()).toBe("");
    console.add("a\n\n  b  \r\n\r\n");
    expect(console.read()).toEqual({ log: "a\n\n  b  \n\n" });
    expect(console.lastLine()).toBe("b");
  });
});

describe("why a unit failed, in words", () => {
  test.each([
    [{ result: "exit-code", code: 1, status: 1 }, ends.exited(1)],
    [
      { result: "exit-code", code: 1, status: 226 },
      ends.exitedBecause("226/NAMESPACE", exitCodes[226]?.[1](english) ?? ""),
    ],
    [
      { result: "exit-code", code: 1, status: 217 },
      ends.exitedBecause("217/USER", exitCodes[217]?.[1](english) ?? ""),
    ],
    [{ result: "signal", code: 2, status: 9 }, ends.killed("SIGKILL")],
    [{ result: "core-dump", code: 3, status: 11 }, ends.dumped("SIGSEGV")],
    [{ result: "signal", code: 2, status: 40 }, ends.killed(ends.signal(40))],
    [{ result: "timeout" }, results.timeout?.(english)],
    [{ result: "exit-code" }, "exit-code"],
    [{ result: "something-new" }, "something-new"],
  ])("%o", (result, words) => {
    expect(unitFailure(english, result)).toBe(words);
  });
});

describe("batches of journal lines", () => {
  test("a quick reader gets everything in order", async () => {
    async function* source() {
      for (let n = 0; n < 100; n++) {
        yield `${n}a\n${n}b\n`;
        await null;
      }
    }
    let found = "";
    for await (const { text, dropped } of batches(source(), 20)) {
      expect(dropped).toBe(0);
      found += text;
    }
    expect(found).toBe(Array.from({ length: 100 }, (_, n) => `${n}a\n${n}b\n`).join(""));
  });

  test("a reader that is too slow keeps the newest, and is told of every line it missed", async () => {
    const total = 5_000;
    async function* source() {
      for (let n = 0; n < total; n += 2) yield `${n}\n${n + 1}\n`;
    }
    let seen = 0;
    let missed = 0;
    let last = "";
    for await (const { text, dropped } of batches(source(), 400)) {
      expect(text.length).toBeLessThanOrEqual(400);
      seen += text.trim().split("\n").length;
      missed += dropped;
      last = text;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    expect(missed).toBeGreaterThan(0);
    expect(seen + missed).toBe(total);
    expect(last).toMatch(new RegExp(`\n${total - 1}\n$`));
  });

  test("a source that fails fails its reader, after what it brought", async () => {
    async function* source() {
      yield "a\n";
      throw new Error("broken");
    }
    let found = "";
    const reading = (async () => {
      for await (const { text } of batches(source(), 10)) found += text;
    })();
    await expect(reading).rejects.toThrow("broken");
    expect(found).toBe("a\n");
  });
});

describe("the users of a container", () => {
  test("are root, then who has a login shell", () => {
    const passwd = [
      "daemon:x:1:1:daemon:/usr/sbin:/usr/sbin/nologin",
      "sync:x:4:65534:sync:/bin:/bin/sync",
      "me:x:1000:1000:Me, Myself:/home/me:/bin/zsh",
      "root:x:0:0:root:/root:/bin/bash",
      "# comment:x:7:7::/:/bin/sh",
      "+::::::",
      "plain:x:1001:1001::/srv/it's $(here):",
      "",
    ].join("\n");
    expect(readPasswd(passwd)).toEqual([
      { name: "root", uid: 0, home: "/root", shell: "/bin/bash" },
      { name: "me", uid: 1000, home: "/home/me", shell: "/bin/zsh" },
      { name: "plain", uid: 1001, home: "/srv/it's $(here)", shell: "/bin/sh" },
    ]);
  });

  test("are nobody where there is no passwd", () => {
    expect(readPasswd("")).toEqual([]);
  });
});

describe("the units of a container", () => {
  test("are those that are loaded, with or without a dot before what failed", () => {
    const list = [
      "  -.mount              loaded    active   mounted Root Mount",
      "● broken.service       loaded    failed   failed  A unit, broken",
      "● gone.service         not-found inactive dead    gone.service",
      "ssh.service            loaded    active   running OpenBSD Secure Shell server",
      "",
    ].join("\n");
    expect(readUnits(list)).toEqual([
      { name: "-.mount", active: "active", sub: "mounted", description: "Root Mount" },
      { name: "broken.service", active: "failed", sub: "failed", description: "A unit, broken" },
      { name: "ssh.service", active: "active", sub: "running", description: "OpenBSD Secure Shell server" },
    ]);
  });
});

async function collect<T>(source: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const each of source) all.push(each);
  return all;
}
