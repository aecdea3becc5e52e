import { describe, expect, test } from "vitest";
import { findLeast, type LeastSearch } from "../../client/src/flows/least/find-least";
import type { Container, Engine } from "../../client/src/ports";
import { leastLines, leastTexts } from "../../client/src/texts/least";
import { format } from "../../server/src/core/base/message";
import type { LeastFound, LeastParams, LeastStep } from "../../server/src/least-protocol";
import { answerLeast } from "../../server/src/lsp/least";
import { english as t } from "./english";
import { someReport, told, world } from "./world";

const compose = "file:///work/compose.yaml";
const text = `services:
  web:
    image: systemd-test:252
    command: /sbin/init
    privileged: true
    volumes: ["data:/srv"]
volumes: {data: {}}
`;
const snapshot = {
  runFiles: [compose],
  dockerfiles: [],
  read: (at: string) => (at === compose ? text : undefined),
};
const server = {
  least: async (params: LeastParams) => answerLeast(params, { uri: compose, snapshot }, format),
};

const pace = { pause: 1, patience: 100 };
const search: LeastSearch = {
  ...{ uri: compose, name: "web", reference: "x", checks: { active: [], allowFailed: [] } },
  ...{ prefix: "trial", labels: { mark: "1" }, most: 40, seconds: 10 },
};

/** An engine whose service is skipped without SYS_TIME, and a record of what was made and removed. */
function engineWithout(given: Partial<Engine> = {}) {
  const creates: string[] = [];
  const { engine, events } = world({
    engine: {
      start: async ({ name, uri, create, labels }) => {
        creates.push(JSON.stringify(create));
        events.push(`started ${name} ${JSON.stringify(labels)}`);
        return { id: name, name, uri, running: true };
      },
      enabled: async () => [
        { name: "chrony.service", active: "inactive", sub: "dead", restarts: 0, isHeldUp: false },
      ],
      skipped: async (_container: Container, units) =>
        creates.at(-1)?.includes("SYS_TIME")
          ? []
          : units.map((unit) => ({ unit, condition: "ConditionCapability=CAP_SYS_TIME" })),
      ...given,
    },
  });
  return { engine, events, creates };
}

const job = () => ({
  report: () => undefined,
  agrees: async () => false,
  signal: new AbortController().signal,
  pace,
});

describe("a search with an engine", () => {
  test("finds the capability, with fresh containers and volumes that are all removed", async () => {
    const { engine, events, creates } = engineWithout();
    const result = await findLeast({ t, server }, engine, search, job());
    expect(result).toMatchObject({
      step: "found",
      found: { state: "found", grants: ["SYS_TIME"], boots: 5 },
    });
    expect(creates.filter((create) => create.includes('"Privileged":true'))).toEqual([]);
    const made = events.filter((event) => /^(started|created the volume)/.test(event));
    const removed = events.filter((event) => /^removed/.test(event));
    expect([made.length, removed.length, new Set(made).size]).toEqual([10, 10, 10]);
    expect(made[0]).toBe("created the volume trial-1-work_data");
    expect(made[1]).toBe('started trial-1 {"mark":"1"}');
  });

  test("that is cancelled says how far it came, and removes the container of the last boot", async () => {
    const cancel = new AbortController();
    const { engine, events } = engineWithout({
      boot: async ({ name }) => {
        if (name === "trial-3") cancel.abort();
        cancel.signal.throwIfAborted();
        return someReport;
      },
    });
    const result = await findLeast({ t, server }, engine, search, { ...job(), signal: cancel.signal });
    expect(result).toMatchObject({ step: "found", found: { state: "over", boots: 2 } });
    expect(events.slice(-2)).toEqual(["removed trial-3", "removed the volume trial-3-work_data"]);
  });

  test("whose container does not start takes that for a failure of the set", async () => {
    const fault = Object.assign(new Error(), { code: "refused", said: "no such device" });
    const { engine } = engineWithout({ start: () => Promise.reject(fault) });
    const result = await findLeast({ t, server }, engine, search, job());
    expect(result).toMatchObject({ step: "found", found: { state: "not-found" } });
    const failures = result.step === "found" ? result.found.failures : [];
    expect(failures[0]).toMatchObject({ what: "systemd", line: expect.stringContaining("no such device") });
  });

  test("runs the line of the person again until it passes, and the health check without one", async () => {
    const ran: string[] = [];
    const run: Engine["run"] = async (_container, line) => {
      ran.push(line);
      return ran.length === 1 ? 1 : 0;
    };
    const { engine } = engineWithout({ run, healthLine: async () => "healthy", skipped: async () => [] });
    const own = { ...search, checks: { ...search.checks, exec: "works" } };
    const result = await findLeast({ t, server }, engine, own, job());
    expect(result).toMatchObject({ found: { state: "found", grants: [], boots: 3 }, ownChecks: true });
    expect(ran).toEqual(["works", "works", "works", "works"]);
    ran.length = 1;
    await findLeast({ t, server }, engine, search, job());
    expect(ran.slice(1)).toEqual(["healthy", "healthy", "healthy"]);
  });
});

describe("the command Find Least Privilege", () => {
  const found: LeastFound = {
    step: "found",
    ownChecks: false,
    command: ["docker", "run", "x"],
    found: {
      ...{ state: "found", grants: ["SYS_TIME"], untried: [], refused: [], failures: [], boots: 5, mixed: 0 },
      needed: [
        { grant: "SYS_TIME", failure: { what: "chrony.service", line: "skipped\u001b[2J", points: [] } },
      ],
    },
    change: {
      uri: compose,
      edits: [
        {
          range: { start: { line: 4, character: 0 }, end: { line: 5, character: 0 } },
          newText: "    cap_add: [SYS_TIME]\n",
        },
      ],
    },
  };

  const withResult = (result: LeastStep) =>
    world({
      ui: { activeFile: () => compose, kind: () => "compose", ask: async () => "" },
      server: { least: async () => result },
    });

  test("shows the set, and its buttons write it and show what it is needed for", async () => {
    const { run, events, press } = withResult(found);
    await run("findLeastPrivilege", compose, "web");
    const summary = leastTexts.result(t, "found", ["SYS_TIME"], false);
    expect(events).toContain(told("info", summary, leastTexts.writeInto(t), leastTexts.showResult(t)));
    await press(leastTexts.writeInto(t));
    expect(events.join("\n")).toContain(`changed ${compose}:     cap_add: [SYS_TIME]`);
    await press(leastTexts.showResult(t));
    expect(events.at(-1)).toContain("opens plaintext");
    expect(events.at(-1)).not.toContain("\u001b");
  });

  test("says why there is nothing to search for", async () => {
    const { run, events } = withResult({ step: "refused", refused: "Nothing boots." });
    await run("findLeastPrivilege", compose, "web");
    expect(events).toContain(told("warning", "Nothing boots."));
  });

  test("only says that it boots, unless a check was named", () => {
    const [boots] = leastLines(t, { ...found, seconds: 1 });
    const [works] = leastLines(t, { ...found, ownChecks: true, seconds: 1 });
    expect([boots, works]).toEqual([
      leastTexts.result(t, "found", ["SYS_TIME"], false),
      leastTexts.result(t, "found", ["SYS_TIME"], true),
    ]);
    expect(boots).not.toBe(works);
  });
});
