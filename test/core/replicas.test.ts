import { expect, test } from "vitest";
import { applyEdits } from "../../server/src/core/base/text";
import { lint } from "../../server/src/core/lint/lint";

const dockerfile = [
  "FROM debian:12",
  "RUN apt-get update && apt-get install -y systemd systemd-sysv",
  'CMD ["/sbin/init"]',
].join("\n");

const compose = (lines: string) =>
  `services:\n  web:\n    build: .\n    volumes: [/sys/fs/cgroup:/sys/fs/cgroup:rw]\n${lines}`;

function found(text: string, cgroupVersion: 1 | 2) {
  const uri = "file:///w/compose.yaml";
  const snapshot = {
    runFiles: [uri],
    read: (asked: string) =>
      asked === uri ? text : asked === "file:///w/Dockerfile" ? dockerfile : undefined,
  };
  const target = { engine: "docker", version: "20.10.24", cgroupVersion } as const;
  return lint({ uri, text, snapshot, settings: { rules: {}, target } }).findings.filter(
    ({ message }) => message.key === "run-cgroup-host.replicas",
  );
}

function said(lines: string, cgroupVersion: 1 | 2): string[] {
  const text = compose(lines);
  return found(text, cgroupVersion).map(({ span }) => text.slice(span.start, span.end));
}

function fixes(lines: string) {
  return found(compose(lines), 1).flatMap((finding) =>
    finding.fixes.map(({ safe, edits }) => {
      const text = applyEdits(compose(lines), edits);
      return { safe, text, left: found(text, 1) };
    }),
  );
}

const nodes = ["$", "{NODES:-5}"].join("");

test.each([
  ["    deploy:\n      replicas: 10\n", ["10"]],
  ["    deploy: {replicas: '3'}\n", ["'3'"]],
  ["    scale: 4\n", ["4"]],
  [`    scale: ${nodes}\n`, [nodes]],
  ["    scale: 1\n", []],
  ["    deploy:\n      resources: {}\n", []],
  ["", []],
])("containers of one service on cgroup v1: %j", (lines, expected) => {
  expect(said(lines, 1)).toEqual(expected);
});

test.each([
  ["", /entrypoint: \["\/bin\/sh", "-c", "sleep \$\$\(shuf -i 0-20 -n 1\); exec \/sbin\/init"\]/],
  ["    command: [/sbin/init, --log-level=info]\n", /exec \/sbin\/init --log-level=info"\]\n$/],
  ["    command: [/sbin/init, 'a b']\n", undefined],
])("they can start one after another: %j", (lines, expected) => {
  const [fix, ...others] = fixes(`    scale: 10\n${lines}`);
  expect(others).toEqual([]);
  if (!expected) expect(fix).toBeUndefined();
  else {
    expect(fix?.safe).toBe(false);
    expect(fix?.text).toMatch(expected);
    expect(fix?.text).not.toContain("command:");
    expect(fix?.left).toEqual([]);
  }
});

test("on cgroup v2 each has a tree of its own", () => {
  expect(said("    scale: 10\n", 2)).toEqual([]);
});
