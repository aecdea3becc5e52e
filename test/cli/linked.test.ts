import { describe, expect, test } from "vitest";
import { texts } from "../../server/src/cli/texts";
import { workingFolder } from "./terminal";

const { cli, read, write } = workingFolder();

type Files = Readonly<Record<string, string>>;

/** Every file after `fix` with these paths, for an engine that is stated. */
function fixed(files: Files, ...paths: string[]): { texts: Files; err: string } {
  for (const [name, text] of Object.entries(files)) write(name, text);
  const engine = ["--engine", "docker", "--engine-version", "28.5", "--cgroup", "2"];
  const { code, err } = cli("fix", ...engine, ...paths);
  expect(code).toBe(0);
  const texts = Object.keys(files).map((name) => [name, read(name)]);
  return { texts: Object.fromEntries(texts), err };
}

const image = (...lines: string[]) =>
  [
    "FROM debian:12",
    "RUN apt-get update && apt-get install -y systemd-sysv",
    ...lines,
    'CMD ["/sbin/init"]',
    "",
  ].join("\n");

const beside: Files = {
  Dockerfile: image("VOLUME /sys/fs/cgroup"),
  "compose.yaml": "services:\n  web:\n    build: .\n",
};
const projects: Readonly<Record<string, Files>> = {
  beside,
  above: {
    "web/Dockerfile": image("STOPSIGNAL SIGTERM"),
    "compose.yaml": "services:\n  web:\n    build: web\n",
  },
  below: {
    Dockerfile: image(),
    "deploy/compose.yaml": "services:\n  web:\n    build: ..\n    stop_signal: SIGRTMIN+3\n",
  },
  sideways: {
    "web/Dockerfile": image("VOLUME /sys/fs/cgroup"),
    "deploy/compose.yaml": "services:\n  web:\n    build: ../web\n    cgroup: private\n",
  },
  overridden: {
    Dockerfile: image(),
    "compose.yaml": "services:\n  web:\n    build: .\n    init: true\n",
    "compose.override.yaml": "services:\n  web:\n    stop_signal: SIGTERM\n",
  },
};

const linesOf = (text = "") => new Set(text.split("\n"));

describe.each(Object.entries(projects))("a project with its run file %s", (_, files) => {
  test("naming fewer files fixes less, and nothing in another way", () => {
    const all = fixed(files, ".").texts;
    for (const name of Object.keys(files)) {
      const { texts } = fixed(files, name);
      const [before, after, one] = [files[name], all[name], texts[name]].map(linesOf);
      for (const line of one ?? []) expect(before?.has(line) || after?.has(line), line).toBe(true);
      for (const line of before ?? []) if (after?.has(line)) expect(one?.has(line), line).toBe(true);
      expect({ ...texts, [name]: "" }).toEqual({ ...files, [name]: "" });
    }
  });

  test("the order of the names does not matter, and a second time changes nothing", () => {
    const names = Object.keys(files);
    const { texts, err } = fixed(files, ...names);
    expect(err).toBe("");
    expect(fixed(files, ...names.toReversed()).texts).toEqual(texts);
    expect(fixed(files, ".").texts).toEqual(texts);
    expect(fixed(texts, ".").texts).toEqual(texts);
  });
});

test("what is left because a linked file was not named is said in one line", () => {
  const { err, texts: left } = fixed(beside, "compose.yaml");
  expect(left["compose.yaml"]).not.toMatch(/cgroup/);
  expect(err).toBe(`compose.yaml: ${texts.dependent("run-cgroup-writable", "Dockerfile")}\n`);
  expect(fixed(beside, ".").texts["compose.yaml"]).toContain("writable-cgroups=true");
});
