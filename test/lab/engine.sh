#!/bin/sh
# Starts one engine in namespaces of its own; keeper.sh calls it.
#
#   engine.sh join STATE ROOT ENGINE CGROUP FOLDER...
#
# ROOT is a Debian root that has the engine, ENGINE `docker` or `podman`, CGROUP 1 or 2. The FOLDERs, among
# them the one that STATE is in, keep their paths inside. Three steps, each an exec of the next:
#   join    enter the engine's control groups
#   leaf    within a cgroup namespace whose root they are, leave that root, so that it can delegate
#   inside  PID 1 of the engine: mounts, root, engine
set -eu
step=$1
shift
state=$1 root=$2 engine=$3 cgroup=$4

join() {
  mkdir_groups
  delegate
  while read -r group; do echo $$ >"$group/cgroup.procs"; done <"$state/cgroups"
  exec unshare --cgroup sh "$0" leaf "$@"
}

mkdir_groups() {
  while read -r group; do
    mkdir -p "$group/lab-engine"
    # A v1 cpuset takes no process before it is told which processors and memory are its own.
    for file in cpuset.cpus cpuset.mems; do
      [ -f "$group/$file" ] || continue
      for below in "$group" "$group/lab-engine"; do cat "$below/../$file" >"$below/$file"; done
    done
  done <"$state/cgroups"
}

# systemd hosts, hybrid ones too, mount cgroup2 with nsdelegate: a cgroup namespace is a border. It is one
# switch for the whole machine, and only in the machine's own cgroup namespace does it move.
# A note of every engine that wants it says how it was before; keeper.sh takes it back with the last note.
delegate() (
  notes=/run/systemd-containers-lab
  mkdir -p "$notes"
  exec 8<"$notes"
  flock 8
  options=$(awk '/ - cgroup2 / { print $NF; exit }' /proc/self/mountinfo)
  earlier=$(cat "$notes"/* 2>/dev/null | head -n 1)
  case "$earlier:,$options," in
    :*,nsdelegate,*) exit ;; # It is the machine's own.
    :*) unshare --mount mount -t cgroup2 -o "$options,nsdelegate" cgroup2 "$notes" ;;
  esac
  echo "${earlier:-$options}" >"$notes/$(basename "$state")"
)

leaf() {
  while read -r group; do echo $$ >"$group/lab-engine/cgroup.procs"; done <"$state/cgroups"
  exec unshare --mount --pid --fork --kill-child --propagation private sh "$0" inside "$@"
}

inside() {
  # Still the machine's /proc: the process id by which the machine knows this first process.
  read -r pid _ </proc/self/stat
  shift 4
  data=$state/data
  # Unpacking an image into memory is many times faster than onto a disk, and is gone with its namespace.
  if awk '/^MemAvailable:/ { exit $2 < 8000000 }' /proc/meminfo; then mount -t tmpfs tmpfs "$data"; fi
  mkdir "$data/upper" "$data/work" "$data/engine"
  mount -t overlay -o "lowerdir=$root,upperdir=$data/upper,workdir=$data/work" overlay "$state/root"
  cd "$state/root"
  mount -t proc proc proc
  mount -t sysfs sysfs sys
  mount --rbind /dev dev
  mount -t tmpfs -o mode=755 tmpfs run
  mount_cgroups
  mkdir -p var/lib/docker var/lib/containers
  mount --bind "$data/engine" var/lib/docker
  mount --bind "$data/engine" var/lib/containers
  cp -L --remove-destination /etc/resolv.conf /etc/hosts etc/
  for folder in "$@"; do
    mkdir -p ".$folder"
    mount --bind "$folder" ".$folder"
  done
  echo "$pid" >"$state/pid"
  pivot_root . mnt
  umount -l /mnt
  cd /
  serve
}

mount_cgroups() {
  if [ "$cgroup" = 2 ]; then
    mount -t cgroup2 cgroup2 sys/fs/cgroup
    return
  fi
  mount -t tmpfs -o mode=755 tmpfs sys/fs/cgroup
  while IFS=: read -r id names _; do
    case $id:$names in
      0:*) name=unified type=cgroup2 options=rw ;;
      *:name=*) name=${names#name=} type=cgroup options=none,$names ;;
      *) name=$names type=cgroup options=$names ;;
    esac
    mkdir "sys/fs/cgroup/$name"
    mount -t "$type" -o "$options" cgroup "sys/fs/cgroup/$name"
  done </proc/self/cgroup
}

# This shell stays as PID 1: it collects the shims that outlive their parents.
serve() {
  export PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin HOME=/root
  if [ "$engine" = podman ]; then
    podman_settings
    podman system service --time=0 "unix://$state/engine.sock" &
  else
    # Two engines must not share the default bridge.
    dockerd --host="unix://$state/engine.sock" --bridge=none --iptables=false &
  fi
  wait $!
}

# No systemd here that could make the control groups, and no limits that the machine can't grant.
podman_settings() {
  mkdir -p /etc/containers
  # Builds mount overlays there, which the kernel refuses on the overlay that the root is.
  mount -t tmpfs tmpfs /var/tmp
  cat >/etc/containers/containers.conf <<-'END'
	[containers]
	netns = "none"
	pids_limit = 0
	default_ulimits = ["nofile=1024:1024", "nproc=1000:1000"]
	[engine]
	cgroup_manager = "cgroupfs"
	events_logger = "file"
	END
}

# On one line with what it runs: a shell reads on in a file that may have changed by then.
"$step" "$@"; exit
