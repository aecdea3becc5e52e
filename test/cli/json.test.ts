import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { EditRow, FindingRow } from "../../server/src/cli/formats/format";
import { rules } from "../../server/src/core/lint/rules/index";
import { workingFolder } from "./terminal";

const broken = `FROM debian:12
RUN apt-get update && apt-get install -y systemd systemd-sysv dbus
CMD /sbin/init
`;

const { cli, write } = workingFolder();

function findings(...paths: string[]): FindingRow[] {
  return JSON.parse(cli("lint", "--format", "json", ...paths).out).findings;
}

/** Where an edit starts and ends, by its lines and columns. */
function placeOf(text: string, { line, column, endLine, endColumn }: EditRow): [number, number] {
  const lines = text.split("\n");
  const offsetOf = (at: number, character: number) =>
    lines.slice(0, at - 1).reduce((sum, each) => sum + each.length + 1, 0) + character - 1;
  return [offsetOf(line, column), offsetOf(endLine, endColumn)];
}

function applied(text: string, edits: readonly EditRow[]): string {
  return edits
    .toSorted((a, b) => b.offset - a.offset)
    .reduce(
      (all, { offset, endOffset, newText }) => all.slice(0, offset) + newText + all.slice(endOffset),
      text,
    );
}

describe("the JSON of lint", () => {
  test("says its version, how many files were checked, and the findings", () => {
    write("a/Dockerfile", broken);
    write("b/Dockerfile", "FROM nginx\n");
    const { code, out } = cli("lint", "--format", "json", "a", "b");
    const report = JSON.parse(out);
    expect(code).toBe(1);
    expect(Object.keys(report)).toEqual(["schemaVersion", "filesChecked", "findings"]);
    expect(report).toMatchObject({ schemaVersion: 1, filesChecked: 2 });
    expect(report.findings.length).toBeGreaterThan(2);
    expect(JSON.parse(cli("lint", "--format", "json", "b").out)).toEqual({
      schemaVersion: 1,
      filesChecked: 1,
      findings: [],
    });
  });

  test.each([
    ["LF", broken],
    ["CR LF", broken.replaceAll("\n", "\r\n")],
    ["a byte order mark, which does not count", `\uFEFF${broken}`],
  ])("has the edits of each fix, by offset and by line and column: %s", (_, written) => {
    write("Dockerfile", written);
    const text = written.replace("\uFEFF", "");
    const rows = findings("Dockerfile");
    const edits = rows.flatMap(({ fixes }) => fixes.flatMap((fix) => fix.edits));
    const own = edits.filter(({ file }) => file === "Dockerfile");
    expect(own.length).toBeGreaterThan(3);
    for (const edit of own) expect(placeOf(text, edit)).toEqual([edit.offset, edit.endOffset]);
    for (const { newText } of own) if (text.includes("\r")) expect(newText).not.toMatch(/[^\r]\n/);
    const shell = rows.find(({ rule }) => rule === "image-shell-form-init");
    expect(applied(text, shell?.fixes[0]?.edits ?? [])).toBe(
      text.replace("CMD /sbin/init", 'CMD ["/sbin/init"]'),
    );
  });

  test("edits that are applied remove their finding", () => {
    write("Dockerfile", broken);
    for (const { rule, fixes } of findings("Dockerfile")) {
      const fix = fixes.find(({ safe }) => safe);
      if (!fix) continue;
      write("Dockerfile", applied(broken, fix.edits));
      expect(findings("Dockerfile").map((row) => row.rule)).not.toContain(rule);
      write("Dockerfile", broken);
    }
  });

  test("names another file that a fix edits, as it was named or from the working directory", () => {
    write("web/run.sh", "#!/bin/sh\necho starting\n/sbin/init\n");
    write("web/Dockerfile", `${broken.replace("CMD /sbin/init", 'COPY run.sh /\nENTRYPOINT ["/run.sh"]')}`);
    const row = findings("web").find(({ rule }) => rule === "image-entrypoint-exec");
    expect(row).toMatchObject({ file: join("web", "Dockerfile") });
    expect(row?.fixes[0]?.edits).toEqual([
      {
        file: join("web", "run.sh"),
        line: 3,
        column: 1,
        endLine: 3,
        endColumn: 1,
        offset: 24,
        endOffset: 24,
        newText: "exec ",
      },
    ]);
  });

  test("says which file an edit makes", () => {
    write("Dockerfile", `${broken.replace("CMD /sbin/init", 'STOPSIGNAL SIGRTMIN+3\nCMD ["/sbin/init"]')}`);
    const row = findings("Dockerfile").find(({ rule }) => rule === "image-run-flags");
    expect(row?.fixes[0]?.edits).toEqual([
      expect.objectContaining({
        file: "compose.yaml",
        create: true,
        offset: 0,
        endOffset: 0,
        newText: expect.stringMatching(/^services:\n/),
      }),
    ]);
    expect(row?.fixes[1]?.edits[0]).not.toHaveProperty("create");
  });
});

test("the JSON of explain and of rules says its version", () => {
  write("log", "Failed to create /init.scope control group: Read-only file system\n");
  expect(JSON.parse(cli("explain", "--format", "json", "log").out)).toEqual({
    schemaVersion: 1,
    causes: [expect.objectContaining({ id: "cgroup-read-only" })],
  });
  const listed = JSON.parse(cli("rules", "--format", "json").out);
  expect(Object.keys(listed)).toEqual(["schemaVersion", "rules"]);
  expect(listed.schemaVersion).toBe(1);
  expect(listed.rules).toHaveLength(rules.length);
});

test("the JSON of a plan is the engine's own", () => {
  write("Dockerfile", broken.replace("CMD /sbin/init", 'CMD ["/sbin/init"]'));
  const body = JSON.parse(cli("plan", "--format", "api", "Dockerfile").out);
  expect(body).toHaveProperty("HostConfig");
  expect(body).not.toHaveProperty("schemaVersion");
});
