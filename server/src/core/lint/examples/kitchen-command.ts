import type { Examples } from "../example";
import { text } from "./blocks";

export const examples: Examples = [
  {
    says: "The image boots systemd, but dokken starts a shell loop in its place.",
    file: "kitchen.dokken.yml",
    target: { engine: "docker", version: "28.5.2", cgroupVersion: 2 },
    source: text`
      driver:
        name: dokken
        security_opt: [writable-cgroups=true]
        env: [container=docker]
        tmpfs: { /run: "", /run/lock: "" }
      platforms:
        - name: ubuntu-24.04
      #         ^^^^^^^^^^^^ found: sh
          driver:
            image: dokken/ubuntu-24.04
    `,
    fixed: text`
      driver:
        name: dokken
        security_opt: [writable-cgroups=true]
        env: [container=docker]
        tmpfs: { /run: "", /run/lock: "" }
      platforms:
        - name: ubuntu-24.04
          driver:
            image: dokken/ubuntu-24.04
            pid_one_command: /usr/lib/systemd/systemd
    `,
  },
  {
    says: "Only the Debian and Ubuntu packages contain `/bin/systemd`.",
    file: "kitchen.dokken.yml",
    target: { engine: "docker", version: "28.5.2", cgroupVersion: 2 },
    source: text`
      driver:
        name: dokken
        security_opt: [writable-cgroups=true]
        env: [container=docker]
        tmpfs: { /run: "", /run/lock: "" }
      platforms:
        - name: almalinux-9
          driver:
            image: dokken/almalinux-9
            pid_one_command: /bin/systemd
      #                      ^^^^^^^^^^^^ path
    `,
    fixed: text`
      driver:
        name: dokken
        security_opt: [writable-cgroups=true]
        env: [container=docker]
        tmpfs: { /run: "", /run/lock: "" }
      platforms:
        - name: almalinux-9
          driver:
            image: dokken/almalinux-9
            pid_one_command: /usr/lib/systemd/systemd
    `,
  },
  {
    says: "Correct: the init is set, and its path exists in the image.",
    file: "kitchen.dokken.yml",
    target: { engine: "docker", version: "28.5.2", cgroupVersion: 2 },
    source: text`
      driver:
        name: dokken
        security_opt: [writable-cgroups=true]
        env: [container=docker]
        tmpfs: { /run: "", /run/lock: "" }
      platforms:
        - name: debian-12
          driver:
            image: dokken/debian-12
            pid_one_command: /bin/systemd
    `,
  },
];
