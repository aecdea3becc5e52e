import { describe, expect, test } from "vitest";
import { sceneOf } from "../../../server/src/core/logs/scene";
import { deniedProgram, isBroken, readVerdicts } from "../../../server/src/core/logs/verdicts";
import { projectUnits, readFaults, unitsPresent } from "../../../server/src/core/logs/verified";
import { isRunFile } from "../../../server/src/core/surfaces/files";

const folder = "file:///p/";

/** The units of a project, by the texts of its files, as those of the file or service that is named. */
function unitsOf(texts: Readonly<Record<string, string>>, file: string, present: readonly string[] = []) {
  const read = (uri: string) => texts[decodeURIComponent(uri.slice(folder.length))];
  const all = Object.keys(texts).map((name) => folder + name);
  const snapshot = { runFiles: all.filter(isRunFile), dockerfiles: [`${folder}Dockerfile`], read };
  const scene = sceneOf({ uri: folder + file, text: texts[file] ?? "", snapshot, target: undefined });
  const units = projectUnits(scene, present, read);
  /** Each fault as `file: text of its place`. */
  const faults = (...output: string[]) =>
    readFaults(
      units.paths.map((path) => ({ path, output: output.join("\n") })),
      units.sources,
    ).map(({ place, says }) => {
      const { uri = folder, span = { start: 0, end: 0 } } = place ?? {};
      return [decodeURIComponent(uri.slice(folder.length)), read(uri)?.slice(span.start, span.end), says];
    });
  return { ...units, faults };
}

const app = "[Unit]\nRequires=db.service\n[Service]\nExecStart=-/opt/app --x\nFoo=1\n";
const etc = "/etc/systemd/system";

describe("the units that a Dockerfile puts into its image", () => {
  test("are files that are copied, written as heredocs, and written by commands", () => {
    const dockerfile = `FROM debian:12
COPY app.service ${etc}/
COPY <<EOF /usr/lib/systemd/system/here.service
[Service]
Foo=here
EOF
RUN printf '%s' x > ${etc}/made.timer
COPY nginx.conf /etc/nginx/nginx.conf
`;
    const units = unitsOf({ Dockerfile: dockerfile, "app.service": app }, "Dockerfile");
    expect(units.paths).toEqual([
      `${etc}/app.service`,
      "/usr/lib/systemd/system/here.service",
      `${etc}/made.timer`,
    ]);
    expect(
      units.faults(
        `${etc}/app.service:5: Unknown key`,
        "/lib/systemd/system/here.service:2: Unknown key",
        `${etc}/made.timer:1: Missing '=', ignoring line.`,
      ),
    ).toEqual([
      ["app.service", "Foo=1", "Unknown key"],
      ["Dockerfile", "Foo=here", "Unknown key"],
      ["Dockerfile", `RUN printf '%s' x > ${etc}/made.timer`, "Missing '=', ignoring line."],
    ]);
  });

  test("are those in a directory that is copied, where the image has them; other units of the image are not", () => {
    const texts = {
      Dockerfile: "FROM debian:12\nCOPY rootfs/ /\nCOPY units/ /etc/systemd/system/\n",
      "rootfs/etc/systemd/system/one.service": app,
      "units/two.service": app,
      "units/dbus.service.d/x.conf": "[Service]\nBar=1\n",
    };
    const names = ["one.service", "two.service", "other.service", "dbus.service.d/x.conf"];
    const units = unitsOf(
      texts,
      "Dockerfile",
      names.map((name) => `${etc}/${name}`),
    );
    expect(units.paths).toEqual([`${etc}/one.service`, `${etc}/two.service`, `${etc}/dbus.service`]);
    expect(
      units.faults(
        "one.service: Command /opt/app is not executable: No such file or directory",
        `${etc}/two.service:4: x`,
        `${etc}/other.service:4: x`,
        `${etc}/dbus.service.d/x.conf:2: y`,
        "/lib/systemd/system/dbus.service:2: z",
        "dbus.service: About the whole.",
      ),
    ).toEqual([
      [
        "rootfs/etc/systemd/system/one.service",
        "-/opt/app --x",
        "Command /opt/app is not executable: No such file or directory",
      ],
      ["units/two.service", "ExecStart=-/opt/app --x", "x"],
      ["units/dbus.service.d/x.conf", "Bar=1", "y"],
    ]);
  });

  test("are drop-ins: what is said about a unit of the base image is theirs only if it is about their words", () => {
    const texts = {
      Dockerfile: `FROM debian:12\nCOPY x.conf ${etc}/dbus.service.d/x.conf\n`,
      "x.conf": "[Service]\nExecStart=\nExecStart=/no/dbus\n",
    };
    const units = unitsOf(texts, "Dockerfile");
    expect(units.paths).toEqual([`${etc}/dbus.service`]);
    expect(
      units
        .faults(
          "dbus.service: Command /no/dbus is not executable: No such file or directory",
          "dbus.service: Command /usr/bin/dbus-daemon is not executable: No such file or directory",
        )
        .map(([file, text]) => [file, text]),
    ).toEqual([["x.conf", "/no/dbus"]]);
  });

  test("are templates, of which systemd-analyze makes an instance", () => {
    const texts = {
      Dockerfile: `FROM debian:12\nCOPY app@.service ${etc}/\n`,
      "app@.service": "[Service]\nExecStart=/opt/app %i\n",
    };
    const { faults } = unitsOf(texts, "Dockerfile");
    for (const instance of ["i", "test_instance"])
      expect(faults(`app@${instance}.service: Command /opt/app is not executable: x`)).toEqual([
        ["app@.service", "/opt/app %i", "Command /opt/app is not executable: x"],
      ]);
  });
});

