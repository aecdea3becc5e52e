import type { Examples } from "../example";
import { debian, debianImage, settings, text } from "./blocks";

export const examples: Examples = [
  {
    says: "Docker does not read options after the image: the first one replaces init.",
    file: "run.sh",
    target: { engine: "docker", version: "28.5.2", cgroupVersion: 2 },
    files: debianImage,
    source: text`
      docker build -t web .
      docker run -dt --security-opt writable-cgroups=true web --tmpfs /run --tmpfs /run/lock
      #                                                       ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ program: --tmpfs
    `,
    fixed: text`
      docker build -t web .
      docker run -dt --security-opt writable-cgroups=true --tmpfs /run --tmpfs /run/lock web
    `,
  },
  {
    says: "The image's ENTRYPOINT is init, so systemd receives the options as arguments and ignores them.",
    file: "run.sh",
    target: { engine: "docker", version: "28.5.2", cgroupVersion: 2 },
    files: {
      Dockerfile: text`
        ${debian}
        ${settings}
        ENTRYPOINT ["/sbin/init"]
      `,
    },
    source: text`
      docker build -t web .
      docker run -dt \\
        --security-opt writable-cgroups=true \\
        web \\
        --tmpfs /run \\
      # ^^^^^^^^^^^^^^ arguments: --tmpfs
        --tmpfs /run/lock
    `,
    fixed: text`
      docker build -t web .
      docker run -dt \\
        --security-opt writable-cgroups=true \\
        --tmpfs /run \\
        --tmpfs /run/lock \\
        web
    `,
  },
  {
    says: "systemd's own options belong after the image.",
    file: "run.sh",
    target: { engine: "docker", version: "28.5.2", cgroupVersion: 2 },
    files: {
      Dockerfile: text`
        ${debian}
        ${settings}
        ENTRYPOINT ["/sbin/init"]
      `,
    },
    source: text`
      docker build -t web .
      docker run -dt --security-opt writable-cgroups=true --tmpfs /run --tmpfs /run/lock web --log-level=debug
    `,
  },
];
