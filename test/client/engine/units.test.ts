import { describe, expect, test } from "vitest";
import { connectTo } from "./connect-to";
import { argvOf, execs } from "./execs";
import { docker28, type RecordingServer, serve } from "./recording-server";
import { rejection } from "./rejection";

const never = new AbortController().signal;
const container = { id: "abc", name: "web", running: true };

const withPrograms = (run: Parameters<typeof execs>[1]) =>
  serve(Object.assign(execs(["abc"], run), docker28));

const commandsOf = ({ requests }: RecordingServer) =>
  requests.filter(({ path }) => path === "/containers/abc/exec").map((request) => argvOf(request).join(" "));

describe("what systemd is at", () => {
  const list = "web.service loaded failed failed The web\n";

  test.each([
    ["running", "5000000", "6250000", 1.25],
    ["starting", "5000000", "0", undefined],
  ])("%s, with the time that the boot took once it is over", async (state, started, finished, seconds) => {
    const shown = [
      `SystemState=${state}`,
      `UserspaceTimestampMonotonic=${started}`,
      `FinishTimestampMonotonic=${finished}`,
    ];
    const server = await withPrograms(([, verb]) => (verb === "show" ? `${shown.join("\n")}\n` : list));
    const engine = await connectTo(`unix://${server.socket}`);
    expect(await engine.system(container)).toEqual({
      state,
      seconds,
      units: [{ name: "web.service", active: "failed", sub: "failed", description: "The web" }],
    });
    expect(commandsOf(server)).toHaveLength(2);
  });

  test("nothing where systemd cannot be asked", async () => {
    const server = await withPrograms(() => ({
      stderr: "Failed to connect to bus: Host is down\n",
      exitCode: 1,
    }));
    const engine = await connectTo(`unix://${server.socket}`);
    expect(await engine.system(container)).toEqual({ units: [] });
  });
});

describe("the timeline of a boot", () => {
  const unit = (name: string, begins: number, up: number, down = 0) =>
    `Id=${name}\nInactiveExitTimestampMonotonic=${begins}\nActiveEnterTimestampMonotonic=${up}\nInactiveEnterTimestampMonotonic=${down}\n`;
  const units = [
    unit("web.service", 1_300_000, 0),
    unit("dbus.service", 1_100_000, 1_250_000),
    unit("setup.service", 1_200_000, 0, 1_210_000),
    unit("again.service", 1_150_000, 1_100_000, 1_160_000),
    unit("never.service", 0, 0),
    unit("later.service", 9_000_000, 9_100_000),
    unit("etc-hosts.mount", 1_060_000, 1_060_000),
    unit("tmp.mount", 1_400_000, 1_500_000),
    unit("system.slice", 1_050_000, 1_050_000),
  ].join("\n");
  const system = "UserspaceTimestampMonotonic=1000000\nFinishTimestampMonotonic=2000000\n";
  const chain =
    'The time when unit became active or started is printed after the "@" character.\n' +
    'The time the unit took to start is printed after the "+" character.\n\n' +
    "multi-user.target @326ms\n`-web.service @325ms +10ms\n  `--.mount @132ms\n    `-dbus.socket @1min 2.5s\n";

  test("has the units that started until it was over, and what its end waited for", async () => {
    const server = await withPrograms(([program, , option = ""]) =>
      program === "systemd-analyze" ? chain : option.includes("Finish") ? system : units,
    );
    const engine = await connectTo(`unix://${server.socket}`);
    expect(await engine.timeline(container)).toEqual({
      units: [
        { name: "dbus.service", begins: 0.1, ends: 0.25 },
        { name: "again.service", begins: 0.15, ends: 0.16 },
        { name: "setup.service", begins: 0.2, ends: 0.21 },
        { name: "web.service", begins: 0.3, ends: undefined },
        { name: "tmp.mount", begins: 0.4, ends: 0.5 },
      ],
      chain: ["multi-user.target", "web.service", "-.mount", "dbus.socket"],
    });
  });

  test("has no chain where systemd-analyze is not installed", async () => {
    const server = await withPrograms(([program, , option = ""]) =>
      program === "systemd-analyze"
        ? { stderr: "exec: systemd-analyze: not found\n", exitCode: 127 }
        : option.includes("Finish")
          ? system
          : units,
    );
    const engine = await connectTo(`unix://${server.socket}`);
    expect(await engine.timeline(container)).toMatchObject({ units: { length: 5 }, chain: [] });
  });
});

