import { expect, test } from "vitest";
import { lint } from "../../server/src/core/lint/lint";
import { defaultSettings } from "../../server/src/core/lint/settings";

// The advice on systemd in Docker that is copied most: every fault in it is named.
const base = "FROM debian:12\nRUN apt-get update && apt-get install -y systemd systemd-sysv dbus\n";
const systemd = `${base}CMD ["/sbin/init"]\n`;

const faults: readonly (readonly [what: string, files: Readonly<Record<string, string>>, rule: string])[] = [
  [
    "ENV continer",
    { Dockerfile: `${base}ENV continer=docker\nCMD ["/sbin/init"]\n` },
    "image-container-env-value",
  ],
  [
    "options without dashes",
    {
      Dockerfile: `${base}ENTRYPOINT ["/lib/systemd/systemd"]\nCMD ["log-level=info","unit=sysinit.target"]\n`,
    },
    "image-systemd-args",
  ],
  [
    "a mount of the build step alone",
    {
      Dockerfile: `${base}RUN --mount=type=bind,source=/sys/fs/cgroup,target=/sys/fs/cgroup\nCMD ["/sbin/init"]\n`,
    },
    "image-build-mount",
  ],
  [
    "the same in front of a command",
    {
      Dockerfile: `${base}RUN --mount=type=bind,source=/sys/fs/cgroup,target=/sys/fs/cgroup --mount=type=tmpfs,target=/run systemctl enable x\nCMD ["/sbin/init"]\n`,
    },
    "image-build-mount",
  ],
  [
    "--mount with a space",
    { Dockerfile: `${base}RUN --mount type=tmpfs,target=/run true\nCMD ["/sbin/init"]\n` },
    "image-build-mount",
  ],
  [
    "the cgroup tree as a volume",
    { Dockerfile: `${base}VOLUME ["/sys/fs/cgroup","/tmp","/run"]\nCMD ["/sbin/init"]\n` },
    "image-cgroup-volume",
  ],
  [
    "/run as a volume",
    { Dockerfile: `${base}VOLUME ["/sys/fs/cgroup","/tmp","/run"]\nCMD ["/sbin/init"]\n` },
    "image-runtime-volume",
  ],
  ["shell form", { Dockerfile: `${base}ENTRYPOINT /usr/lib/systemd/systemd\n` }, "image-shell-form-init"],
  [
    "nologin moved at build",
    { Dockerfile: `${base}RUN mv /var/run/nologin /tmp\nCMD ["/sbin/init"]\n` },
    "image-nologin",
  ],
  [
    "the cleanup of wants directories",
    {
      Dockerfile: `${base}RUN systemctl enable cron && rm -f /etc/systemd/system/*.wants/*\nCMD ["/sbin/init"]\n`,
    },
    "image-wants-cleanup",
  ],
  [
    "Fedora without systemd",
    { Dockerfile: 'FROM fedora:34\nCMD ["/usr/sbin/init"]\n' },
    "image-systemd-missing",
  ],
  [
    "sysinit.target with sshd",
    {
      Dockerfile: `${base}RUN apt-get install -y openssh-server && systemctl enable ssh\nCMD ["/sbin/init","--unit=sysinit.target"]\n`,
    },
    "image-target-skips-services",
  ],
  ["a bind of /sys/fs/fuse", run("volumes: [/sys/fs/fuse:/sys/fs/fuse]"), "run-fuse"],
  ["SYS_ADMIN without NFS", run("cap_add: [SYS_ADMIN]"), "run-capability-unneeded"],
  [
    "ntpd without SYS_TIME",
    {
      "compose.yaml": "services:\n  a:\n    build: .\n",
      Dockerfile: `${base}RUN apt-get install -y ntp && systemctl enable ntp\nCMD ["/sbin/init"]\n`,
    },
    "run-capability-missing",
  ],
  ["the tree read-only", run("volumes: ['/sys/fs/cgroup:/sys/fs/cgroup:ro']"), "run-cgroup-read-only"],
  ["privileged", run("privileged: true"), "run-privileged"],
];

test.each(faults)("%s", (_, files, rule) => {
  const texts = new Map(Object.entries(files).map(([name, text]) => [`file:///p/${name}`, text]));
  const runFiles = [...texts.keys()].filter((uri) => uri.endsWith(".yaml"));
  const snapshot = { runFiles, read: (uri: string) => texts.get(uri) };
  const found = [...texts].flatMap(
    ([uri, text]) => lint({ uri, text, snapshot, settings: defaultSettings }).findings,
  );
  expect(found.map((finding) => finding.rule)).toContain(rule);
});

function run(line: string): Record<string, string> {
  return { "compose.yaml": `services:\n  a:\n    build: .\n    ${line}\n`, Dockerfile: systemd };
}
