import type { Examples } from "../example";

export const examples: Examples = [
  {
    says: "Neither the service nor the image sets `container`.",
    source: `
      services:
        web:
      # ^^^ detected
          image: almalinux/9-init
          command: ["/sbin/init", "--unit=multi-user.target"]
          tty: true
          stop_signal: SIGRTMIN+3
          security_opt: ["writable-cgroups=true"]
          tmpfs: [/run, /run/lock, "/tmp:exec,mode=1777"]
          environment:
            - LANG=C.UTF-8
    `,
    fixed: `
      services:
        web:
          image: almalinux/9-init
          command: ["/sbin/init", "--unit=multi-user.target"]
          tty: true
          stop_signal: SIGRTMIN+3
          security_opt: ["writable-cgroups=true"]
          tmpfs: [/run, /run/lock, "/tmp:exec,mode=1777"]
          environment:
            - LANG=C.UTF-8
            - container=docker
    `,
  },
  {
    says: "An empty value disables container detection.",
    source: `
      services:
        web:
          image: registry.example.com/web
          command: ["/sbin/init", "--unit=multi-user.target"]
          tty: true
          stop_signal: SIGRTMIN+3
          security_opt: ["writable-cgroups=true"]
          tmpfs: [/run, /run/lock, "/tmp:exec,mode=1777"]
          environment:
            container: ""
      #                ^^ empty
    `,
    fixed: `
      services:
        web:
          image: registry.example.com/web
          command: ["/sbin/init", "--unit=multi-user.target"]
          tty: true
          stop_signal: SIGRTMIN+3
          security_opt: ["writable-cgroups=true"]
          tmpfs: [/run, /run/lock, "/tmp:exec,mode=1777"]
          environment:
            container: "docker"
    `,
    boot: {
      before: { state: "running", stopCode: 137 },
      after: { state: "running", stopCode: 0 },
    },
  },
  {
    says: "Podman passes on the empty value too.",
    target: { engine: "podman" },
    source: `
      services:
        web:
          image: registry.example.com/web
          command: ["/sbin/init", "--unit=multi-user.target"]
          environment:
            container: ""
      #                ^^ empty
    `,
    fixed: `
      services:
        web:
          image: registry.example.com/web
          command: ["/sbin/init", "--unit=multi-user.target"]
          environment:
            container: "podman"
    `,
  },
  {
    says: "systemd accepts the name of any engine.",
    source: `
      services:
        web:
          image: almalinux/9-init
          command: ["/sbin/init", "--unit=multi-user.target"]
          tty: true
          stop_signal: SIGRTMIN+3
          security_opt: ["writable-cgroups=true"]
          tmpfs: [/run, /run/lock, "/tmp:exec,mode=1777"]
          environment:
            container: oci
    `,
  },
  {
    says: "The image is unknown, so this rule reports nothing.",
    source: `
      services:
        web:
          image: registry.example.com/web
          command: ["/sbin/init", "--unit=multi-user.target"]
          tty: true
          stop_signal: SIGRTMIN+3
          security_opt: ["writable-cgroups=true"]
          tmpfs: [/run, /run/lock, "/tmp:exec,mode=1777"]
    `,
  },
  {
    says: "Molecule reads the variables of a platform from `env`.",
    file: "molecule.yml",
    target: { engine: "docker", version: "28.5.2", cgroupVersion: 2 },
    source: `
      driver:
        name: docker
      platforms:
        - name: instance
          image: geerlingguy/docker-debian12-ansible:latest
          pre_build_image: true
          override_command: false
          cgroupns_mode: host
          environment:
      #   ^^^^^^^^^^^ misnamed
            container: docker
          tmpfs: [/run, /run/lock]
          volumes:
            - /sys/fs/cgroup:/sys/fs/cgroup:rw
    `,
    fixed: `
      driver:
        name: docker
      platforms:
        - name: instance
          image: geerlingguy/docker-debian12-ansible:latest
          pre_build_image: true
          override_command: false
          cgroupns_mode: host
          env:
            container: docker
          tmpfs: [/run, /run/lock]
          volumes:
            - /sys/fs/cgroup:/sys/fs/cgroup:rw
    `,
  },
];
