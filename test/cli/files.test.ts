import { execFileSync, spawnSync } from "node:child_process";
import {
  chmodSync,
  chownSync,
  existsSync,
  linkSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  statSync,
  symlinkSync,
} from "node:fs";
import { describe, expect, test } from "vitest";
import { texts } from "../../server/src/cli/texts";
import { fixAll } from "../../server/src/core/lint/fix";
import { defaultSettings } from "../../server/src/core/lint/settings";
import { noFiles } from "../core/no-files";
import { largeLine } from "./reasons";
import { program, workingFolder } from "./terminal";

const broken = `FROM debian:12
RUN apt-get update && apt-get install -y systemd systemd-sysv dbus
RUN : > /etc/machine-id
CMD ["/sbin/init"]
`;
const isRoot = process.getuid?.() === 0;
const isWindows = process.platform === "win32";

const { cli, path, read, write: writeText } = workingFolder();
const write = (name: string, text = broken) => writeText(name, text);

describe.skipIf(isWindows)("fix writes in place", () => {
  test("and keeps the inode, so hard links and attributes stay", () => {
    write("Dockerfile");
    linkSync(path("Dockerfile"), path("hard"));
    const { ino } = statSync(path("Dockerfile"));
    expect(cli("fix", "Dockerfile").code).toBe(0);
    expect(statSync(path("Dockerfile"))).toMatchObject({ ino, nlink: 2 });
    expect(read("hard")).toBe(read("Dockerfile"));
    expect(read("hard")).toContain("STOPSIGNAL");
  });

  test.runIf(isRoot)("and keeps the owner, as root", () => {
    write("Dockerfile");
    chownSync(path("Dockerfile"), 1234, 2345);
    cli("fix", "Dockerfile");
    expect(read("Dockerfile")).toContain("STOPSIGNAL");
    expect(statSync(path("Dockerfile"))).toMatchObject({ uid: 1234, gid: 2345 });
  });

  test.each([0o600, 0o640, 0o664, 0o755, 0o4755, 0o2644])("and keeps the mode %o", (mode) => {
    write("Dockerfile");
    chmodSync(path("Dockerfile"), mode);
    cli("fix", "Dockerfile");
    expect(read("Dockerfile")).toContain("STOPSIGNAL");
    expect(statSync(path("Dockerfile")).mode & 0o7777).toBe(mode);
  });

  test("also a text that is shorter than before, and leaves no copy behind", () => {
    const volume =
      'VOLUME ["/sys/fs/cgroup", "/run", "/tmp", "/run/lock", "/sys/fs/cgroup", "/sys/fs/cgroup"]\n';
    write("Dockerfile", broken.replace("CMD", `${volume}STOPSIGNAL SIGRTMIN+3\nENV container=docker\nCMD`));
    const before = statSync(path("Dockerfile")).size;
    cli("fix", "Dockerfile");
    expect(statSync(path("Dockerfile")).size).toBeLessThan(before);
    expect(read("Dockerfile")).toMatch(/CMD \["\/sbin\/init"\]\n$/);
    expect(readdirSync(path())).toEqual(["Dockerfile"]);
  });

  test("but not a file without write permission, even as root", () => {
    write("Dockerfile");
    chmodSync(path("Dockerfile"), 0o444);
    expect(cli("fix", "Dockerfile")).toEqual({
      code: 2,
      out: "",
      err: `Dockerfile: ${texts.notWritten(texts.readOnly)}\n`,
    });
    expect(read("Dockerfile")).toBe(broken);
    expect(readdirSync(path())).toEqual(["Dockerfile"]);
  });

  test("and reverts a write that fails halfway", () => {
    write("Dockerfile", `${"# a line of a comment\n".repeat(3000)}${broken}`);
    const before = read("Dockerfile");
    // No file may grow beyond the size that this one has; SIGXFSZ is ignored, so the write fails instead.
    const blocks = Math.floor(before.length / 512);
    write("Dockerfile", `${before.slice(0, blocks * 512 - broken.length - 1)}\n${broken}`);
    const same = read("Dockerfile");
    const { status, stderr } = spawnSync(
      "sh",
      [
        "-c",
        `trap '' XFSZ; ulimit -f ${blocks}; exec "$0" "$@"`,
        process.execPath,
        program,
        "fix",
        "Dockerfile",
      ],
      { cwd: path(), encoding: "utf8" },
    );
    expect({ status, stderr }).toEqual({ status: 2, stderr: expect.stringContaining(texts.notWritten("")) });
    expect(read("Dockerfile")).toBe(same);
    expect(readdirSync(path())).toEqual(["Dockerfile"]);
  });
});

