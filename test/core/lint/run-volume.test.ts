import { expect, test } from "vitest";
import { lintProject, reported } from "../lint-project";

const options = "-t --security-opt writable-cgroups=true --tmpfs /run/lock";

function found(image: string, files: Record<string, string> = {}): string[] {
  const script = { "run.sh": `docker run ${options} ${image} /sbin/init\n` };
  return reported(lintProject({ ...script, ...files }), "run-tmpfs-run");
}

test("an image that is not known may have a volume on /run", () => {
  expect(found("registry.example/web")).toEqual(["warning: run-tmpfs-run.unlessVolume, path=/run"]);
});

test("a known image has none", () => {
  expect(found("registry.access.redhat.com/ubi9/ubi-init")).toEqual(["error: run-tmpfs-run.run, path=/run"]);
});

test.each([
  ["FROM fedora:42", ["error: run-tmpfs-run.run, path=/run"]],
  ["FROM fedora:42\nVOLUME /run", []],
  ["FROM registry.example/base", ["warning: run-tmpfs-run.unlessVolume, path=/run"]],
])("the Dockerfile and its base decide: %j", (start, expected) => {
  const Dockerfile = `${start}\nRUN dnf install -y systemd\nCMD ["/sbin/init"]\n`;
  expect(found("you/p", { Dockerfile })).toEqual(expected);
});
