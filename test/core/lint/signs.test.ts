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

test.each([
  ["run.sh", "docker run", "my-systemd:$TAG"],
  ["run.sh", "docker run", `"\${DISTRO}-with-systemd"`],
  ["Makefile", "run:\n\tdocker run", "$(REPO)/debian-systemd"],
  [
    ".github/workflows/test.yml",
    "on: push\njobs:\n  a:\n    steps:\n      - run: docker run",
    `you/\${{ matrix.distro }}-ansible:latest`,
  ],
])("the parts of an image's name that are written out count: %s %s %s", (path, start, image) => {
  const rules = lintProject({
    [path]: `${start} --privileged -v /sys/fs/cgroup:/sys/fs/cgroup:ro ${image}\n`,
  });
  expect(rules.map(({ rule }) => rule)).toContain("run-cgroup-read-only");
});

test.each([["$IMAGE"], ["$SYSTEMD_IMAGE"], ["$REPO/k3s-systemd:$TAG"], ["$REPO/web:$SYSTEMD"]])(
  "the names of its variables do not: %s",
  (image) => {
    const text = `docker run --privileged -v /sys/fs/cgroup:/sys/fs/cgroup:ro ${image}\n`;
    expect(lintProject({ "run.sh": text })).toEqual([]);
  },
);