describe.skipIf(isWindows)("links", () => {
  const files = (...args: string[]): string[] => {
    const rows: { file: string }[] = JSON.parse(cli("lint", "--format", "json", ...args).out).findings;
    return [...new Set(rows.map(({ file }) => file))];
  };

  test("a file of several names is judged and fixed once", () => {
    write("Dockerfile");
    symlinkSync("Dockerfile", path("Dockerfile.link"));
    linkSync(path("Dockerfile"), path("Dockerfile.hard"));
    expect(
      files("Dockerfile", "./Dockerfile", path("Dockerfile"), "Dockerfile.link", "Dockerfile.hard"),
    ).toEqual(["Dockerfile"]);
    expect(files(".")).toHaveLength(1);
    const { code, out } = cli("fix", "Dockerfile.link", "Dockerfile", "Dockerfile.hard");
    expect(code).toBe(0);
    const { applied } = fixAll({
      uri: "file:///Dockerfile",
      text: broken,
      snapshot: noFiles,
      settings: defaultSettings,
    });
    expect(out).toBe(`Dockerfile.link: ${texts.applied(applied)}\n`);
    expect(lstatSync(path("Dockerfile.link")).isSymbolicLink()).toBe(true);
    expect(read("Dockerfile.hard")).toBe(read("Dockerfile"));
  });

  test.each(["lint", "fix"])(
    "%s reports one that leads out of the directory, and does not follow it",
    (command) => {
      write("away/real");
      write("in/web/Containerfile", "FROM nginx\n");
      symlinkSync("../away/real", path("in/Dockerfile"));
      symlinkSync(path("away/real"), path("in/web/Dockerfile"));
      const { code, out, err } = cli(command, "in");
      expect(code).toBe(2);
      expect(out).toBe(command === "lint" ? `${texts.checked(1, 0)}\n` : "");
      const why = texts.outside(path("away/real"));
      expect(err).toBe(`in/Dockerfile: ${why}\nin/web/Dockerfile: ${why}\n`);
      expect(read("away/real")).toBe(broken);
    },
  );

  test("one that leads elsewhere in the directory, or is named itself, is followed", () => {
    write("in/base/real");
    symlinkSync("base/real", path("in/Dockerfile"));
    expect(files("in")).toEqual(["in/Dockerfile"]);
    symlinkSync("in", path("other"));
    expect(files("other")).toEqual(["other/Dockerfile"]);
    write("away/real");
    symlinkSync("../away/real", path("in/Containerfile"));
    expect(cli("fix", "in/Containerfile").code).toBe(0);
    expect(read("away/real")).toContain("STOPSIGNAL");
    write("away/Containerfile", "FROM nginx\n");
    // Several directories are named: what leads from one to another stays inside.
    expect(cli("lint", "--fail-level", "never", "in", "away").err).toBe("");
  });

  test("a directory whose name begins like that of another is not inside of it", () => {
    write("in2/real");
    write("in/x", "");
    symlinkSync("../in2/real", path("in/Dockerfile"));
    expect(cli("fix", "in").code).toBe(2);
    expect(read("in2/real")).toBe(broken);
  });

  test("a loop of links is told", () => {
    symlinkSync("Dockerfile", path("Dockerfile"));
    expect(cli("lint", "Dockerfile")).toEqual({
      code: 2,
      out: "",
      err: `Dockerfile: ${texts.linkLoop}\n`,
    });
  });
});

