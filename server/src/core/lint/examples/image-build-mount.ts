import type { Examples } from "../example";
import { boots, debian, text } from "./blocks";

export const examples: Examples = [
  {
    says: "Incorrect: the bind mount's source, the host's cgroup tree, is not in the build context.",
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
    says: "Incorrect: a `RUN` with mounts but without a command has no effect.",
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
    says: "Incorrect: `--mount` is followed by a space instead of an equals sign.",
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
    says: "Correct: a command in the build step uses the mounts.",
    source: text`
      FROM debian:12
      ENV container=docker
      RUN --mount=type=tmpfs,target=/tmp --mount=type=cache,target=/var/cache/apt apt-get update && apt-get install -y systemd systemd-sysv dbus
      ${boots}
    `,
  },
];
