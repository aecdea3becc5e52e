import { expect, test } from "vitest";
import { lint } from "../../server/src/core/lint/lint";

const dockerfile = [
  "FROM debian:12",
  "RUN apt-get update && apt-get install -y systemd systemd-sysv",
  'CMD ["/sbin/init"]',
].join("\n");

function said(lines: string, cgroupVersion: 1 | 2): string[] {
  const uri = "file:///w/compose.yaml";
  const text = `services:\n  web:\n    build: .\n    volumes: [/sys/fs/cgroup:/sys/fs/cgroup:rw]\n${lines}`;
  const snapshot = {
    runFiles: [uri],
    read: (asked: string) =>
      asked === uri ? text : asked === "file:///w/Dockerfile" ? dockerfile : undefined,
  };
  const target = { engine: "docker", version: "20.10.24", cgroupVersion } as const;
  return lint({ uri, text, snapshot, settings: { rules: {}, target } }).findings.flatMap((finding) =>
    finding.message.key === "run-cgroup-host.replicas"
      ? [text.slice(finding.span.start, finding.span.end)]
      : [],
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

test("on cgroup v2 each has a tree of its own", () => {
  expect(said("    scale: 10\n", 2)).toEqual([]);
});