describe("a directory", () => {
  test("lint says how many files it checked in it, and what it found", () => {
    write("a/Dockerfile", "FROM nginx\n");
    write("a/b/compose.yaml", "services:\n  a:\n    image: x\n    command: /sbin/init\n    init: true\n");
    const { out } = cli("lint", "--all", "a");
    const count = out.split("\n").filter((line) => line.startsWith("a/")).length;
    expect(count).toBeGreaterThan(1);
    expect(out.endsWith(`\n${texts.checked(2, count)}\n`)).toBe(true);
    write("c/Dockerfile", "FROM nginx\n");
    expect(cli("lint", "c", "a/Dockerfile")).toEqual({
      code: 0,
      out: `${texts.checked(2, 0)}\n`,
      err: "",
    });
    write("one/Dockerfile", "FROM debian:12\n# systemd-containers-ignore image-nologin: no\nCMD x\n");
    expect(cli("lint", "one").out.endsWith(` [unused-ignore]\n${texts.checked(1, 1)}\n`)).toBe(true);
  });

  test("lint counts nothing where only files are named, or for programs", () => {
    write("Dockerfile", "FROM nginx\n");
    expect(cli("lint", "Dockerfile")).toEqual({ code: 0, out: "", err: "" });
    expect(JSON.parse(cli("lint", "--format", "json", ".").out)).toMatchObject({ filesChecked: 1 });
  });

  test.each(["lint", "fix", "plan"])("%s exits 2 where it holds none, and says so", (command) => {
    write("notes/README.md");
    write("notes/drafts/README.md");
    expect(cli(command, "notes")).toMatchObject({
      code: 2,
      err: `notes: ${texts.empty}\n`,
    });
    expect(cli(command, "notes").out).toBe(command === "lint" ? `${texts.checked(0, 0)}\n` : "");
  });

  test("scripts and Markdown alone are linted if they start containers", () => {
    write("scripts/run.sh", "docker run --init example/one /sbin/init\n");
    write("scripts/other.sh", "echo done\n");
    expect(JSON.parse(cli("lint", "--format", "json", "scripts").out)).toMatchObject({ filesChecked: 1 });
    expect(cli("lint", "scripts").out).toContain("scripts/run.sh:1:");
  });

  test("files that are ours in a certain directory are found there", () => {
    const step = "docker run --init example/one /sbin/init";
    write(".github/workflows/test.yml", `jobs:\n  test:\n    steps:\n      - run: ${step}\n`);
    write("workflows/test.yml");
    expect(cli("lint", ".").out).toContain("[run-init]");
    expect(JSON.parse(cli("lint", "--format", "json", ".").out)).toMatchObject({ filesChecked: 1 });
  });

  test("the others are linted and fixed", () => {
    write("notes/README.md");
    write("Dockerfile");
    expect(cli("lint", "notes", "Dockerfile")).toMatchObject({
      code: 2,
      out: expect.stringContaining("[image-stop-signal]"),
    });
    expect(cli("fix", "notes", "Dockerfile").code).toBe(2);
    expect(read("Dockerfile")).toContain("STOPSIGNAL");
  });

  test("that holds what was read before, or what cannot be read, is not empty", () => {
    write("sub/Dockerfile", "FROM nginx\n");
    expect(cli("lint", ".", "sub")).toMatchObject({ code: 0, err: "" });
    write("large/Dockerfile", "#".repeat(1_000_001));
    expect(cli("lint", "large")).toEqual({
      code: 0,
      out: `${largeLine("large/Dockerfile")}${texts.checked(0, 1)}\n`,
      err: `${texts.notLinted(1)}\n`,
    });
    symlinkSync("missing", path("Containerfile"));
    expect(cli("lint", ".").err).toBe(`Containerfile: ${texts.absent}\n${texts.notLinted(1)}\n`);
  });

  test.skipIf(isRoot || isWindows)("that cannot be listed is told once", () => {
    mkdirSync(path("closed"), { mode: 0 });
    expect(cli("lint", "closed")).toMatchObject({ code: 2, err: `closed: ${texts.denied}\n` });
  });
});

test.skipIf(isWindows)("only regular files are read", () => {
  execFileSync("sh", ["-c", `mkfifo "$0"`, path("fifo")]);
  for (const name of ["fifo", "/dev/zero"])
    expect(cli("lint", "--kind", "dockerfile", name)).toMatchObject({
      code: 2,
      err: `${name}: ${texts.special}\n`,
    });
});

test("names that begin with a dash go behind --, or behind ./", () => {
  write("-x.dockerfile");
  expect(cli("lint", "-x.dockerfile").code).toBe(2);
  expect(cli("lint", "--", "-x.dockerfile").code).toBe(1);
  expect(cli("fix", "./-x.dockerfile").code).toBe(0);
  expect(existsSync(path("-x.dockerfile"))).toBe(true);
  expect(read("-x.dockerfile")).toContain("STOPSIGNAL");
});
