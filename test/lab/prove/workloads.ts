import { applySteps, type ContainerSpec, type SpecChange } from "../../../server/src/core/container/spec";
import type { Seen } from "../../../server/src/core/docs/evidence/proofs";
import {
  type WorkloadProof,
  type WorkloadSeen,
  workloadText,
} from "../../../server/src/core/docs/evidence/workloads";
import { type BootedContainer, type Engine, engineNames } from "..";
import { sleep } from "../process";
import { cellName, cellNow, type Part } from "./part";
import type { Project } from "./project";
import { inspectInto, seen, tellingLine } from "./prove";
import { bootImage, plannedRun } from "./start";

/** A service that an image enables, and how to check that it works. */
export interface Workload {
  readonly name: string;
  /** The rules that mention it. */
  readonly rules: readonly string[];
  /** The unit whose journal shows why it does not work. */
  readonly unit: string;
  readonly packages: string;
  /** Lines of the Dockerfile that set it up. */
  readonly setup: string;
  /** Other files in its build context. */
  readonly files?: Readonly<Record<string, string>>;
  /** A shell command that prints the service's response, and fails if there is none. */
  readonly asks: string;
  /** Engine cells besides the reference whose defaults differ in what the service needs. */
  readonly cells?: readonly string[];
}

const reference = "docker@28/v2";

export const workloads: readonly Workload[] = [
  {
    name: "sshd, a user logs in by key",
    rules: ["image-workload-needs", "run-capability-missing"],
    unit: "ssh.service",
    packages: "openssh-server openssh-client",
    setup: `
      RUN useradd --create-home --shell /bin/sh alice
      RUN ssh-keygen -q -t ed25519 -N '' -f /root/key
      RUN install -D -o alice -g alice -m 600 /root/key.pub /home/alice/.ssh/authorized_keys
      RUN systemctl enable ssh`,
    asks: "ssh -i /root/key -o BatchMode=yes -o StrictHostKeyChecking=no -o LogLevel=ERROR alice@127.0.0.1 id -un",
    cells: ["podman@5/v2", "podman@6/v2"],
  },
  {
    name: "cron, a job runs",
    rules: ["image-workload-needs", "run-capability-missing"],
    unit: "cron.service",
    packages: "cron",
    setup: `
      RUN echo '@reboot root id -un >/var/tmp/ran' >/etc/cron.d/job
      RUN systemctl enable cron`,
    asks: "grep . /var/tmp/ran",
    cells: ["podman@5/v2", "podman@6/v2"],
  },
  {
    name: "nginx answers",
    rules: ["image-workload-needs"],
    unit: "nginx.service",
    packages: "nginx curl",
    setup: "RUN systemctl enable nginx",
    asks: "curl --silent --fail --head http://127.0.0.1/ | grep ^HTTP",
  },
  {
    name: "PostgreSQL answers a query",
    rules: ["image-workload-needs"],
    unit: "postgresql@15-main.service",
    packages: "postgresql",
    setup: "RUN systemctl enable postgresql",
    asks: "su postgres -c 'psql -tAc \"select 6*7\"'",
  },
  {
    // Configured not to set the clock, which belongs to the host.
    name: "chrony runs",
    rules: ["image-workload-needs", "run-capability-missing"],
    unit: "chrony.service",
    packages: "chrony",
    setup: `
      RUN echo 'DAEMON_OPTS="-x"' >/etc/default/chrony && sed -i '/^pool/d' /etc/chrony/chrony.conf
      RUN systemctl enable chrony`,
    asks: "chronyc tracking | grep ^Stratum",
  },
  {
    name: "a FUSE file system is mounted",
    rules: ["image-workload-needs", "run-capability-missing", "run-fuse"],
    unit: "bindfs.service",
    packages: "bindfs",
    files: {
      "bindfs.service": `[Service]
Type=forking
ExecStart=/usr/bin/bindfs /etc /mnt
[Install]
WantedBy=multi-user.target
`,
    },
    setup: `
      COPY bindfs.service /etc/systemd/system/
      RUN systemctl enable bindfs`,
    asks: "findmnt --noheadings --output FSTYPE /mnt",
  },
  {
    name: "nftables loads its rules",
    rules: ["image-workload-needs", "run-capability-missing"],
    unit: "nftables.service",
    packages: "nftables",
    setup: "RUN systemctl enable nftables",
    asks: "nft list tables | grep filter",
    cells: ["podman@5/v2", "podman@6/v2"],
  },
  {
    name: "legacy iptables loads its rules",
    rules: ["image-workload-needs", "run-capability-missing"],
    unit: "netfilter-persistent.service",
    packages: "iptables-persistent",
    setup: `
      RUN update-alternatives --set iptables /usr/sbin/iptables-legacy
      RUN update-alternatives --set ip6tables /usr/sbin/ip6tables-legacy
      RUN printf '*filter\\n-A INPUT -p tcp --dport 22 -j ACCEPT\\nCOMMIT\\n' >/etc/iptables/rules.v4
      RUN systemctl enable netfilter-persistent`,
    asks: "iptables -S | grep dport",
    cells: ["podman@5/v2", "podman@6/v2"],
  },
  {
    name: "a user manager lingers",
    rules: ["image-workload-needs"],
    unit: "user@1000.service",
    packages: "libpam-systemd",
    setup: `
      RUN useradd --create-home alice
      RUN mkdir -p /var/lib/systemd/linger && touch /var/lib/systemd/linger/alice`,
    asks: "systemctl --user --machine alice@.host is-system-running",
  },
];

