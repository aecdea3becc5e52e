import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { bootLabel } from "../../client/src/flows/trial-mark";
import { english } from "../../server/src/cli/boot/english";
import { bootTexts } from "../../server/src/cli/boot-texts";
import type { BootRow } from "../../server/src/cli/formats/format";
import { beginBoot, boots, type Files, stuck, withUnit } from "./boot-cli";
import { inFolder, inventory, type Setup, useEngine } from "./setup";

// The command line as it is shipped, a separate process, on a real engine.
const setup = useEngine("docker@28/v2", ["systemd-test:252", "debian:12"]);

let all: Setup;
let before: readonly string[];
beforeEach(async (context) => {
  all = setup(context);
  before = await inventory(all);
});

afterEach(async () => {
  if (before) expect(await inventory(all)).toEqual(before);
});

const begin = (folder: string, args: readonly string[]) => beginBoot(all.lab, folder, args);

/** Writes the files to a separate directory, runs `boot` there, and returns the result. */
async function bootFiles(files: Files, ...args: readonly string[]) {
  return inFolder(files, async (folder) => {
    const { code, out, err, seconds } = await begin(folder, ["--format", "json", ...args]).ended;
    if (out === "") throw new Error(`${code}: ${err}`);
    const row: BootRow = JSON.parse(out);
    return { code, row, err, seconds };
  });
}

const checksOf = ({ checks }: BootRow) => checks.map(({ id, passed }) => (passed ? id : `${id} failed`));

