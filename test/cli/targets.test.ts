import { cpSync } from "node:fs";
import { join } from "node:path";
import { beforeEach, describe, expect, test } from "vitest";
import { format } from "../../server/src/core/base/message";
import { keyed } from "../core/keyed";
import { lintProject } from "../core/lint-project";
import { workingFolder } from "./terminal";

// The broken example is the first thing a reader tries: what is reported of it is written out for each engine.
const example = join(__dirname, "../../examples/broken");

const { cli, path, read } = workingFolder();
beforeEach(() => cpSync(example, path(), { recursive: true }));

interface Row {
  readonly file: string;
  readonly line: number;
  readonly rule: string;
  readonly severity: string;
  readonly fixes: readonly { readonly title: string; readonly safe: boolean }[];
}

const lint = (flags: readonly string[]): Row[] =>
  JSON.parse(cli("lint", "--format", "json", ...flags, ".").out).findings;
const lines = (rows: readonly Row[]) =>
  rows.map(({ file, line, severity, rule }) => `${file.replace(/^.*\//, "")}:${line} ${severity} ${rule}`);
const compose = () => read("compose.yaml");

const image = [
  "Dockerfile:2 information image-machine-id",
  "Dockerfile:4 warning image-cgroup-volume",
  "Dockerfile:5 hint image-boot-target",
  "Dockerfile:5 warning image-container-env",
  "Dockerfile:5 error image-shell-form-init",
  "Dockerfile:5 warning image-stop-signal",
];
const start = [
  "compose.yaml:2 error run-tmpfs-run",
  "compose.yaml:2 hint run-tty",
  "compose.yaml:5 error run-init",
  "compose.yaml:7 error run-cgroup-read-only",
];

const docker = (version: string, cgroup: string) => [
  "--engine",
  "docker",
  "--engine-version",
  version,
  "--cgroup",
  cgroup,
];

const targets: readonly { name: string; flags: readonly string[]; says: readonly string[] }[] = [
  { name: "no stated engine", flags: [], says: [...image, ...start] },
  { name: "Docker 28 on cgroup 2", flags: docker("28.5.2", "2"), says: [...image, ...start] },
  { name: "Docker 20.10 on cgroup 2", flags: docker("20.10.24", "2"), says: [...image, ...start] },
  {
    name: "Docker 20.10 on cgroup 1, where :ro still boots",
    flags: docker("20.10.24", "1"),
    says: [...image, ...start.with(3, "compose.yaml:7 warning run-cgroup-read-only")],
  },
  {
    name: "Docker 26 on cgroup 1, where it no longer does",
    flags: docker("26.1.5", "1"),
    says: [...image, ...start],
  },
  {
    name: "Podman, which prepares a container for systemd by itself",
    flags: ["--engine", "podman"],
    says: [
      "Dockerfile:2 information image-machine-id",
      "Dockerfile:5 hint image-boot-target",
      "Dockerfile:5 error image-shell-form-init",
      "compose.yaml:5 error run-init",
      "compose.yaml:7 hint run-cgroup-read-only",
    ],
  },
];

describe("the broken example", () => {
  test.each(targets)("is judged for $name", ({ flags, says }) => {
    expect(lines(lint(flags))).toEqual(says);
  });

  test.each(targets)("has no safe fix left after fix for $name", ({ flags }) => {
    const left = () => lint(flags).filter(({ fixes }) => fixes.some(({ safe }) => safe));
    expect(cli("fix", ...flags, ".").err).toBe("");
    expect(left().filter(({ severity }) => severity !== "hint")).toEqual([]);
    expect(cli("fix", "--hints", ...flags, ".").err).toBe("");
    expect(left()).toEqual([]);
  });

  test("keeps its cgroup tree where no engine is stated: what boots there today may be all that does", () => {
    cli("fix", ".");
    expect(compose()).toContain("/sys/fs/cgroup:/sys/fs/cgroup:ro");
    expect(compose()).toContain("- /run\n");
    expect(compose()).not.toContain("init: true");
  });

  test("is offered the host's tree for Docker 20.10 on cgroup 2, at its price, and does not get it by itself", () => {
    const flags = docker("20.10.24", "2");
    cli("fix", ...flags, ".");
    expect(compose()).toContain("/sys/fs/cgroup:/sys/fs/cgroup:ro");
    expect(compose()).not.toContain("cgroup: host");
    const isReadOnly = ({ rule }: { readonly rule: string }) => rule === "run-cgroup-read-only";
    const files = { "compose.yaml": compose(), Dockerfile: read("Dockerfile") };
    const target = { engine: "docker", version: "20.10.24", cgroupVersion: 2 } as const;
    const titles =
      lintProject(files, { target })
        .find(isReadOnly)
        ?.fixes.map(({ title }) => title) ?? [];
    expect(titles.map(keyed)).toEqual([
      "fix.cgroup.host.opens(" +
        "fix=fix.cgroup.host(what=volumes: /sys/fs/cgroup:/sys/fs/cgroup:rw, cgroup: host), " +
        "access=list.and(items=[access.write(path=/sys/fs/cgroup)], last=access.cgroup-host))",
    ]);
    expect(lint(flags).find(isReadOnly)?.fixes).toMatchObject([
      { title: titles.map(format)[0], safe: false },
    ]);
  });

  test("gets its own tree for Docker 28 on cgroup 2 once the VOLUME is gone", () => {
    cli("fix", ...docker("28.5.2", "2"), "Dockerfile");
    cli("fix", ...docker("28.5.2", "2"), "compose.yaml");
    expect(compose()).toContain("writable-cgroups=true");
    expect(compose()).not.toContain("/sys/fs/cgroup:/sys/fs/cgroup");
  });
});
