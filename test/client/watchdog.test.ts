import { expect, test } from "vitest";
import { openWatchdog } from "../../client/src/watchdog";

const file = "file:///project/Dockerfile";
const other = "file:///project/compose.yaml";

/** A watchdog with a clock that is moved by hand and a server that answers or does not. */
function watched() {
  let now = 0;
  let timers: { at: number; then: () => void }[] = [];
  let answers = true;
  let pings = 0;
  const ended: (string | undefined)[] = [];
  const dog = openWatchdog({
    ping: () => {
      pings++;
      return answers ? Promise.resolve(null) : new Promise(() => {});
    },
    end: (of) => ended.push(of),
    after: (milliseconds, then) => {
      const timer = { at: now + milliseconds, then };
      timers.push(timer);
      return () => {
        timers = timers.filter((each) => each !== timer);
      };
    },
  });
  const callDue = () => {
    const due = timers.filter(({ at }) => at <= now);
    timers = timers.filter(({ at }) => at > now);
    for (const { then } of due) then();
  };
  const settle = () => new Promise((resolve) => setTimeout(resolve));
  return {
    dog,
    ended,
    pings: () => pings,
    timers: () => timers.length,
    hang: () => {
      answers = false;
    },
    heal: () => {
      answers = true;
    },
    /** Lets seconds pass, one by one. */
    pass: async (seconds: number) => {
      for (let passed = 0; passed < seconds; passed++) {
        await settle();
        now += 1_000;
        callDue();
      }
    },
    /** The computer sleeps: time passes, and then every timer that is due is called once. */
    sleep: (seconds: number) => {
      now += seconds * 1_000;
      callDue();
    },
  };
}

test("a server that answers nothing for 20 s is ended, and the file that it linted is left alone", async () => {
  const { dog, ended, hang, pass } = watched();
  dog.linting(file);
  hang();
  dog.sent();
  await pass(19);
  expect(ended).toEqual([]);
  await pass(1);
  expect(ended).toEqual([file]);
  expect(dog.stalled()).toEqual([file]);
  // Nothing is sent to the next one, so nothing is asked of it.
  await pass(100);
  expect(ended).toEqual([file]);
});

test("traffic costs one ping in five seconds, and silence none", async () => {
  const { dog, ended, pass, pings, timers } = watched();
  for (let key = 0; key < 200; key++) {
    dog.sent();
    if (key % 10 === 9) await pass(1);
  }
  expect(pings()).toBeLessThanOrEqual(20 / 5 + 1);
  await pass(10);
  const before = pings();
  await pass(1_000);
  expect(pings()).toBe(before);
  expect(timers()).toBe(0);
  expect(ended).toEqual([]);
});

test("a server that begins to hang while it is written to is found", async () => {
  const { dog, ended, hang, pass } = watched();
  dog.sent();
  await pass(3);
  hang();
  dog.linting(other);
  dog.sent();
  await pass(30);
  expect(ended).toEqual([other]);
});

test("each file that stalls is left alone, until a server lints it again", async () => {
  const { dog, hang, heal, pass } = watched();
  for (const of of [file, other]) {
    dog.linting(of);
    hang();
    dog.sent();
    await pass(20);
    heal();
  }
  expect(dog.stalled()).toEqual([file, other]);
  dog.linting(file);
  expect(dog.stalled()).toEqual([other]);
});

test("a server that hangs over no file is ended and nothing is left alone", async () => {
  const { dog, ended, hang, pass } = watched();
  dog.linting(file);
  dog.linting(undefined);
  hang();
  dog.sent();
  await pass(20);
  expect(ended).toEqual([undefined]);
  expect(dog.stalled()).toEqual([]);
});

test("a machine that slept gives its server the time to answer", async () => {
  const { dog, ended, pass, sleep } = watched();
  dog.sent();
  sleep(3_600);
  await pass(10);
  expect(ended).toEqual([]);
});

test("a server that is gone, so that nothing can be asked, is not ended", async () => {
  const ended: unknown[] = [];
  const callbacks: (() => void)[] = [];
  const dog = openWatchdog({
    ping: () => Promise.reject(new Error("Client is not running")),
    end: (of) => ended.push(of),
    after: (_, then) => {
      callbacks.push(then);
      return () => {};
    },
  });
  dog.sent();
  for (let look = 0; look < 10; look++) {
    await new Promise((resolve) => setTimeout(resolve));
    callbacks.shift()?.();
  }
  expect(ended).toEqual([]);
});
