#!/bin/sh
# Keeps one engine alive, and sees to it that nothing of it is left behind, whoever is killed first.
#
#   keeper.sh keep DRAFT STATE ROOT ENGINE CGROUP FOLDER...   starts it; stdin is the owner's life line
#   keeper.sh clean STATE                                     ends it, also after a crash; safe to repeat
#
# DRAFT becomes STATE, the engine's state folder, once it is locked, so that nobody takes it for what a crash
# left. It holds the file "cgroups": the control groups to make for the engine, a path a line. The engine lives in a PID namespace of its own, so it dies with its first process; every process
# of it is in those control groups, so they can be found and killed without guessing at process ids.
set -u
here=$(cd "$(dirname "$0")" && pwd)

clean() {
  state=$1
  first=$(cat "$state/pid" 2>/dev/null)
  groups_of "$state" | while read -r group; do remove "$group" 2>/dev/null; done
  tries=0
  while [ "$first" ] && [ -d "/proc/$first" ] && [ $tries -lt 100 ]; do
    tries=$((tries + 1))
    sleep 0.05
  done
  restore_delegation "$state"
  # --one-file-system: should a mount of the engine ever be visible here, its content is not ours to remove.
  rm -rf --one-file-system "$state" 2>/dev/null
  true
}

# The keeper remembers them: somebody may tidy up the folder for temporary files under a running engine.
groups_of() {
  if [ "${groups:-}" ]; then echo "$groups"; else cat "$1/cgroups" 2>/dev/null; fi
}

# Kills what is in a control group and below, and removes it; a dying process holds it a moment. Gives up after 10 s.
remove() {
  tries=0
  while [ -d "$1" ] && [ $tries -lt 200 ]; do
    # 0 stands for a process of a foreign PID namespace; `kill 0` would end this script.
    # shellcheck disable=SC2046
    kill -KILL $(find "$1" -name cgroup.procs -exec cat {} + | grep -vx 0)
    find "$1" -depth -type d -exec rmdir {} \;
    tries=$((tries + 1))
    [ ! -d "$1" ] || sleep 0.05
  done
}

# engine.sh switched `nsdelegate` on for the machine's cgroup2 and noted how it was. Without it nothing keeps it.
restore_delegation() (
  notes=/run/systemd-containers-lab
  note=$notes/$(basename "$1")
  [ -f "$note" ] || exit 0
  exec 8<"$notes"
  flock 8
  options=$(cat "$note") && rm "$note" || exit 0
  [ ! "$(ls "$notes")" ] || exit 0
  unshare --mount mount -t cgroup2 -o "$options" cgroup2 "$notes"
) >/dev/null 2>&1

keep() {
  draft=$1 state=$2
  shift
  exec 3<&0 9>"$draft/lock"
  flock --nonblock 9 || exit 1
  mv "$draft" "$state" || exit 1
  groups=$(cat "$state/cgroups")
  mkdir "$state/root" "$state/data" || exit 1
  # The one that reads is the guard: end of file means that the one that runs the engine is gone.
  run_engine "$@" | { read -r _; clean "$state"; }
  clean "$state"
}

run_engine() {
  setpriv --pdeathsig KILL sh "$here/engine.sh" join "$@" </dev/null >&2 3<&- 9>&- &
  engine=$!
  watch_owner "$1" <&3 >/dev/null 9>&- &
  wait $engine
  echo "the engine's first process ended with $?" >&2
}

# On the life line a line says that the engine shall outlive its owner, end of file that the owner is gone. The
# one that reads it is watched by another. They end with the owner, or when they need to watch no more.
watch_owner() {
  { read -r word && echo "$word" || clean "$1"; } | { read -r _ || clean "$1"; }
}

# On one line with what it runs: a shell reads on in a file that may have changed by then.
"$@"; exit
