/** Other flags that take no value. */
export const bareOthers: ReadonlySet<string> = new Set([
  ...[
    "detach",
    "interactive",
    "rm",
    "no-healthcheck",
    "oom-kill-disable",
    "publish-all",
    "sig-proxy",
    "quiet",
  ],
  ...[
    "disable-content-trust",
    "replace",
    "no-hosts",
    "env-host",
    "read-only-tmpfs",
    "rmi",
    "tls-verify",
    "http-proxy",
  ],
]);

/** The short options whose long names are not in the table. */
export const letters: Readonly<Record<string, string>> = {
  d: "detach",
  i: "interactive",
  l: "label",
  w: "workdir",
  c: "cpu-shares",
  a: "attach",
  P: "publish-all",
  q: "quiet",
};

/** Other flags of `docker run` that take a value (according to the `docker run` reference). */
export const valueOthers: ReadonlySet<string> = new Set([
  ...["add-host", "annotation", "attach", "blkio-weight", "blkio-weight-device", "cap-drop", "cgroup-parent"],
  ...["cidfile", "cpu-period", "cpu-quota", "cpu-rt-period", "cpu-rt-runtime", "cpu-shares", "cpus"],
  ...[
    "cpuset-cpus",
    "cpuset-mems",
    "detach-keys",
    "device-cgroup-rule",
    "device-read-bps",
    "device-read-iops",
  ],
  ...["device-write-bps", "device-write-iops", "dns", "dns-option", "dns-search", "domainname", "env-file"],
  ...[
    "expose",
    "gpus",
    "group-add",
    "health-cmd",
    "health-interval",
    "health-retries",
    "health-start-interval",
  ],
  ...[
    "health-start-period",
    "health-timeout",
    "ip",
    "ip6",
    "ipc",
    "isolation",
    "label",
    "label-file",
    "link",
  ],
  ...["link-local-ip", "log-driver", "log-opt", "mac-address", "memory-reservation", "memory-swap"],
  ...["memory-swappiness", "network-alias", "oom-score-adj", "pids-limit", "platform", "pull", "shm-size"],
  ...["storage-opt", "sysctl", "ulimit", "uts", "volume-driver", "volumes-from", "workdir"],
]);
