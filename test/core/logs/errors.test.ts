import { describe, expect, test } from "vitest";
import { format } from "../../../server/src/core/base/message";
import { explainLog, type LogToExplain } from "../../../server/src/core/logs/explain";

/** What systemd logs of a unit that fails at a step, as a journal or a console has it. */
function unitFails(step: string, status: string, says: string, error: string): string {
  return [
    `Nov 24 10:00:00 web systemd[71]: web.service: ${says}: ${error}`,
    `Nov 24 10:00:00 web systemd[71]: web.service: Failed at step ${step} spawning /opt/web/server: ${error.split(": ").at(-1)}`,
    `Nov 24 10:00:00 web systemd[1]: web.service: Main process exited, code=exited, status=${status}`,
    "Nov 24 10:00:00 web systemd[1]: web.service: Failed with result 'exit-code'.",
    "[FAILED] Failed to start web.service - The web server.",
  ].join("\n");
}

const booted = (version: string) =>
  `systemd ${version} running in system mode (+PAM)\nDetected virtualization docker.\n`;

const told = (given: LogToExplain) => explainLog(given).map(({ id, rule }) => [id, rule]);

describe("226/NAMESPACE by its error", () => {
  test.each<[string, string, string | undefined]>([
    ["Permission denied", "namespace-apparmor", "run-capability-unneeded"],
    ["/run/systemd/unit-root/proc: Permission denied", "namespace-proc", undefined],
    ["/run/systemd/mount-rootfs/proc: Permission denied", "namespace-proc", undefined],
    ["Operation not permitted", "namespace-refused", undefined],
    ["/run/systemd/unit-root/dev: Operation not supported", "namespace-refused", undefined],
    [
      "/run/systemd/unit-root/proc/sys/kernel/hostname: No such file or directory",
      "namespace-kernel-path",
      undefined,
    ],
    ["/run/systemd/unit-root/srv/data: No such file or directory", "namespace-path", undefined],
    ["/srv/data: No such file or directory", "namespace-path", undefined],
    ["No such file or directory", "namespace-path-unnamed", undefined],
    ["Invalid argument", "namespace-other", undefined],
    ["/srv/data: Too many levels of symbolic links", "namespace-other", undefined],
  ])("%s", (error, id, rule) => {
    const log = unitFails("NAMESPACE", "226/NAMESPACE", "Failed to set up mount namespacing", error);
    // The first line contains the path; the step's line alone is not reported as another cause.
    expect(told({ log })).toEqual([[id, rule]]);
    expect(told({ log: `${booted("252.39-1~deb12u1")}${log}` })).toEqual([[id, rule]]);
    if (error.startsWith("/srv")) expect(explainLog({ log })[0]?.line).toContain("/srv/data");
  });

  test("systemd before 244 insists on it", () => {
    const log = unitFails(
      "NAMESPACE",
      "226/NAMESPACE",
      "Failed to set up mount namespacing",
      "Operation not supported",
    );
    for (const version of ["v243-4.fc31", "241", "239-82.el8"])
      expect(told({ log: booted(version) + log })).toEqual([["namespace-243", undefined]]);
    expect(told({ log: booted("244.1") + log })).toEqual([["namespace-refused", undefined]]);
    const image = { reference: "web", volumes: [], needs: [], systemdVersion: 243 };
    expect(told({ log, image })).toEqual([["namespace-243", undefined]]);
  });

  test("the status alone names no rule", () => {
    expect(told({ log: "web.service: Main process exited, code=exited, status=226/NAMESPACE" })).toEqual([
      ["namespace-226", undefined],
    ]);
  });
});

describe("243/CREDENTIALS by its error", () => {
  const failing = (error: string) =>
    unitFails("CREDENTIALS", "243/CREDENTIALS", "Failed to set up credentials", error);

  test.each<[string, string]>([
    ["No such file or directory", "credentials-missing"],
    ["Invalid argument", "credentials-invalid"],
    ["Function not implemented", "credentials-unsupported"],
    ["Permission denied", "credentials-denied"],
    ["Operation not permitted", "credentials-denied"],
    ["Protocol error", "credentials"],
    ["Read-only file system", "credentials-other"],
    ["Bad message", "credentials-other"],
  ])("%s", (error, id) => {
    expect(told({ log: failing(error) })).toEqual([[id, undefined]]);
  });

  test("what is invalid depends on the version of systemd", () => {
    for (const [version, id] of [
      ["260.1-1-arch", "credentials-kernel"],
      ["259.3", "credentials-kernel"],
      ["256.7", "credentials-emulated"],
      ["255.4-1ubuntu8", "credentials-emulated"],
    ] as const)
      expect(told({ log: booted(version) + failing("Invalid argument") })).toEqual([[id, undefined]]);
  });

  test("an old kernel or another architecture is not told to change flags", () => {
    for (const before of ["", booted("260"), booted("256")]) {
      const [cause] = explainLog({ log: before + failing("Invalid argument") });
      expect(cause && format(cause.fix)).not.toMatch(/SYS_ADMIN|apparmor|file/i);
      expect(cause && format(cause.fix)).toMatch(/architecture/);
    }
  });
});

describe("217/USER by its error", () => {
  const failing = (error: string) =>
    `web.service: Failed at step USER spawning /opt/web/server: ${error}\nweb.service: Main process exited, code=exited, status=217/USER`;

  test.each([
    ["No such process", "unit-user"],
    ["Operation not permitted", "unit-user-denied"],
    ["Invalid argument", "unit-user"],
  ])("%s", (error, id) => {
    expect(told({ log: failing(error) })).toEqual([[id, undefined]]);
  });

  test("a user namespace that is refused says more", () => {
    const why = "web.service: Failed to set up user namespacing: Operation not permitted";
    expect(told({ log: `${why}\n${failing("Operation not permitted")}` })).toEqual([
      ["user-namespace", undefined],
    ]);
  });
});
