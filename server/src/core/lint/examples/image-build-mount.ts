import type { Examples } from "../example";
import { boots, debian, text } from "./blocks";

export const examples: Examples = [
  {
    says: "The host's cgroup tree is not in the build context.",
    source: text`
      FROM debian:12
      ENV container=docker
      RUN --mount=type=bind,source=/sys/fs/cgroup,target=/sys/fs/cgroup apt-get update && apt-get install -y systemd systemd-sysv dbus
      #   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ fails
      ${boots}
    `,
    fixed: text`
      ${debian}
      ${boots}
    `,
    boot: { before: { state: "build-fails", log: "not found" }, after: { state: "running", stopCode: 0 } },
  },
  {
    says: "Mounts alone do nothing, so the line goes.",
    source: text`
      ${debian}
      RUN --mount=type=tmpfs,target=/run --mount=type=tmpfs,target=/tmp
      #   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ alone: --tmpfs
      ${boots}
    `,
    fixed: text`
      ${debian}
      ${boots}
    `,
  },
  {
    says: "A blank in place of the equals sign is a parse error.",
    source: text`
      FROM debian:12
      ENV container=docker
      RUN --mount type=cache,target=/var/cache/apt apt-get update && apt-get install -y systemd systemd-sysv dbus
      #   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ blank
      ${boots}
    `,
    fixed: text`
      FROM debian:12
      ENV container=docker
      RUN --mount=type=cache,target=/var/cache/apt apt-get update && apt-get install -y systemd systemd-sysv dbus
      ${boots}
    `,
    boot: { before: { state: "build-fails", log: "--mount" }, after: { state: "running", stopCode: 0 } },
  },
  {
    says: "A tmpfs that a command of the build works in is what mounts are for.",
    source: text`
      FROM debian:12
      ENV container=docker
      RUN --mount=type=tmpfs,target=/tmp --mount=type=cache,target=/var/cache/apt apt-get update && apt-get install -y systemd systemd-sysv dbus
      ${boots}
    `,
  },
];
