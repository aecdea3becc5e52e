import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** Units that fail in a container, each for the reason in its name. Some fail only with some versions. */
const brokenUnits: Readonly<Record<string, string>> = {
  "exec-missing": "ExecStart=/opt/nowhere/program --serve",
  "exec-denied": "ExecStart=/etc/hostname",
  "exec-format": "ExecStart=/etc/units/not-a-program",
  "exec-script": "ExecStart=/etc/units/script",
  "exec-noexec": "ExecStartPre=/bin/cp /bin/true /run/lock/true\nExecStart=/run/lock/true",
  chdir: "WorkingDirectory=/srv/nowhere\nExecStart=/bin/true",
  user: "User=nobody-of-that-name\nExecStart=/bin/true",
  group: "Group=no-such-group\nExecStart=/bin/true",
  scheduler: "CPUSchedulingPolicy=rr\nCPUSchedulingPriority=50\nExecStart=/bin/true",
  ambient: "User=nobody\nAmbientCapabilities=CAP_SYS_TIME\nExecStart=/bin/true",
  nice: "Nice=-5\nExecStart=/bin/true",
  "private-tmp": "PrivateTmp=yes\nProtectSystem=strict\nPrivateDevices=yes\nExecStart=/bin/true",
  "private-network": "PrivateNetwork=yes\nExecStart=/bin/true",
  "private-users": "PrivateUsers=yes\nExecStart=/bin/true",
  "dynamic-user": "DynamicUser=yes\nStateDirectory=thing\nExecStart=/bin/true",
  "temporary-fs": "TemporaryFileSystem=/var\nExecStart=/bin/true",
  "bind-paths": "BindPaths=/etc:/mnt\nExecStart=/bin/true",
  "root-directory": "RootDirectory=/srv\nExecStart=/bin/true",
  credentials: "LoadCredential=key:/nowhere/key\nExecStart=/bin/true",
  "environment-file": "EnvironmentFile=/etc/nowhere/env\nExecStart=/bin/true",
  output: "StandardOutput=file:/nowhere/log\nExecStart=/bin/true",
  tty: "StandardInput=tty-force\nTTYPath=/dev/tty9\nExecStart=/bin/true",
  "exit-1": "ExecStart=/bin/false",
  "start-timeout": "Type=notify\nTimeoutStartSec=2\nExecStart=/bin/sleep 60",
  "syscall-filter": "SystemCallFilter=~@basic-io\nExecStart=/bin/true",
  restarts: "Type=simple\nRestart=always\nRestartSec=0\nExecStart=/bin/false",
  mount: "ExecStart=/bin/mount -t tmpfs none /mnt",
  clock: "ExecStart=/bin/date -s 2001-01-01",
};

function unitText(name: string): string {
  const body = brokenUnits[name] ?? "";
  const type = /^Type=/m.test(body) ? "" : "Type=oneshot\n";
  return `[Unit]\nDescription=Breaks by ${name}\n\n[Service]\n${type}${body}\n\n[Install]\nWantedBy=multi-user.target\n`;
}

/** Creates a build context whose image enables all of these units, and removes it when the work is done. */
export async function withBrokenUnits<T>(systemd: number, work: (context: string) => Promise<T>): Promise<T> {
  const context = await mkdtemp(join(tmpdir(), "systemd-containers-units-"));
  const names = Object.keys(brokenUnits);
  try {
    await mkdir(join(context, "units"));
    for (const name of names) {
      await writeFile(join(context, "units", `broken-${name}.service`), unitText(name));
    }
    const programs =
      "mkdir -p /etc/units && cd /etc/units && printf '#!/nowhere/interpreter\\n' >script && printf 'text' >not-a-program && chmod +x *";
    const dockerfile = [
      `FROM systemd-test:${systemd}`,
      "COPY units /etc/systemd/system/",
      `RUN ${programs}`,
      `RUN systemctl enable ${names.map((name) => `broken-${name}`).join(" ")}`,
      'CMD ["/sbin/init"]',
      "",
    ];
    await writeFile(join(context, "Dockerfile"), dockerfile.join("\n"));
    return await work(context);
  } finally {
    await rm(context, { recursive: true, force: true });
  }
}
