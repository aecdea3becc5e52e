import { afterEach, expect, test } from "vitest";
import { endAll, startProcess } from "./process";

afterEach(endAll);

const files = {
  "molecule.yml": `driver:
  name: docker
platforms:
  - name: one
    image: geerlingguy/docker-debian12-ansible
    volumes: ["/sys/fs/cgroup:/sys/fs/cgroup:ro"]
`,
  "kitchen.dokken.yml": `driver:
  name: dokken
platforms:
  - name: one
    driver:
      image: dokken/debian-12
      volumes: ["/sys/fs/cgroup:/sys/fs/cgroup:ro"]
`,
  "devcontainer.json": `{
  // systemd
  "image": "geerlingguy/docker-debian12-ansible",
  "runArgs": ["-v", "/sys/fs/cgroup:/sys/fs/cgroup:ro"]
}
`,
  "main.tf": `resource "docker_container" "node" {
  image = "geerlingguy/docker-debian12-ansible"
  volumes {
    host_path      = "/sys/fs/cgroup"
    container_path = "/sys/fs/cgroup"
    read_only      = true
  }
}
`,
  "play.yml": `- docker_container:
    image: geerlingguy/docker-debian12-ansible
    volumes: ["/sys/fs/cgroup:/sys/fs/cgroup:ro"]
`,
  "web.container":
    "[Container]\nImage=geerlingguy/docker-debian12-ansible\nVolume=/sys/fs/cgroup:/sys/fs/cgroup:ro\nNoKey=1\n",
  "run.sh": "docker run -v /sys/fs/cgroup:/sys/fs/cgroup:ro geerlingguy/docker-debian12-ansible\n",
};

const ruleOf: Record<string, string> = {
  "molecule.yml": "molecule-command",
  "kitchen.dokken.yml": "kitchen-command",
  "devcontainer.json": "devcontainer-override-command",
  "web.container": "quadlet-systemd",
};

test.each(Object.entries(files))(
  "the server as it is built lints %s with the late readers",
  async (name, text) => {
    const server = startProcess();
    await server.initialize();
    server.open(`file:///project/${name}`, text, "plaintext");
    const found = await server.pull(`file:///project/${name}`);
    // Podman prepares the cgroup tree itself.
    if (name !== "web.container") expect(found).toContain("run-cgroup-read-only");
    if (ruleOf[name]) expect(found).toContain(ruleOf[name]);
    expect(server.logged()).toBe("");
  },
);
