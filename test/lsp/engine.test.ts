import { afterEach, expect, test } from "vitest";
import type { Engine } from "../../client/src/ports";
import { type DoctorResult, doctorMethod, engineFactsMethod } from "../../server/src/protocol";
import { fault, placeOf, world } from "../client/world";
import { connect, pullingClient, type Session } from "./connection";
import { keyedTexts } from "./keyed-texts";

const uri = "file:///project/compose.yaml";
/** What Docker 28 needs on cgroup 2, what an older one refuses, and what Podman neither needs nor takes. */
const compose = `services:
  web:
    image: fedora-init
    command: /sbin/init
    tty: true
    stop_signal: SIGRTMIN+3
    security_opt: ["writable-cgroups=true"]
    tmpfs: [/run, /run/lock, "/tmp:exec,mode=1777"]
`;

const docker28 = { engine: "docker", version: "28.5.2", cgroupVersion: 2 } as const;
const docker26 = { engine: "docker", version: "26.1.5", cgroupVersion: 2 } as const;
const podman = { engine: "podman", version: "5.8.6", cgroupVersion: 2 } as const;

let session: Session;
afterEach(() => session.close());

async function pull(): Promise<string[]> {
  const report = await session.client.sendRequest<{ items: { code: string }[] }>("textDocument/diagnostic", {
    textDocument: { uri },
  });
  return report.items.map(({ code }) => code);
}

/** Sends what engine it is, and waits until the client is asked to pull again. */
async function tell(facts: object | null): Promise<void> {
  const before = session.refreshes();
  await session.client.sendNotification(engineFactsMethod, facts);
  await expect.poll(() => session.refreshes()).toBeGreaterThan(before);
}

test("findings follow the engine, and the client is asked to pull again at each change", async () => {
  session = await connect({ capabilities: pullingClient });
  await session.open(uri, compose, "dockercompose");
  expect(await pull()).not.toContain("run-security-opt");
  await tell(docker26);
  expect(await pull()).toContain("run-security-opt");
  await tell(docker28);
  expect(await pull()).not.toContain("run-security-opt");
  await tell({ ...docker28, usernsRemap: true });
  expect(await pull()).toContain("run-security-opt");
  await tell(podman);
  expect(await pull()).toContain("run-security-opt");
  await tell(null);
  expect(await pull()).not.toContain("run-security-opt");
});

test("a client that does not pull is pushed the findings anew", async () => {
  session = await connect({ capabilities: {} });
  await session.open(uri, compose, "dockercompose");
  const pushed = () =>
    (session.pushed.get(uri)?.diagnostics as { code: string }[] | undefined)?.map(({ code }) => code);
  await expect.poll(pushed).toBeDefined();
  expect(pushed()).not.toContain("run-security-opt");
  await session.client.sendNotification(engineFactsMethod, docker26);
  await expect.poll(pushed).toContain("run-security-opt");
});

test("an engine that is picked, and one that is gone at the next command, reach the findings", async () => {
  session = await connect({ capabilities: pullingClient });
  await session.open(uri, compose, "dockercompose");
  let answers = true;
  const scene = world({
    server: { engineFacts: (facts) => session.client.sendNotification(engineFactsMethod, facts) },
    find: (engine) => {
      if (!answers) throw fault({ code: "no-engine", tried: [] });
      const old: Engine = { ...engine, name: "Docker 26.1.5", url: "unix:///old.sock", facts: docker26 };
      return { places: [placeOf(engine), placeOf(old)] };
    },
    ui: { pick: async (_title, choices) => choices[1]?.value },
  });
  await scene.run("selectEngine");
  await expect.poll(pull).toContain("run-security-opt");
  answers = false;
  await scene.run("stop");
  await expect.poll(pull).not.toContain("run-security-opt");
});

test("a server answers what an engine means", async () => {
  session = await connect({ texts: keyedTexts });
  const params = { engine: { ...docker26, cgroupDriver: "systemd" }, reference: "x:1" };
  const result = await session.client.sendRequest<DoctorResult>(doctorMethod, params);
  expect(result).toMatchObject({
    verdict: "costs",
    start: { api: "docker", body: { StopSignal: "SIGRTMIN+3" } },
  });
  expect(result.checks.map(({ what }) => what)).toEqual(
    expect.arrayContaining(["doctor.version", "doctor.cgroup-driver"]),
  );
});
