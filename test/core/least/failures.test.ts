import { describe, expect, test } from "vitest";
import { failuresIn, type Known, type Observed } from "../../../server/src/core/least/failures";

const known: Known = { facts: { engine: "docker", version: "28.5.2", cgroupVersion: 2 }, ownChecks: false };
const calm: Observed = { up: true, log: "", failed: [], starting: [], skipped: [], checks: [] };

const failed = (unit: string, ...journal: readonly string[]) => ({ ...calm, failed: [{ unit, journal }] });

describe("without checks of the person's own", () => {
  test("nothing fails in a calm container", () => {
    expect(failuresIn(calm, known)).toEqual([]);
  });

  test("the line of a known cause names what is lacking", () => {
    const line = "/etc/nftables.conf:3:1-14: Error: Could not process rule: Operation not permitted";
    expect(
      failuresIn(failed("mine.service", line, "mine.service: Failed with result 'exit-code'."), known),
    ).toEqual([{ what: "mine.service", line, points: ["NET_ADMIN"] }]);
  });

  test("the table of needs knows a unit by its name, and that some need a privileged container", () => {
    const points = (unit: string) => failuresIn(failed(unit), known)[0]?.points;
    expect(points("openvpn.service")).toEqual(["NET_ADMIN", "/dev/net/tun"]);
    expect(points("docker.service")).toEqual(["privileged"]);
    expect(points("mine.service")).toEqual([]);
  });

  test("the status with which systemd could not start a process names what that takes", () => {
    const nice = { ...calm, failed: [{ unit: "a.service", status: "201/NICE", journal: [] }] };
    expect(failuresIn(nice, known)[0]).toMatchObject({ points: ["SYS_NICE"] });
  });

  test("a capability or a device that a line of a failure names is lacking", () => {
    const [failure] = failuresIn(failed("a.service", "error: CAP_IPC_LOCK is required"), known);
    expect(failure?.points).toEqual(["IPC_LOCK"]);
    expect(failuresIn(failed("a.service", "has CAP_IPC_LOCK"), known)[0]?.points).toEqual([]);
  });

  test("a skipped unit counts if a grant changes that, unless the grant equals root on the host", () => {
    const skipped = (condition: string) =>
      failuresIn({ ...calm, skipped: [{ unit: "a.service", condition }] }, known).map(({ points }) => points);
    expect(skipped("ConditionCapability=CAP_SYS_TIME")).toEqual([["SYS_TIME"]]);
    expect(skipped("ConditionPathExists=/dev/net/tun")).toEqual([["/dev/net/tun"]]);
    expect(skipped("ConditionCapability=CAP_SYS_RAWIO")).toEqual([]);
    expect(skipped("ConditionCapability=!CAP_SYS_TIME")).toEqual([]);
    expect(skipped("ConditionPathIsReadWrite=/sys")).toEqual([]);
  });

  test("a unit that does not come up fails, and a container that is not up fails as a whole", () => {
    expect(failuresIn({ ...calm, starting: ["nfs-server.service"] }, known)).toEqual([
      { what: "nfs-server.service", line: "", points: ["privileged"] },
    ]);
    const log = "Failed to mount tmpfs at /run: Operation not permitted\n";
    expect(failuresIn({ ...calm, up: false, exitCode: 255, log }, known)).toMatchObject([
      { what: "systemd", line: log.trim() },
    ]);
  });
});

describe("with checks of the person's own", () => {
  const own = { ...known, ownChecks: true };

  test("only these count, and what else fails hints at what they lack", () => {
    const seen = {
      ...calm,
      skipped: [{ unit: "chrony.service", condition: "ConditionCapability=CAP_SYS_TIME" }],
    };
    expect(failuresIn(seen, own)).toEqual([]);
    const checks = [{ what: "chronyc tracking", lines: [] }];
    expect(failuresIn({ ...seen, checks }, own)).toEqual([
      { what: "chronyc tracking", line: "ConditionCapability=CAP_SYS_TIME", points: ["SYS_TIME"] },
    ]);
  });

  test("a unit that must be active has the line of its journal", () => {
    const line = "fuse: device not found, try 'modprobe fuse' first";
    const checks = [{ what: "a.service", unit: "a.service", lines: ["failed (failed)"] }];
    expect(failuresIn({ ...failed("a.service", line), checks }, own)).toEqual([
      { what: "a.service", line, points: ["/dev/fuse"] },
    ]);
  });
});
