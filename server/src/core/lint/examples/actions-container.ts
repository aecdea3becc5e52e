import type { Examples } from "../example";
import { text } from "./blocks";

const start = "docker run -dt --name web --security-opt writable-cgroups=true --tmpfs /run --tmpfs /run/lock";

export const examples: Examples = [
  {
    says: "The image boots systemd, but GitHub runs `tail` in a job's container.",
    file: ".github/workflows/test.yml",
    target: { engine: "docker", version: "28.5.2", cgroupVersion: 2 },
    source: text`
      on: push
      jobs:
        test:
          runs-on: ubuntu-latest
          container:
            image: registry.access.redhat.com/ubi9/ubi-init
      #            ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ found
            options: --privileged --tmpfs /run
          steps:
            - run: systemctl start httpd
    `,
  },
  {
    says: "A step starts the image with its own init.",
    file: ".github/workflows/test.yml",
    target: { engine: "docker", version: "28.5.2", cgroupVersion: 2 },
    source: text`
      on: push
      jobs:
        test:
          runs-on: ubuntu-latest
          steps:
            - run: |
                ${start} -e container=docker registry.access.redhat.com/ubi9/ubi-init
                docker exec web systemctl start httpd
    `,
  },
  {
    says: "In service containers, GitHub runs the image's own program.",
    file: ".github/workflows/test.yml",
    target: { engine: "docker", version: "28.5.2", cgroupVersion: 2 },
    source: text`
      on: push
      jobs:
        test:
          runs-on: ubuntu-latest
          services:
            web:
              image: registry.access.redhat.com/ubi9/ubi-init
              env: { container: docker }
              options: -t --security-opt writable-cgroups=true --tmpfs /run --tmpfs /run/lock
          steps:
            - run: docker exec web systemctl start httpd
    `,
  },
];
