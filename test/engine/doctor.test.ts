import { describe, expect, test } from "vitest";
import { answerDoctor } from "../../server/src/lsp/doctor";
import { keyed } from "../core/keyed";
import { inventory, never, useEngine } from "./setup";

/** What the check of each engine of the lab reports, and what it must be right about: the proof is a real boot. */
const engines = [
  { name: "docker@28/v2", verdict: "boots", driver: "cgroupfs", namespace: "private", builder: "BuildKit" },
  { name: "docker@28/v1", verdict: "costs", driver: "cgroupfs", namespace: "host", builder: "BuildKit" },
  { name: "docker@20/v2", verdict: "costs", driver: "cgroupfs", namespace: "private", builder: "BuildKit" },
  { name: "podman@5/v2", verdict: "boots", driver: "cgroupfs", namespace: undefined, builder: "Buildah" },
];

describe.each(engines)("$name", ({ name, verdict, driver, namespace, builder }) => {
  const setup = useEngine(name, ["systemd-test:252"]);

  test("is told what it means for systemd, and the boot that proves it comes out so", async (context) => {
    const all = setup(context);
    const { engine } = all;
    const before = await inventory(all);
    const result = answerDoctor({ engine: engine.details, reference: "IMAGE" }, keyed);
    expect(result.verdict, result.summary).toBe(verdict);
    const values = Object.fromEntries(result.checks.map(({ what, value }) => [what, value]));
    expect(values).toMatchObject({
      "doctor.version": engine.name,
      "doctor.cgroup-version": name.at(-1),
      "doctor.cgroup-driver": driver,
      "doctor.rootless": "no",
      "doctor.builder": builder,
      "doctor.api": expect.stringMatching(/^1\.\d+$/),
    });
    expect(values["doctor.cgroup-namespace"]).toBe(namespace);

    const { start } = result;
    if (!start) throw new Error(result.summary);
    // The lab has no network.
    const HostConfig = { ...(start.body.HostConfig as object), NetworkMode: "none" };
    const request = {
      ...{ image: "systemd-test:252", seconds: 60 },
      start: { ...start, body: { ...start.body, HostConfig } },
    };
    const { report, stopped } = await engine.prove(request, {
      report: () => undefined,
      print: () => undefined,
      signal: never,
    });
    expect(report, report.log).toMatchObject({ state: "running", failed: [] });
    expect(stopped).toMatchObject({ exitCode: 0 });
    expect(await inventory(all)).toEqual(before);
  });
});
