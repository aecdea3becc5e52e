import { describe, expect, test } from "vitest";
import { lintProject, reported, said } from "../lint-project";

/** Settings with which systemd boots, and with which nested engines run too. */
const settings = `
    privileged: true
    tmpfs: [/run]
    volumes: ["/sys/fs/cgroup:/sys/fs/cgroup:ro"]
`;

const molecule = (image: string) =>
  lintProject({
    "molecule.yml": `driver: { name: docker }\nplatforms:\n  - name: one\n    image: ${image}${settings}`,
  });

const workspace = {
  "devcontainer.json": JSON.stringify({
    build: { dockerfile: "Dockerfile" },
    privileged: true,
    runArgs: ["--cgroupns=host", "--tmpfs=/run"],
    mounts: ["source=/sys/fs/cgroup,target=/sys/fs/cgroup,type=bind,readonly"],
  }),
};

const built = (dockerfile: string) => lintProject({ ...workspace, Dockerfile: dockerfile });

describe("a program that a tool starts instead of the image's", () => {
  test("replaces an init if the image is known to start one", () => {
    expect(reported(molecule("geerlingguy/docker-debian12-ansible"), "molecule-command")).toEqual([
      "error: molecule-command.found, what=override_command: false",
    ]);
    const found = built('FROM debian:12\nRUN apt-get install -y systemd-sysv\nCMD ["/sbin/init"]\n');
    expect(reported(found, "devcontainer-override-command")).toEqual([
      "error: devcontainer-override-command.found, what=overrideCommand: false",
    ]);
  });

  test("might replace the init of an unknown image, which is no more than information", () => {
    expect(reported(molecule("registry.example/systemd"), "molecule-command")).toEqual([
      "information: molecule-command.unsure, what=override_command: false",
    ]);
    expect(reported(built("FROM registry.example/base:1\n"), "devcontainer-override-command")).toEqual([
      "information: devcontainer-override-command.unsure, what=overrideCommand: false",
    ]);
    const found = built('FROM registry.example/base\nENTRYPOINT ["/opt/start.sh"]\n');
    expect(reported(found, "devcontainer-override-command")).toEqual([
      "information: devcontainer-override-command.unsure, what=overrideCommand: false",
    ]);
  });

  test("replaces nothing if the image is known to start another program", () => {
    expect(molecule("ubuntu:24.04")).toEqual([]);
    for (const end of ["", 'CMD ["sleep", "infinity"]\n', 'ENTRYPOINT ["/usr/bin/dockerd"]\n'])
      expect(built(`FROM debian:12\nRUN apt-get install -y iptables\n${end}`)).toEqual([]);
    const job = lintProject({
      ".github/workflows/test.yml": `jobs:
  test:
    runs-on: ubuntu-24.04
    container:
      image: debian:12
      options: --privileged --tmpfs /run -v /sys/fs/cgroup:/sys/fs/cgroup:rw
    steps:
      - run: make
`,
    });
    expect(said(job, "actions-container")).toEqual([]);
  });
});
