import { message } from "../../base/message";
import { noCost, type Word } from "./word";

const allVersions = "Docker 20.10, 26.1, 28.5; systemd 247, 252, 257, 262";

/** The paths on which systemd needs a tmpfs. */
export const tmpfsEntries: readonly Word[] = [
  {
    word: "/run",
    fact: message(
      "word.tmpfs.run",
      "systemd keeps its state in /run and cannot mount a tmpfs there in the container. Without one, PID 1 exits with code 255.",
    ),
    cost: message("word.tmpfs.run-cost", "Grants no extra access. /run is empty at each start."),
    source: { named: "systemd, src/shared/mount-setup.c", measured: allVersions, rule: "run-tmpfs-run" },
    offered: true,
  },
  {
    word: "/run/lock",
    fact: message(
      "word.tmpfs.lock",
      "Needed on Debian and Ubuntu. Without it, systemd up to 252 exits with code 255, and systemd 257 boots degraded.",
    ),
    cost: noCost,
    source: { named: "systemd, src/shared/mount-setup.c", measured: allVersions, rule: "run-tmpfs-run" },
    offered: true,
  },
  {
    word: "/tmp:exec,mode=1777",
    fact: message(
      "word.tmpfs.tmp",
      "Without it, tmp.mount fails on Fedora and on Debian 13 and later, and the system is degraded.",
    ),
    cost: message(
      "word.tmpfs.tmp-cost",
      "/tmp is in memory and empty at each start. Programs in it can run.",
    ),
    source: { named: "systemd, units/tmp.mount", measured: allVersions, rule: "run-tmpfs-tmp" },
    offered: true,
  },
];

/** Options of a tmpfs. */
export const tmpfsOptions: readonly Word[] = [
  {
    word: "exec",
    fact: message("word.tmpfs.exec", "Programs in it can run. Docker mounts a tmpfs with noexec by default."),
    cost: message("word.tmpfs.exec-cost", "Programs that a service writes there can be executed."),
    source: { named: "mount(8)", rule: "run-tmpfs-tmp" },
    offered: true,
  },
  {
    word: "mode=1777",
    fact: message(
      "word.tmpfs.mode",
      "All users can write to it, but can delete only their own files, as in /tmp.",
    ),
    cost: noCost,
    source: { named: "tmpfs(5)", rule: "run-tmpfs-tmp" },
    offered: true,
  },
  {
    word: "noexec",
    fact: message("word.tmpfs.noexec", "No program in it can run. This is Docker's default."),
    cost: message("word.tmpfs.noexec-cost", "Scripts that packages and services put there cannot run."),
    source: { named: "mount(8)", rule: "run-tmpfs-tmp" },
  },
  ...["nosuid", "nodev"].map((word) => ({
    word,
    fact: message("word.tmpfs.default", "Docker and systemd set it by default on tmpfs mounts."),
    cost: noCost,
    source: { named: "mount(8)" },
  })),
  {
    word: "size=64m",
    fact: message("word.tmpfs.size", "The maximum amount of memory that the tmpfs can use."),
    cost: message("word.tmpfs.size-cost", "The journal in /run/log needs space: it uses up to 10% of /run."),
    source: { named: "tmpfs(5), journald.conf(5)" },
    offered: true,
  },
];

/** How long to wait for a container to stop. */
export const gracePeriods: readonly Word[] = [
  {
    word: "90s",
    fact: message("word.grace.systemd", "The time that systemd itself gives a service to stop."),
    cost: message("word.grace.cost", "A container that does not stop is killed after this time."),
    source: { named: "systemd-system.conf(5), DefaultTimeoutStopSec=", rule: "run-stop-grace" },
    offered: true,
  },
  {
    word: "30s",
    fact: message("word.grace.thirty", "Three times the engine's default of 10 s."),
    cost: message("word.grace.cost", "A container that does not stop is killed after this time."),
    source: { named: "Docker documentation: docker container stop", rule: "run-stop-grace" },
    offered: true,
  },
];

/** What the keys of a service mean if it boots systemd. */
export const keys: readonly Word[] = [
  {
    word: "init",
    fact: message(
      "word.key.init",
      "`true` runs a small init as PID 1. systemd must be PID 1; otherwise it exits with code 1.",
    ),
    cost: noCost,
    source: { named: "systemd(1)", measured: allVersions, rule: "run-init" },
  },
  {
    word: "tty",
    fact: message(
      "word.key.tty",
      "systemd writes its boot messages to the TTY. Without a TTY, the log stays empty.",
    ),
    cost: noCost,
    source: { named: "systemd(1)", measured: allVersions, rule: "run-tty" },
  },
  {
    word: "privileged",
    fact: message(
      "word.key.privileged",
      "systemd does not need it. In a privileged container, systemd behaves as it does on a host.",
    ),
    cost: message("word.key.privileged-cost", "Root in the container can take over the host."),
    source: { named: "Docker documentation: runtime privilege", rule: "run-privileged" },
  },
  {
    word: "cgroup",
    fact: message(
      "word.key.cgroup",
      "The cgroup namespace. systemd manages the cgroups below its own cgroup.",
    ),
    cost: message(
      "word.key.cgroup-cost",
      "`private` grants no extra access; `host` exposes the host's cgroups.",
    ),
    source: { named: "cgroup_namespaces(7)", measured: allVersions, rule: "run-cgroup-namespace" },
  },
  {
    word: "stop_signal",
    fact: message(
      "word.key.stop-signal",
      "systemd stops on SIGRTMIN+3, not on SIGTERM. This key overrides the image's STOPSIGNAL.",
    ),
    cost: noCost,
    source: {
      named: "systemd(1), Signals",
      measured: "Docker 20.10, 28.5; systemd 252",
      rule: "run-stop-signal",
    },
  },
  {
    word: "stop_grace_period",
    fact: message(
      "word.key.grace",
      "The engine kills the container after this time, 10 s by default. systemd gives each service 90 s to stop.",
    ),
    cost: noCost,
    source: { named: "systemd-system.conf(5), DefaultTimeoutStopSec=", rule: "run-stop-grace" },
  },
];
