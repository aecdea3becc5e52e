import { describe, expect, test } from "vitest";
import { applyEdits } from "../../../server/src/core/base/text";
import { kindOfName } from "../../../server/src/core/surfaces/files";
import { lintProject } from "../lint-project";

const path = "molecule/default/inventory/hosts.yml";

/** A playbook that starts a container for each host. */
const create = (module = "containers.podman.podman_container", command = "default('sleep 1d')") =>
  `- hosts: localhost\n  tasks:\n    - ${module}:\n        image: "{{ hostvars[item]['container_image'] }}"\n        command: "{{ x | ${command} }}"\n`;

const inventory = (host: string, vars = "") =>
  `all:\n  children:\n    molecule:\n      hosts:\n        one:\n          container_image: registry.access.redhat.com/ubi9/ubi-init\n${host}${vars && `      vars:\n${vars}`}`;

const found = (text: string, more: Readonly<Record<string, string>> = {}) =>
  lintProject({ [path]: text, "molecule/default/create.yml": create(), ...more });
const rules = (...args: Parameters<typeof found>) => found(...args).map(({ rule }) => rule);

const podman = "        container_command: /sbin/init\n        container_systemd: always\n";

test("inventories of scenarios are read", () => {
  expect(kindOfName(`/role/${path}`)).toBe("molecule");
  expect(kindOfName("/role/inventory/hosts.yml")).not.toBe("molecule");
});

describe("the hosts of an inventory", () => {
  test("boot systemd with the variables of their group", () => {
    expect(rules(inventory("", podman)).filter((rule) => rule !== "run-boot-target")).toEqual([]);
  });

  test("run the program of the playbook if they name none", () => {
    const [finding] = found(inventory("", "        container_systemd: always\n"));
    expect(finding?.rule).toBe("run-command");
  });

  test("are judged for the engine that the playbook calls", () => {
    const docker = create("community.docker.docker_container");
    const text = inventory(
      "          container_command: /sbin/init\n          container_volumes: ['/sys/fs/cgroup:/sys/fs/cgroup:ro']\n",
    );
    const files = { "molecule/default/create.yml": docker };
    expect(rules(text, files)).toContain("run-cgroup-read-only");
    expect(found(text, files).find(({ rule }) => rule === "run-cgroup-read-only")?.severity).toBe("error");
    expect(found(text).find(({ rule }) => rule === "run-cgroup-read-only")?.severity).toBe("hint");
  });

  test("are fixed in their own variables", () => {
    const text = inventory(
      `          container_privileged: true\n          container_capabilities: [SYS_ADMIN, NET_ADMIN]\n`,
      podman,
    );
    const fix = found(text).find(({ rule }) => rule === "run-privileged")?.fixes[0];
    expect(applyEdits(text, fix?.edits ?? [])).toBe(
      text.replace("          container_privileged: true\n", ""),
    );
  });

  test("take the variables of a file before those of their group", () => {
    const files = { "molecule/default/inventory/group_vars/molecule.yml": "container_systemd: false\n" };
    expect(rules(inventory("", podman), files)).toContain("run-podman-systemd");
  });
});

test.each([
  ["no playbook", { "molecule/default/create.yml": "" }, inventory("", podman.replace("/sbin/init", "init"))],
  [
    "another playbook",
    { "molecule/default/create.yml": "- hosts: localhost\n" },
    inventory("          container_privileged: true\n", podman),
  ],
  ["no hosts", {}, "all:\n  vars:\n    container_image: systemd\n"],
  ["hosts that are no containers", {}, "all:\n  hosts:\n    systemd: { ansible_host: a }\n"],
  [
    "a group in itself",
    {},
    "all: &all\n  hosts:\n    one:\n      container_image: systemd\n  children:\n    all: *all\n",
  ],
  ["a file that is not YAML", {}, "all: [\n  container_image: systemd"],
])("nothing is said of %s", (_, files, text) => {
  expect(rules(text, files)).toEqual([]);
});