describe("a unit", () => {
  const failed =
    "ActiveState=failed\nSubState=failed\nResult=exit-code\nExecMainCode=1\nExecMainStatus=203\n";

  test("is restarted, and what became of it is looked at", async () => {
    const server = await withPrograms(([, verb]) => (verb === "show" ? failed : ""));
    const engine = await connectTo(`unix://${server.socket}`);
    expect(await engine.control(container, "--web.service", "restart", never)).toEqual({
      ...{ active: "failed", sub: "failed", said: undefined },
      ended: { result: "exit-code", code: 1, status: 203 },
    });
    expect(commandsOf(server)).toEqual([
      "systemctl restart -- --web.service",
      "systemctl show --property=ActiveState,SubState,Result,ExecMainCode,ExecMainStatus -- --web.service",
    ]);
  });

  test("that systemctl refuses comes with its words", async () => {
    const said = "Failed to start no.service: Unit no.service not found.";
    const server = await withPrograms(([, verb]) =>
      verb === "show" ? "ActiveState=inactive\nSubState=dead\n" : { stderr: `${said}\n`, exitCode: 5 },
    );
    const engine = await connectTo(`unix://${server.socket}`);
    expect(await engine.control(container, "no.service", "start", never)).toEqual({
      active: "inactive",
      sub: "dead",
      said,
    });
  });

  test("has its files as systemctl writes them, or none", async () => {
    const text = "# /etc/systemd/system/web.service\n[Service]\n";
    const server = await withPrograms(([, verb, , ...rest]) => {
      if (verb === "show") return "FragmentPath=/etc/systemd/system/web.service\n";
      return rest.includes("web.service") ? text : { stderr: "No files found", exitCode: 1 };
    });
    const engine = await connectTo(`unix://${server.socket}`);
    expect(await engine.unitFile(container, "web.service")).toEqual({
      path: "/etc/systemd/system/web.service",
      text,
    });
    expect(await rejection(engine.unitFile(container, "no.service"))).toMatchObject({
      code: "unit-file-missing",
      unit: "no.service",
    });
  });

  test("is written, read again and restarted, in this sequence; its text is no part of a script", async () => {
    const server = await withPrograms(([, verb]) =>
      verb === "show" ? "ActiveState=active\nSubState=running\nResult=success\n" : "",
    );
    const engine = await connectTo(`unix://${server.socket}`);
    const text = `[Service]\nExecStart=/bin/sh -c 'echo "$HOME"; $(exit)'\n`;
    const path = "/etc/systemd/system/web.service";
    expect(await engine.updateUnit(container, { unit: "web.service", path, text }, never)).toMatchObject({
      active: "active",
    });
    const [write, reload, restart] = server.requests
      .filter(({ path }) => path === "/containers/abc/exec")
      .map(argvOf);
    expect(write?.slice(-2)).toEqual([path, text]);
    expect(write?.slice(0, -2).join()).not.toContain("HOME");
    expect([reload, restart]).toEqual([
      ["systemctl", "daemon-reload"],
      ["systemctl", "restart", "--", "web.service"],
    ]);
  });

  test("that cannot be written is neither read again nor restarted", async () => {
    const server = await withPrograms(() => ({
      stderr: "sh: 1: cannot create x: Read-only file system\n",
      exitCode: 2,
    }));
    const engine = await connectTo(`unix://${server.socket}`);
    const update = { unit: "web.service", path: "/usr/lib/web.service", text: "" };
    expect(await rejection(engine.updateUnit(container, update, never))).toMatchObject({
      code: "unit-not-written",
      path: "/usr/lib/web.service",
      said: "sh: 1: cannot create x: Read-only file system",
    });
    expect(commandsOf(server)).toHaveLength(1);
  });
});
