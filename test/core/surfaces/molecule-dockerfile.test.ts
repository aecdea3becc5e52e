import { describe, expect, test } from "vitest";
import { lintProject } from "../lint-project";

const scenario = "molecule/default/molecule.yml";
const template = "molecule/default/Dockerfile.j2";

const platform = (keys = "", image = "registry.example.com/web:1") =>
  `driver: { name: docker }\nplatforms:\n  - name: one\n    image: ${image}\n    tmpfs: [/run]\n${keys}# systemd\n`;

const from = "FROM {{ item.image }}\n";
const boots = `${from}STOPSIGNAL SIGRTMIN+3\nENTRYPOINT ["/sbin/init"]\n`;

const inScenario = (files: Readonly<Record<string, string>>) =>
  lintProject(files, { path: scenario }).map(({ message }) => message.key);

describe("a template of a Dockerfile that Molecule builds for a platform", () => {
  test("says what the image starts", () => {
    expect(inScenario({ [scenario]: platform() })).toContain("molecule-command.unsure");
    const cmd = `${from}CMD ["/lib/systemd/systemd"]\n`;
    expect(inScenario({ [scenario]: platform(), [template]: cmd })).toContain("molecule-command.found");
    expect(inScenario({ [scenario]: platform(), [template]: boots })).not.toContain("molecule-command.found");
  });

  test("can have any name and be in another directory", () => {
    const files = {
      [scenario]: platform("    dockerfile: ../web.j2\n"),
      "molecule/web.j2": `${from}CMD ["/lib/systemd/systemd"]\n`,
    };
    expect(inScenario(files)).toContain("molecule-command.found");
  });

  test("is not built if the image is", () => {
    const files = {
      [scenario]: platform("    pre_build_image: true\n"),
      [template]: `${from}CMD ["/lib/systemd/systemd"]\n`,
    };
    expect(inScenario(files)).toContain("molecule-command.unsure");
    const named = {
      ...files,
      [scenario]: platform("    pre_build_image: true\n    dockerfile: Dockerfile\n"),
    };
    const plain = "molecule/default/Dockerfile";
    expect(inScenario({ ...named, [plain]: `${from}CMD ["/lib/systemd/systemd"]\n` })).toContain(
      "molecule-command.unsure",
    );
  });

  test("is based on the image of the platform", () => {
    const keys = "    command: /sbin/init\n    environment: {}\n    env: { A: b }\n    privileged: true\n";
    const engine = { engine: "docker", version: "28.5.2", cgroupVersion: 2 } as const;
    const found = (dockerfile: string) =>
      lintProject(
        { [scenario]: platform(keys, "centos:7"), [template]: dockerfile },
        { path: scenario, target: engine },
      ).map(({ rule }) => rule);
    // An image that is too old is reported in the file that names it.
    const [named, ...others] = found("FROM {{ item.image }}\nRUN true\n");
    expect(named).toBe("image-cgroup-version");
    expect(others).toEqual(found("FROM centos:7\nRUN true\n"));
  });

  test("leaves nothing known of a base that Jinja computes from something else", () => {
    const files = {
      [scenario]: platform("", "debian:12"),
      [template]: 'FROM {{ item.base }}\nCMD ["/lib/systemd/systemd"]\n',
    };
    expect(inScenario(files)).toContain("molecule-command.found");
  });

  test("is linted as what the scenario starts", () => {
    const keys = (files: Readonly<Record<string, string>>) =>
      lintProject({ [template]: boots, ...files }, { path: template }).map(({ rule }) => rule);
    expect(keys({})).toContain("image-run-flags");
    expect(keys({ [scenario]: platform("    privileged: true\n") })).not.toContain("image-run-flags");
  });
});
