import { expect, test } from "vitest";
import { lintProject } from "../lint-project";

const cgroups = "--privileged --cgroupns=private -v /sys/fs/cgroup:/sys/fs/cgroup:ro";
const engine = "-v /var/run/docker.sock:/var/run/docker.sock";

function found(options: string): string[] {
  const rules = lintProject({ "run.sh": `docker run ${cgroups} ${options} example.com/node\n` });
  return rules.map(({ rule }) => rule);
}

test("a container with the socket of an engine is not expected to boot systemd", () => {
  expect(found("")).toContain("run-cgroup-read-only");
  expect(found(engine)).toEqual([]);
});

test("unless it has a tmpfs on /run", () => {
  expect(found(`${engine} --tmpfs /run`)).toContain("run-cgroup-read-only");
});

test.each([
  ["-v /:/host --tmpfs /run"],
  ["-v /proc:/proc --tmpfs /run"],
  ["--pid=host --tmpfs /run"],
  [`${engine} --tmpfs /run --name cadvisor`],
])("a container that inspects the host is not expected to boot systemd: %s", (options) => {
  expect(found(options)).toEqual([]);
});
