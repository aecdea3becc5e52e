import { expect, test } from "vitest";
import type { BootReport } from "../../../client/src/ports";
import { settled } from "../../../server/src/cli/boot/checks";

const nothing = { targets: [], failed: [], mounts: [], log: "", phases: [] };
const degraded = { state: "degraded", ...nothing } as unknown as BootReport;
const silent = { state: "starting", ...nothing } as unknown as BootReport;
const ended = { state: "exited", exitCode: 0, ...nothing } as unknown as BootReport;

/** What is found if the engine reports these states, one after the other. */
function found(...reports: BootReport[]): Promise<BootReport | undefined> {
  const engine = { report: async () => reports.shift() ?? ended };
  const deadline = { signal: new AbortController().signal, orStopped: (report: unknown) => report };
  return settled({ engine, container: {}, deadline } as unknown as Parameters<typeof settled>[0]);
}

test("a system that is about to end is waited for", async () => {
  expect(await found(degraded, ended)).toEqual(ended);
});

test("systemd that no longer responds is about to end too", async () => {
  expect(await found(degraded, silent, ended)).toEqual(ended);
});

test("a shutdown may take seconds", async () => {
  expect(await found(...Array.from({ length: 8 }, () => degraded), ended)).toEqual(ended);
});
