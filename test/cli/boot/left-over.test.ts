import { PassThrough } from "node:stream";
import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, test } from "vitest";
import type { Engine, Labelled } from "../../../client/src/ports";
import { askAt } from "../../../server/src/cli/boot/ask";
import { openDeadline } from "../../../server/src/cli/boot/deadline";
import type { BootHost } from "../../../server/src/cli/boot/host";
import { offerToRemove } from "../../../server/src/cli/boot/left-over";
import { newMark, removing } from "../../../server/src/cli/boot/mark";
import { bootTexts } from "../../../server/src/cli/boot-texts";

const dead = { kind: "volume", name: "dead", value: "1/elsewhere/1/ab" } as const;
const living = { kind: "volume", name: "living", value: newMark(10, false).value } as const;

/** Offers what is left on an engine to a user who answers, or to no one; returns what was printed and what stays. */
async function offered(all: readonly Labelled[], ask?: BootHost["ask"]) {
  const said: string[] = [];
  let there = all;
  const engine = {
    facts: { engine: "podman" },
    labelled: async () => there,
    removeLabelled: async (item: Labelled) => {
      there = there.filter((each) => each !== item);
    },
  } as unknown as Engine;
  const host = {
    cwd: "/",
    err: (text: string) => void said.push(text.trim()),
    find: async () => ({ places: [] }),
    ask,
  };
  const deadline = openDeadline(5);
  await offerToRemove(engine, host as unknown as BootHost, deadline);
  deadline.close();
  return { said, there };
}

describe("what a killed run left", () => {
  const lines = [bootTexts.leftBefore, ...removing([dead], "podman")];

  test("is printed, and stays, without a user to ask, or if the answer is no", async () => {
    expect(await offered([living])).toEqual({ said: [], there: [living] });
    expect(await offered([dead, living])).toEqual({ said: lines, there: [dead, living] });
    expect(await offered([dead, living], async () => false)).toEqual({ said: lines, there: [dead, living] });
  });

  test("is removed when a person agrees, and nothing of a run that goes on", async () => {
    const asked: string[] = [];
    const yes = async (question: string) => asked.push(question) === 1;
    expect(await offered([dead, living], yes)).toEqual({
      said: [...lines, bootTexts.removed],
      there: [living],
    });
    expect(asked).toEqual([bootTexts.removeNow]);
  });
});

describe("a question", () => {
  test.each([
    ["y\n", true],
    ["Yes\n", true],
    ["\n", false],
    ["no\n", false],
    ["", false],
  ])("answered %j: %s", async (typed, means) => {
    const input = new PassThrough();
    const answer = askAt(input, () => undefined)?.("?", new AbortController().signal);
    if (typed === "") input.end();
    else input.write(typed);
    expect(await answer).toBe(means);
  });

  test("that is interrupted means no", async () => {
    const interrupted = new AbortController();
    const answer = askAt(new PassThrough(), () => undefined)?.("?", interrupted.signal);
    interrupted.abort();
    expect(await answer).toBe(false);
  });

  test("takes no time from the run, and an interruption ends it", async () => {
    const interruption = new AbortController();
    const deadline = openDeadline(1, [interruption.signal]);
    await deadline.apart(() => sleep(1_200));
    expect([deadline.ended(), deadline.left() > 0.5]).toEqual([undefined, true]);
    await deadline.apart(async (signal) => {
      interruption.abort();
      expect(signal.aborted).toBe(true);
    });
    expect(deadline.ended()).toBe("interrupted");
    deadline.close();
  });

  test("does not stop the time for good", async () => {
    const deadline = openDeadline(0.2);
    await deadline.apart(() => sleep(10));
    await expect.poll(deadline.ended).toBe("late");
    deadline.close();
  });
});