test("the units of a run are those of the image that it builds, and those that it mounts", () => {
  const texts = {
    "compose.yaml": `services:
  web:
    build: .
    volumes:
      - ./extra.service:${etc}/extra.service:ro
      - ./gone.service:${etc}/gone.service
      - ./data:/data
`,
    Dockerfile: `FROM debian:12\nRUN apt-get install -y systemd\nCOPY app.service ${etc}/\nCMD ["/sbin/init"]\n`,
    "app.service": app,
    "extra.service": app,
  };
  const units = unitsOf(texts, "compose.yaml");
  expect(units.paths).toEqual([`${etc}/app.service`, `${etc}/extra.service`]);
  expect(units.mounted.map(({ path, text }) => [path, text])).toEqual([[`${etc}/extra.service`, app]]);
  expect(units.faults("extra.service: Unit db.service not found.")).toEqual([
    ["extra.service", "db.service", "Unit db.service not found."],
  ]);
});

describe("where a line is about a unit as a whole", () => {
  const texts = { Dockerfile: `FROM debian:12\nCOPY app.service ${etc}/\n`, "app.service": app };
  const { faults } = unitsOf(texts, "Dockerfile");

  test.each([
    ["app.service: Failed to create app.service/start: Unit db.service not found.", "db.service"],
    ["app.service: Service has no ExecStart=, ExecStop=, or SuccessAction=. Refusing.", "-/opt/app --x"],
    ["app.service: Found ordering cycle on db.service/start", "db.service"],
    ["app.service: Unit configuration has fatal error, unit will not be started.", "[Unit]"],
    ["Failed to load unit file /etc/systemd/system/app.service: Invalid argument", "[Unit]"],
    ["Unit app.service has a bad unit file setting.", "[Unit]"],
  ])("%s", (line, text) => {
    expect(faults(line).map(([file, shown]) => [file, shown])).toEqual([["app.service", text]]);
  });

  test("a summary is left out where another line says what it is, and so is a line that comes twice", () => {
    const first = "app.service: Unit configuration has fatal error, unit will not be started.";
    expect(faults(first, first, "Unit app.service has a bad unit file setting.")).toHaveLength(1);
  });

  test("it is what quotes a value of the unit, though it does not name the unit", () => {
    const line = "Accepting user/group name '1', which does not match strict user/group name rules.";
    expect(faults(line)).toEqual([["app.service", "1", line]]);
  });
});

test("of an image without its project all its unit files are judged, with their places in the image", () => {
  const paths = unitsPresent([
    `${etc}/a.service`,
    `${etc}/b.service.d/x.conf`,
    `${etc}/README`,
    "/opt/c.service",
  ]);
  expect(paths).toEqual([`${etc}/a.service`, `${etc}/b.service`]);
  const output = `${etc}/a.service:2: x\n/lib/systemd/system/c.service:2: y\nb.service: z\nIt is odd.\n`;
  expect(
    readFaults(
      [
        { path: paths[0] ?? "", output },
        { path: paths[1] ?? "", output: "" },
      ],
      new Map(),
    ),
  ).toEqual([
    { unit: "a.service", says: "x", path: `${etc}/a.service`, line: 2 },
    { unit: "b.service", says: "z", path: undefined, line: undefined },
    { unit: "a.service", says: "It is odd.", path: undefined, line: undefined },
  ]);
});

test("a systemd-analyze that cannot run judges nothing", () => {
  expect(isBroken("a.service: x\nFailed to initialize manager: Permission denied\n")).toBe(true);
  expect(isBroken("a.service: Failed to start manager: x\n")).toBe(false);
});

test("only a program that may not be run is looked at again", () => {
  const says = (why: string) => deniedProgram({ says: `Command /opt/a b is not executable: ${why}` });
  expect([says("Permission denied"), says("No such file or directory")]).toEqual(["/opt/a b", undefined]);
});

test("an endless output is read in part", () => {
  const output = Array.from({ length: 100_000 }, (_, number) => `a.service: ${number}\n`).join("");
  expect(readVerdicts("a.service", output).length).toBeLessThan(5000);
});
