import { describe, expect, test } from "vitest";
import type { Target } from "../../../server/src/core/engine";
import { baseImage } from "../../../server/src/core/image/base-images";
import { lintProject } from "../lint-project";

const docker: Target = { engine: "docker", version: "28.5", cgroupVersion: 2 };

/** The rules that report something about a run line in a script, with a Dockerfile and its files beside it. */
function rulesOf(line: string, files: Readonly<Record<string, string>> = {}) {
  const findings = lintProject({ "run.sh": `${line}\n`, ...files }, { target: docker });
  return [...new Set(findings.map(({ rule }) => rule))];
}

const boots = ["run-cgroup-writable", "run-tty"];
const ipa = "docker run -d -h ipa.example.test freeipa/freeipa-server:rocky-9";

describe("words after an image whose entry script reads them", () => {
  test.each([
    "",
    "-r EXAMPLE.TEST --no-ntp",
    "-U -p secret -a secret",
    "-p secret -a secret --hostname=ipa.example.test",
    "ipa-server-install -U -r EXAMPLE.TEST",
    "ipa-replica-install -U && true",
    "exit-on-finished -U",
    "no-exit",
    'ipa-server-install "$@"',
  ])("boot systemd: %s", (words) => {
    expect(rulesOf(`${ipa} ${words}`)).toEqual(boots);
  });

  test("boot systemd from a read-only root, which the image supports", () => {
    expect(rulesOf(ipa.replace("-d", "-d --read-only -v data:/data"))).toEqual(boots);
  });

  test.each(["bash", "bash -c 'ls /data'", "ls", '"$@"'])("do not: %s", (words) => {
    expect(rulesOf(`${ipa} ${words}`)).toEqual([]);
  });

  test("are read alike in a compose file", () => {
    const rules = (command: string) =>
      lintProject(
        { "compose.yaml": `services: {ipa: {image: freeipa/freeipa-server:rocky-9, command: ${command}}}\n` },
        { target: docker },
      ).map(({ rule }) => rule);
    expect(rules("ipa-server-install -U rescue.target")).toEqual(boots);
    expect(rules("[-r, EXAMPLE.TEST, --version]")).toEqual(boots);
    expect(rules("bash")).toContain("run-command");
  });

  test("are those of its installers", () => {
    expect(baseImage("quay.io/freeipa/freeipa-server:fedora-43")?.subcommands).toContain(
      "ipa-server-install",
    );
    expect(baseImage("kindest/node:v1.31.0")?.subcommands).toBeUndefined();
  });
});

describe("words after an image that a Dockerfile builds", () => {
  const build = "# systemd\ndocker build -t one .\ndocker run -d one";
  const image = (...lines: string[]) =>
    ["FROM debian:12", "RUN apt-get install -y systemd-sysv", ...lines, ""].join("\n");
  const script = (text: string) => ({
    Dockerfile: image("COPY entry /entry", 'ENTRYPOINT ["/entry"]'),
    entry: `#!/bin/sh\n${text}\n`,
  });
  const own = script('echo "$@" >/etc/options\nexec /sbin/init');

  test("boot systemd if its entry script gets options", () => {
    expect(rulesOf(`${build} -r EXAMPLE.TEST`, own)).toContain("run-cgroup-writable");
    expect(rulesOf(`${build} --realm=x install`, own)).toContain("run-cgroup-writable");
    expect(rulesOf(`${build} -r X`, { Dockerfile: "FROM freeipa/freeipa-server:rocky-9\n" })).toEqual(boots);
  });

  test("boot systemd if its ENTRYPOINT is init, which ignores them", () => {
    const files = { Dockerfile: image('ENTRYPOINT ["/sbin/init"]') };
    expect(rulesOf(`${build} nginx -g x`, files)).toContain("run-ignored-command");
    expect(rulesOf(`${build} nginx -g x`, files)).toContain("run-cgroup-writable");
  });

  test.each<[string, Record<string, string>]>([
    ["install", own],
    ["bash", own],
    ["-r X", { Dockerfile: image('CMD ["/sbin/init"]') }],
    ["bash", { Dockerfile: image('CMD ["/sbin/init"]') }],
    ["-r X", script("exec nginx")],
    ["-r X", { Dockerfile: image('ENTRYPOINT ["/entry"]', 'CMD ["/sbin/init"]') }],
    ["-r X", {}],
    [
      "nginx",
      { Dockerfile: image("COPY own /sbin/", "RUN ln -sf own /sbin/init", 'ENTRYPOINT ["/sbin/init"]') },
    ],
  ])("do not otherwise: %s, %j", (words, files) => {
    expect(rulesOf(`${build} ${words}`, files)).toEqual([]);
  });

  test("do not make the Dockerfile an image that is started otherwise", () => {
    const files = { Dockerfile: image('CMD ["/sbin/init"]'), "run.sh": `${build} bash\n` };
    const rules = lintProject(files, { target: docker }).map(({ rule }) => rule);
    expect(rules).toContain("image-run-flags");
  });

  test("are no options of the engine if its entry script reads them", () => {
    const rules = (text: string) => rulesOf(`${build} --privileged --tmpfs /run`, script(text));
    expect(rules('exec /sbin/init "$@"')).toContain("run-flag-after-image");
    expect(rules("exec /sbin/init")).toContain("run-flag-after-image");
    expect(rules('case "$1" in --privileged) shift ;; esac\nexec /sbin/init "$@"')).not.toContain(
      "run-flag-after-image",
    );
    expect(rules("while getopts :x each; do :; done\nexec /sbin/init")).not.toContain("run-flag-after-image");
  });
});
