import { describe, expect, test } from "vitest";
import { format } from "../../../server/src/core/base/message";
import { applyEdits } from "../../../server/src/core/base/text";
import { leastInFile } from "../../../server/src/core/least/least";
import { lint } from "../../../server/src/core/lint/lint";
import type { LeastAnswer, LeastStep, Observed } from "../../../server/src/least-protocol";
import { answerLeast } from "../../../server/src/lsp/least";

const facts = { engine: "docker", version: "28.5.2", cgroupVersion: 2, appArmor: false } as const;
const dockerfile = `FROM debian:12
RUN apt-get update && apt-get install -y systemd systemd-sysv chrony
RUN systemctl enable chrony
STOPSIGNAL SIGRTMIN+3
CMD ["/sbin/init"]
`;
const compose = `# the clock
services:
  web:
    build: .
    privileged: true # as everyone says
    cap_add: [NET_ADMIN]
    volumes:
      - /sys/fs/cgroup:/sys/fs/cgroup:ro
      - ./conf:/etc/conf:ro
`;
const files = new Map([
  ["file:///p/compose.yaml", compose],
  ["file:///p/Dockerfile", dockerfile],
]);
const uri = "file:///p/compose.yaml";
const snapshot = {
  runFiles: [uri],
  dockerfiles: ["file:///p/Dockerfile"],
  read: (at: string) => files.get(at),
};

function subject(of = uri, name?: string) {
  const found = leastInFile(
    { uri: of, text: files.get(of) ?? "", snapshot },
    { name, reference: "x", facts },
  );
  if (!found || "refused" in found) throw new Error("There is no subject.");
  return found;
}

describe("a privileged service", () => {
  test("starts from what systemd itself needs, with its own other settings", () => {
    const { planWith, own } = subject();
    const { spec } = planWith([]);
    expect(own).toEqual(["NET_ADMIN", "privileged"]);
    expect([spec.privileged, spec.capabilities]).toEqual([undefined, []]);
    expect(spec.mounts.map(({ target }) => target)).toEqual(["/etc/conf"]);
    expect(spec.securityOptions).toEqual(["writable-cgroups=true"]);
    expect(planWith(["SYS_TIME"]).spec.capabilities).toEqual(["SYS_TIME"]);
  });

  test("has an edit that writes the set in place of its privileges, and lint has nothing against it", () => {
    const edit = subject().editFor(["SYS_TIME"]);
    const text = applyEdits(compose, edit?.edits ?? []);
    expect(text).not.toContain("privileged");
    expect(text).not.toContain("/sys/fs/cgroup");
    expect(text).toContain("SYS_TIME");
    expect(text).not.toContain("NET_ADMIN");
    expect(text).toContain("- ./conf:/etc/conf:ro");
    expect(text).toContain("# the clock");
    const read = (at: string) => (at === uri ? text : files.get(at));
    const found = lint({
      uri,
      text,
      snapshot: { ...snapshot, read },
      settings: { rules: {}, target: facts },
    });
    const wrong = found.findings.filter(({ severity }) => severity === "error" || severity === "warning");
    expect(wrong.map(({ rule, message }) => `${rule}: ${format(message)}`)).toEqual([]);
  });

  test("that keeps a grant keeps its line", () => {
    const edit = subject().editFor(["NET_ADMIN"]);
    expect(applyEdits(compose, edit?.edits ?? [])).toContain("cap_add: [NET_ADMIN]");
  });
});

test("the image of a Dockerfile has no file to edit", () => {
  const { editFor, planWith } = subject("file:///p/Dockerfile");
  expect(editFor([])).toBeUndefined();
  expect(planWith(["SYS_TIME"]).spec.capabilities).toEqual(["SYS_TIME"]);
});

describe("the steps of a search", () => {
  const calm: Observed = { up: true, log: "", failed: [], starting: [], skipped: [], checks: [] };
  const params = { uri, reference: "x", facts, ownChecks: false, most: 40 };

  /** Goes through a search with an imagined engine. */
  function find(boot: (create: string) => Observed, agreed = false) {
    const answers: LeastAnswer[] = [];
    for (;;) {
      const step: LeastStep = answerLeast({ ...params, answers }, { uri, snapshot }, format);
      if (step.step === "boot") answers.push({ observed: boot(JSON.stringify(step.create)) });
      else if (step.step === "agreement") answers.push({ agreed });
      else return { step, boots: answers.length };
    }
  }

  test("lead to the capability that the service lacks, with the edit and the command", () => {
    const condition = "ConditionCapability=CAP_SYS_TIME";
    const { step, boots } = find((create) =>
      create.includes("SYS_TIME") ? calm : { ...calm, skipped: [{ unit: "chrony.service", condition }] },
    );
    expect(step).toMatchObject({
      step: "found",
      found: { state: "found", grants: ["SYS_TIME"], needed: [{ failure: { line: condition } }] },
      change: { uri },
    });
    expect(boots).toBe(5);
    expect(step.step === "found" && step.command.join(" ")).toContain("--cap-add SYS_TIME");
  });

  test("never boot privileged without agreement", () => {
    const seen: string[] = [];
    const { step } = find((create) => {
      seen.push(create);
      return { ...calm, failed: [{ unit: "docker.service", journal: ["cannot mount"] }] };
    });
    expect(step).toMatchObject({ found: { state: "needs-agreement", refused: ["privileged"] } });
    expect(step.step === "found" && step.change).toBeUndefined();
    expect(seen.filter((create) => create.includes('"Privileged":true'))).toEqual([]);
  });

  test("are refused for a file in which nothing boots systemd", () => {
    const none = {
      ...snapshot,
      read: (at: string) => (at === uri ? "services: {web: {image: nginx}}\n" : undefined),
    };
    const step = answerLeast({ ...params, answers: [] }, { uri, snapshot: none }, format);
    expect(step.step).toBe("refused");
  });
});