describe("boot of an image", () => {
  test("that boots: every check passes, and people read so", async () => {
    const { code, out, err } = await inFolder(
      { Dockerfile: boots },
      (folder) => begin(folder, ["Dockerfile"]).ended,
    );
    expect([code, out], err).toEqual([0, expect.stringContaining(bootTexts.nothingLeft)]);
    expect(out).toMatch(/^Dockerfile: running after \d+\.\d s, as expected \(Docker 28[^,]*, systemd 252/);
    expect(out).toMatch(new RegExp(`ok {5}${bootTexts.stops}: exit code 0 after \\d`));
  });

  test("that boots twice, with units that are expected and a line that is run inside", async () => {
    const inside = [
      "--wait-unit",
      "dbus",
      "--expect-active",
      "basic.target",
      "--exec",
      "test -d /run/systemd",
    ];
    const { code, row } = await bootFiles({ Dockerfile: boots }, "Dockerfile", "--restart", ...inside);
    expect(code, JSON.stringify(row)).toBe(0);
    expect(checksOf(row)).toEqual([
      ...["build", "boot", "wait-unit", "expect-active", "exec", "failed-units"],
      ...["stop", "boot", "failed-units", "stop", "clean-up"],
    ]);
    expect(row).toMatchObject({ state: "running", stopped: { exitCode: 0 }, removeBy: [] });
  });

  test("with a unit that fails at the second boot: its state and the unit are those of that boot", async () => {
    const files = withUnit("ExecStart=/bin/sh -c 'mkdir /var/once && exec sleep infinity'");
    const { code, row } = await bootFiles(files, "Dockerfile", "--restart");
    expect([code, row.state], JSON.stringify(row)).toEqual([1, "degraded"]);
    expect(row.failed).toMatchObject([{ unit: "job.service" }]);
  });

  test("with a line that fails inside, and units that are not there", async () => {
    const inside = ["--expect-active", "none", "--exec", "echo said; exit 7"];
    const { code, row } = await bootFiles({ Dockerfile: boots }, "Dockerfile", ...inside);
    expect(code).toBe(1);
    expect(checksOf(row)).toEqual([
      ...["build", "boot", "expect-active failed", "exec failed", "failed-units", "stop", "clean-up"],
    ]);
    const exec = row.checks.find(({ id }) => id === "exec");
    expect(exec).toMatchObject({ found: bootTexts.exitCode(7), lines: ["said"] });
  });

  test("that the engine has, by its name", async () => {
    const { code, row } = await bootFiles({}, "systemd-test:252");
    expect([code, row.state, checksOf(row)]).toEqual([
      0,
      "running",
      ["boot", "failed-units", "stop", "clean-up"],
    ]);
  });

  test("that no file and no engine has", async () => {
    const { code, row } = await bootFiles({}, "systemd-test:none");
    expect([code, row.state]).toEqual([2, "unknown"]);
  });

  test("of a compose service, with volumes of the trial alone, and without its ports and networks", async () => {
    const compose = `name: trial
services:
  db:
    build: .
    restart: always
    ports: ["127.0.0.1:1:80"]
    networks: [back]
    volumes: ["data:/var/lib/data", "./Dockerfile:/mounted:ro"]
volumes: {data: {}}
networks: {back: {}}
`;
    const files = { Dockerfile: boots, "compose.yaml": compose };
    const line = "test -f /mounted && mountpoint /var/lib/data";
    const { code, row } = await bootFiles(files, "compose.yaml#db", "--exec", line);
    expect(code, JSON.stringify(row)).toBe(0);
  });
});

describe("boot of what does not boot", () => {
  test("freezes: it ends at once, with the cause", async () => {
    const entry = '#!/bin/sh\nset -e\necho "Freezing execution."\nsleep 1000\nexec /sbin/init\n';
    const Dockerfile =
      'FROM systemd-test:252\nCOPY --chmod=755 entry.sh /\nENTRYPOINT ["/entry.sh"]\nSTOPSIGNAL SIGRTMIN+3\n';
    const { code, row, seconds } = await bootFiles({ Dockerfile, "entry.sh": entry }, "Dockerfile");
    expect([code, row.state]).toEqual([1, "frozen"]);
    expect(row.causes.length).toBeGreaterThan(0);
    expect(seconds).toBeLessThan(60);
  });

  test("has a unit that is activating for ever: it ends in time, and names the unit", async () => {
    const { code, row, seconds } = await bootFiles(withUnit(stuck), "Dockerfile", "--timeout", "12");
    expect([code, row.state, row.starting.map(({ unit }) => unit)]).toEqual([1, "starting", ["job.service"]]);
    expect(seconds).toBeLessThan(12 + 15);
    expect(checksOf(row).at(-1)).toBe("clean-up");
  });

  test("has a oneshot that fails: its lines, and the line of its file; allowed, it is as expected", async () => {
    const files = withUnit('Type=oneshot\nExecStart=/bin/sh -c "sleep 2; echo broken; exit 203"');
    const { code, row } = await bootFiles(files, "Dockerfile");
    expect([code, row.state]).toEqual([1, "degraded"]);
    expect(row.failed).toMatchObject([{ unit: "job.service", allowed: false, file: "job.service" }]);
    expect(row.failed[0]?.journal.join("\n")).toContain("broken");
    expect((await bootFiles(files, "Dockerfile", "--allow-failed", "job")).code).toBe(0);
  });

  test("has a oneshot that fails after the boot: it is waited for", async () => {
    const { Dockerfile = "" } = withUnit("");
    const files = {
      Dockerfile: Dockerfile.replace("job.service", "job.*").replace(
        "enable job.service",
        "enable job.timer",
      ),
      "job.service": '[Service]\nType=oneshot\nExecStart=/bin/sh -c "echo late; exit 4"\n',
      "job.timer": "[Timer]\nOnActiveSec=5\nAccuracySec=100ms\n[Install]\nWantedBy=timers.target\n",
    };
    const { code, row } = await bootFiles(files, "Dockerfile", "--wait-unit", "job");
    expect(code).toBe(1);
    expect(checksOf(row)).toEqual([
      "build",
      "boot",
      "wait-unit failed",
      "failed-units failed",
      "stop",
      "clean-up",
    ]);
    expect(row.failed.map(({ unit }) => unit)).toEqual(["job.service"]);
  });

  test("ends itself: it has exited, with its code", async () => {
    const files = withUnit("Type=oneshot\nExecStart=/bin/systemctl poweroff");
    const { code, row } = await bootFiles(files, "Dockerfile");
    expect([code, row.state, row.exitCode]).toEqual([1, "exited", 0]);
    expect(row.causes.map(({ id }) => id)).toEqual(["shut-down"]);
  });

  test("has an error that lint finds: the cause is that rule, at its line", async () => {
    const Dockerfile = "FROM systemd-test:252\nCMD /sbin/init\nSTOPSIGNAL SIGRTMIN+3\n";
    const { code, row } = await bootFiles({ Dockerfile }, "Dockerfile");
    expect([code, row.state]).toEqual([1, "exited"]);
    expect(row.causes).toMatchObject([{ rule: "image-shell-form-init", file: "Dockerfile", fileLine: 2 }]);
  });

  test("has a build that fails: the line, and what the builder wrote", async () => {
    const Dockerfile = boots.replace("CMD", "RUN echo said; exit 3\nCMD");
    const { code, row } = await bootFiles({ Dockerfile }, "Dockerfile");
    expect([code, row.state, checksOf(row)]).toEqual([1, "not-built", ["build failed", "clean-up"]]);
    expect(row.causes).toMatchObject([{ id: "build-failed", file: "Dockerfile", fileLine: 2 }]);
    expect(row.output.join("\n")).toContain("said");
  });

  test("has a build that fails because of an error that lint finds: the rule is named, after the build", async () => {
    const Dockerfile = boots.replace("CMD", "RUN systemctl start cron\nCMD");
    const { code, row } = await bootFiles({ Dockerfile }, "Dockerfile");
    expect([code, row.state]).toEqual([1, "not-built"]);
    expect(row.causes).toMatchObject([
      { id: "build-failed", file: "Dockerfile", fileLine: 2 },
      { rule: "image-systemctl-at-build", file: "Dockerfile", fileLine: 2 },
    ]);
  });

  test("is refused by the engine because of an error that lint finds: the rule is named", async () => {
    const Dockerfile = 'FROM debian:12\nSTOPSIGNAL SIGRTMIN+3\nCMD ["/sbin/init"]\n';
    const { code, row } = await bootFiles({ Dockerfile }, "Dockerfile");
    expect([code, row.state]).toEqual([1, "not-started"]);
    expect(row.causes).toMatchObject([
      { id: "refused" },
      { rule: "image-systemd-missing", file: "Dockerfile", fileLine: 3 },
    ]);
  });

  test("starts something else than systemd: it is not started", async () => {
    const { code, row } = await bootFiles(
      { Dockerfile: 'FROM systemd-test:252\nCMD ["/bin/true"]\n' },
      "Dockerfile",
    );
    expect([code, row.state]).toEqual([1, "not-started"]);
    expect(row.causes[0]).toMatchObject({ file: "Dockerfile", fileLine: 2 });
  });
});

describe("boot that is ended early", () => {
  test("by the end of its time in the build: nothing is left", async () => {
    const Dockerfile = boots.replace("CMD", "RUN sleep 1000\nCMD");
    const { code, row, seconds } = await bootFiles({ Dockerfile }, "Dockerfile", "--timeout", "5");
    expect([code, row.state, row.endedBy]).toEqual([1, "building", "late"]);
    expect(seconds).toBeLessThan(5 + 15);
  });

  test.each(["SIGINT", "SIGTERM"] as const)("by %s while it boots: nothing is left", async (signal) => {
    const { code, out } = await inFolder(withUnit(stuck), async (folder) => {
      const going = begin(folder, ["--format", "json", "Dockerfile"]);
      await expect.poll(going.err).toContain(english("Waiting for systemd"));
      await sleep(1_000);
      going.child.kill(signal);
      return going.ended;
    });
    const row: BootRow = JSON.parse(out);
    expect([code, row.endedBy, row.state]).toEqual([1, "interrupted", "starting"]);
    expect(checksOf(row)).toEqual(["build", "clean-up"]);
  });
});

test("what is kept runs, has the label, and is removed by the lines that are printed", async () => {
  const { code, row } = await bootFiles({ Dockerfile: boots }, "Dockerfile", "--keep");
  expect([code, row.kept]).toEqual([0, expect.stringMatching(/^systemd-containers-boot-/)]);
  const filters = { label: [bootLabel] };
  const running = await all.docker.listContainers({ filters });
  expect(running.map(({ Names }) => Names.join())).toEqual([`/${row.kept}`]);
  const { err } = await bootFiles({}, "systemd-test:252");
  expect(err).not.toContain(bootTexts.leftBefore);
  for (const line of row.removeBy) expect((await all.lab.exec(line.split(" "), {})).code).toBe(0);
});

test("no engine at the address: exit code 3, within seconds", async () => {
  const words = ["--engine", "unix:///nowhere/engine.sock", "--format", "json", "systemd-test:252"];
  const { code, out } = await inFolder({}, (folder) => begin(folder, words).ended);
  expect([code, JSON.parse(out).state]).toEqual([3, "no-engine"]);
});
