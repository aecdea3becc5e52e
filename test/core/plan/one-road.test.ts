import { describe, expect, test } from "vitest";
import type { Target } from "../../../server/src/core/engine";
import { isPlan } from "../../../server/src/core/plan/plan";
import { dockerArguments } from "../../../server/src/core/plan/render/arguments";
import { displayCommand } from "../../../server/src/core/plan/render/command";
import { launches } from "../../../server/src/core/project/plans";
import { subjectsOf } from "../../../server/src/core/project/subjects";
import { docker28 } from "./services";

const uri = "file:///project/compose.yaml";

function project(text: string, files: Record<string, string> = {}) {
  const snapshot = {
    read: (asked: string) => (asked === uri ? text : files[asked.replace("file:///project/", "")]),
    runFiles: [],
  };
  return { uri, text, snapshot };
}

function planned(text: string, target: Target, files?: Record<string, string>) {
  const [launch] = launches(project(text, files), target);
  if (!launch) throw new Error("nothing is launched");
  return launch.plan;
}

describe("lint and plan", () => {
  test("name the same engine for a service", () => {
    const text = `services: {web: {image: example.com/web, command: [/sbin/init], environment: {container: podman}}}`;
    const result = planned(text, undefined);
    expect(isPlan(result) && result.facts.engine).toBe("podman");
    expect(subjectsOf({ ...project(text), target: undefined }).containers[0]?.target?.engine).toBe("podman");
  });

  test("plan an image that is too old for cgroup v2 for cgroup v1, where no version is stated", () => {
    const text = "services: {web: {build: .}}";
    const dockerfile = 'FROM centos:7\nCMD ["/usr/sbin/init"]\n';
    const result = planned(text, undefined, { Dockerfile: dockerfile });
    expect(isPlan(result) && result.facts.cgroupVersion).toBe(1);
    expect(isPlan(planned(text, docker28, { Dockerfile: dockerfile }))).toBe(false);
  });

  test("know of a named image what they know of a base image", () => {
    const volume = planned("services: {web: {image: jrei/systemd-ubuntu:22.04}}", docker28);
    expect(isPlan(volume) && volume.spec.securityOptions).toEqual([]);
    expect(isPlan(volume) && volume.spec.cgroupNamespace).toBe("host");
    expect(isPlan(planned("services: {web: {image: 'centos/systemd'}}", docker28))).toBe(false);
  });

  test("do not repeat an ENTRYPOINT as a command", () => {
    const text = "services: {ipa: {image: freeipa/freeipa-server:rocky-9, command: [--no-ntp]}}";
    const result = planned(text, docker28);
    const command = isPlan(result) ? displayCommand(dockerArguments(result.spec, "ipa")) : "";
    expect(command).not.toContain("init ");
  });
});