/** What services need. */
export const workloadsPart: Part<WorkloadProof> = {
  name: "workloads",
  jobs: (cell) =>
    workloads
      .filter(({ cells = [] }) => [reference, ...cells].includes(cell))
      .map((workload) => ({ title: workload.name, work: (engine) => proveWorkload(engine, workload) })),
  cellOf: (row) => (workloadOf(row) === -1 ? undefined : cellName(row)),
  order: (row) => workloadOf(row) * 100 + engineNames.indexOf(cellName(row)),
  text: (row) => `${row.workload}\n  ${cellName(row)} ${workloadText(row)}`,
};

function workloadOf({ workload }: WorkloadProof): number {
  return workloads.findIndex(({ name }) => name === workload);
}

/** Boots a workload with its plan, and without each thing that the plan grants it. */
async function proveWorkload(
  engine: Engine,
  workload: Workload,
): Promise<{ proof: WorkloadProof; contradictions: string[] }> {
  const { facts } = engine;
  const project = projectOf(workload);
  const spec = plannedRun(project, facts);
  const watch = { units: [], inactive: [], systemd: 0 };
  const granted = await bootOf(engine, workload, project, spec, watch);
  const contradictions: string[] = [];
  if (granted.state !== "running" || granted.stopCode !== 0 || granted.answer === undefined)
    contradictions.push(`with the plan: ${JSON.stringify(granted)}`);
  const without: Record<string, WorkloadSeen> = {};
  for (const { name, drop } of grants(spec)) {
    const found = await bootOf(engine, workload, project, applySteps(spec, [drop]));
    without[name] = found;
    if (found.answer !== undefined || (found.state !== "running" && found.state !== "degraded"))
      contradictions.push(`without ${name}: ${JSON.stringify(found)}`);
  }
  return {
    proof: {
      workload: workload.name,
      rules: workload.rules,
      ...cellNow(engine),
      systemd: watch.systemd,
      granted,
      without,
    },
    contradictions,
  };
}

export function projectOf({ packages, setup, files }: Workload): Project {
  const lines = setup
    .trim()
    .split("\n")
    .map((line) => line.trim());
  const dockerfile = [
    "FROM debian:12",
    "ENV container=docker",
    "RUN apt-get update && apt-get install -y systemd systemd-sysv dbus",
    `RUN apt-get install -y ${packages}`,
    ...lines,
    "RUN systemctl set-default multi-user.target",
    "RUN : > /etc/machine-id",
    "STOPSIGNAL SIGRTMIN+3",
    'CMD ["/sbin/init"]',
    "",
  ].join("\n");
  return { path: "Dockerfile", files: { ...files, Dockerfile: dockerfile } };
}

/** What the plan grants beyond what systemd itself needs, one by one. */
function grants({ capabilities, devices }: ContainerSpec): { name: string; drop: SpecChange }[] {
  return [
    ...capabilities.map((value) => ({
      name: value,
      drop: { do: "drop", key: "capabilities", value } as const,
    })),
    ...devices.map((value) => ({ name: value, drop: { do: "drop", key: "devices", value } as const })),
  ];
}

async function bootOf(
  engine: Engine,
  { unit, asks }: Workload,
  project: Project,
  spec: ContainerSpec,
  watch: Parameters<typeof inspectInto>[0] = { units: [], inactive: [], systemd: 0 },
): Promise<WorkloadSeen> {
  let answer: string | undefined;
  let log: string | undefined;
  const inspect = async (container: BootedContainer) => {
    await inspectInto(watch)(container);
    answer = await answerOf(container, asks);
    if (answer !== undefined) return;
    const { stdout } = await container.exec(["journalctl", "--unit", unit, "--output", "cat", "--no-pager"]);
    log = tellingLine(stdout) ?? tellingLine(stdout, "unmet condition");
  };
  const booted = await bootImage(engine, project, spec, { inspect });
  const found: Seen = seen(booted);
  return { ...found, ...(answer === undefined ? {} : { answer }), ...(log === undefined ? {} : { log }) };
}

/** The first line of the response. A job may take a moment after the boot. */
async function answerOf({ exec }: BootedContainer, asks: string): Promise<string | undefined> {
  for (let tries = 0; tries < 10; tries++) {
    const { code, stdout } = await exec(["sh", "-c", asks]);
    if (code === 0) return stdout.trim().split("\n")[0]?.replace(/\s+/g, " ");
    await sleep(500);
  }
  return undefined;
}
