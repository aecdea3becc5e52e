import type { Examples } from "../example";
import { text } from "./blocks";

export const examples: Examples = [
  {
    says: "The image boots systemd, but Molecule starts a shell loop in its place.",
    file: "molecule.yml",
    target: { engine: "docker", version: "28.5.2", cgroupVersion: 2 },
    source: text`
      driver:
        name: docker
      platforms:
        - name: instance
      #         ^^^^^^^^ found: override_command: false
          image: geerlingguy/docker-debian12-ansible:latest
          pre_build_image: true
          cgroupns_mode: host
          env: { container: docker }
          tmpfs: [/run, /run/lock]
          volumes:
            - /sys/fs/cgroup:/sys/fs/cgroup:rw
    `,
    fixed: text`
      driver:
        name: docker
      platforms:
        - name: instance
          image: geerlingguy/docker-debian12-ansible:latest
          pre_build_image: true
          cgroupns_mode: host
          env: { container: docker }
          tmpfs: [/run, /run/lock]
          volumes:
            - /sys/fs/cgroup:/sys/fs/cgroup:rw
          override_command: false
    `,
  },
  {
    says: "The image is unknown. If its ENTRYPOINT is init, systemd boots, because Molecule keeps the ENTRYPOINT.",
    file: "molecule.yml",
    target: { engine: "docker", version: "28.5.2", cgroupVersion: 2 },
    source: text`
      driver:
        name: docker
      platforms:
        - name: instance
      #         ^^^^^^^^ unsure: override_command: false
          image: registry.example/debian-systemd:12
          pre_build_image: true
          cgroupns_mode: host
          env: { container: docker }
          tmpfs: [/run, /run/lock, "/tmp:exec,mode=1777"]
          volumes:
            - /sys/fs/cgroup:/sys/fs/cgroup:rw
    `,
    fixed: text`
      driver:
        name: docker
      platforms:
        - name: instance
          image: registry.example/debian-systemd:12
          pre_build_image: true
          cgroupns_mode: host
          env: { container: docker }
          tmpfs: [/run, /run/lock, "/tmp:exec,mode=1777"]
          volumes:
            - /sys/fs/cgroup:/sys/fs/cgroup:rw
          override_command: false
    `,
  },
  {
    says: "An empty command keeps the image's program.",
    file: "molecule.yml",
    target: { engine: "docker", version: "28.5.2", cgroupVersion: 2 },
    source: text`
      driver:
        name: docker
      platforms:
        - name: instance
          image: geerlingguy/docker-debian12-ansible:latest
          command: \${MOLECULE_DOCKER_COMMAND:-""}
          cgroupns_mode: host
          env: { container: docker }
          tmpfs: [/run, /run/lock]
          volumes:
            - /sys/fs/cgroup:/sys/fs/cgroup:rw
    `,
  },
  {
    says: "Podman prepares the container for systemd because of this command.",
    file: "molecule.yml",
    source: text`
      driver:
        name: podman
      platforms:
        - name: instance
          image: registry.access.redhat.com/ubi9/ubi-init:latest
          command: /usr/sbin/init
          systemd: always
    `,
  },
];
