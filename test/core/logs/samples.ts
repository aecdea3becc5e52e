/**
 * A line for each row of the catalogue, as its source shows it. Several where versions word it differently.
 */
export const samples: Readonly<Record<string, readonly string[]>> = {
  "target-not-loaded": [
    "Falling back to rescue.target.",
    "Falling back to rescue target: rescue.target",
    "Trying to load rescue target...",
  ],
  "target-maintenance": [
    "[  OK  ] Reached target rescue.target - Rescue Mode.",
    "[  OK  ] Reached target Emergency Mode.",
  ],
  "cgroup-read-only": ["Failed to create /init.scope control group: Read-only file system"],
  "cgroup-read-only-host-path": [
    "Failed to create /docker/3f2a/init.scope control group: Read-only file system",
    "Failed to create /system.slice/docker-3f2a.scope/init.scope control group: Read-only file system",
  ],
  "cgroup-private-bind": ["Failed to create /init.scope control group: No such file or directory"],
  "cgroup-private-bind-247": ["Failed to determine supported controllers: No such file or directory"],
  "cgroup-host-without-bind": [
    "Failed to create /docker/3f2a/init.scope control group: No such file or directory",
  ],
  "cgroup-denied": [
    "Failed to create /init.scope control group: Permission denied",
    "Failed to create /system.slice/docker-3f2a.scope/init.scope control group: Permission denied",
    "Failed to create root cgroup hierarchy: Permission denied",
  ],
  "cgroup-read-only-kubernetes": [
    "Failed to create /kubepods.slice/kubepods-pod1.slice/cri-containerd-3f2a.scope/init.scope control group: Read-only file system",
    "[pod/web-0/web] Failed to create /init.scope control group: Read-only file system",
  ],
  "cgroup-session": [
    "Failed to create /user.slice/user-1000.slice/init.scope control group: Permission denied",
    "Failed to create /user.slice/user-1001.slice/session-3.scope/init.scope control group: Permission denied",
  ],
  "not-root": ["Cannot write /run/machine-id: Permission denied"],
  "cgroup-read-only-root": ["Failed to create root cgroup hierarchy: Read-only file system"],
  "cgroup-inotify": [
    "Failed to create control group inotify object: Too many open files",
    "Failed to allocate manager object: Too many open files",
  ],
  "cgroup2-mount": [
    'Failed to mount cgroup2 (type cgroup2) on /sys/fs/cgroup (MS_NOSUID|MS_NODEV|MS_NOEXEC "nsdelegate"): Operation not permitted',
  ],
  "cgroup-owner": ["Failed to create /init.scope control group: Operation not permitted"],
  "cgroup-mount-unknown": [
    "Failed to mount cgroup at /sys/fs/cgroup/systemd: Operation not permitted",
    'Failed to mount cgroup (type cgroup) on /sys/fs/cgroup/systemd (MS_NOSUID|MS_NODEV|MS_NOEXEC "none,name=systemd,xattr"): Operation not permitted',
  ],
  "cgroup-force-v1": [
    "Error: OCI runtime error: mount `cgroup` to `/sys/fs/cgroup/systemd`: Operation not permitted: OCI permission denied",
  ],
  "cgroup-no-medium": ["Cannot determine cgroup we are running in: No medium found"],
  "cgroup-unknown": ["Cannot determine cgroup we are running in: No such file or directory"],
  "cgroup-v1-removed": [
    "Detected cgroup v1 hierarchy at /sys/fs/cgroup/, which is no longer supported by current version of systemd.",
    "[!!!!!!] Detected unsupported legacy cgroup hierarchy, refusing execution.",
  ],
  "cgroup-v1-refused": [
    "Refusing to run under cgroup v1, SYSTEMD_CGROUP_ENABLE_LEGACY_FORCE=1 not specified on kernel command line.",
  ],
  "cgroup-v1-delay": [
    "Legacy cgroup v1 support selected. This is no longer supported. Will proceed anyway after 30s.",
  ],
  "cgroup-takeover": [
    "Failed to establish memory pressure event source, ignoring: Protocol driver not attached",
    "Failed to attach 1 to compat systemd cgroup /init.scope: No such file or directory",
    "Failed to attach 1 to compat systemd cgroup '/init.scope', ignoring: No such file or directory",
  ],
  "tmpfs-denied": [
    "Failed to mount tmpfs at /run: Permission denied",
    "Failed to mount tmpfs at /run/lock: Permission denied",
  ],
  "tmpfs-lock": [
    "Failed to mount tmpfs at /run/lock: Operation not permitted",
    'Failed to mount tmpfs (type tmpfs) on /run/lock (MS_NOSUID|MS_NODEV "mode=1777"): Operation not permitted',
  ],
  "tmpfs-run": [
    "Failed to mount tmpfs at /run: Operation not permitted",
    'Failed to mount tmpfs (type tmpfs) on /run (MS_NOSUID|MS_NODEV|MS_STRICTATIME "mode=0755,size=20%"): Operation not permitted',
  ],
  "fork-denied": ["Failed to fork: Operation not permitted"],
  telinit: [
    "Couldn't find an alternative telinit implementation to spawn.",
    "init: required argument missing.",
  ],
  "user-instance": [
    "Trying to run as user instance, but the system has not been booted with systemd.",
    "Explicit --user argument required to run as user manager.",
  ],
  "user-instance-in-system": ["Trying to run as user instance, but $XDG_RUNTIME_DIR is not set."],
  "init-not-found": [
    'exec: "/usr/sbin/init": stat /usr/sbin/init: no such file or directory: unknown',
    'OCI runtime create failed: runc create failed: unable to start container process: exec: "/sbin/init": stat /sbin/init: no such file or directory: unknown',
    "Error: crun: executable file `/sbin/init` not found in $PATH: No such file or directory: OCI runtime attempted to invoke a command that was not found",
    "/bin/sh: 1: /sbin/init: not found",
    "/bin/sh: /usr/sbin/init: not found",
    "bash: line 1: /usr/lib/systemd/systemd: No such file or directory",
    "/entrypoint.sh: line 12: exec: /sbin/init: cannot execute: No such file or directory",
    "/entrypoint.sh: 12: exec: /sbin/init: not found",
    "exec /usr/sbin/init: no such file or directory",
    'exec: "/lib/systemd/systemd": stat /lib/systemd/systemd: no such file or directory',
  ],
  "init-one-word": [
    'unable to start container process: exec: "/sbin/init --log-level=info": stat /sbin/init --log-level=info: no such file or directory: unknown',
    "Error: crun: executable file `/usr/lib/systemd/systemd --system` not found: No such file or directory",
  ],
  "init-path-unknown": [
    'oci runtime error: container_linux.go:262: starting container process caused "exec: \\"/bin/systemd\\": stat /bin/systemd: no such file or directory"',
    'OCI runtime create failed: unable to start container process: exec: "systemd": executable file not found in $PATH: unknown',
    "Error: crun: executable file `init` not found in $PATH: No such file or directory",
  ],
  "init-architecture": ["exec /sbin/init: exec format error"],
  "selinux-label": [
    "fedora setroubleshoot[1586]: SELinux is preventing init from read access on the file /usr/lib/systemd/libsystemd-shared-253.so.",
    "SELinux is preventing /usr/lib/systemd/systemd from 'read, open' accesses on the file /etc/machine-id. For complete messages run: sealert -l 1",
  ],
  "selinux-avc": [
    'type=AVC msg=audit(1700000000.1:42): avc:  denied  { read } for  pid=4711 comm="init" name="libc.so.6" dev="sdb1" ino=42 scontext=system_u:system_r:container_init_t:s0:c1,c2 tcontext=unconfined_u:object_r:default_t:s0 tclass=file permissive=0',
  ],
  "selinux-cgroup": [
    'avc:  denied  { create } for  pid=4711 comm="systemd" name="init.scope" scontext=system_u:system_r:container_t:s0:c1,c2 tcontext=system_u:object_r:cgroup_t:s0 tclass=dir permissive=0',
    "SELinux is preventing systemd from write access on the directory /sys/fs/cgroup/system.slice.",
  ],
  "init-library-denied": [
    "/sbin/init: error while loading shared libraries: libsystemd-shared-252.so: cannot open shared object file: Permission denied",
    "/usr/lib/systemd/systemd: error while loading shared libraries: libc.so.6: failed to map segment from shared object: Permission denied",
  ],
  "unix-chkpwd": [
    "sudo: PAM account management error: Authentication service cannot retrieve authentication info",
    "su: Authentication service cannot retrieve authentication info",
    "crond[42]: (root) FAILED to authorize user with PAM (Authentication service cannot retrieve authentication info)",
    'audit: type=1400 audit(1700000000.1:42): apparmor="DENIED" operation="capable" class="cap" profile="unix-chkpwd" pid=4711 comm="unix_chkpwd" capability=1 capname="dac_override"',
    "unix_chkpwd[4711]: could not obtain user info (root)",
  ],
  "userns-apparmor": [
    "Error: creating network namespace for container 3f2a: failed to create namespace: open /proc/4711/task/4712/ns/net: permission denied",
    "[rootlesskit:parent] error: failed to start the child: fork/exec /proc/self/exe: operation not permitted",
    'audit: type=1400 audit(1700000000.1:42): apparmor="DENIED" operation="userns_create" class="namespace" info="Userns create restricted"',
  ],
  "userns-apparmor-warning": [
    'WARN[0000] Cannot open current network namespace /proc/4711/ns/net: "open /proc/4711/ns/net: permission denied"',
  ],
  "driver-without-systemd": [
    "OCI runtime create failed: systemd cgroup flag passed, but systemd support for managing cgroups is not available: unknown",
  ],
  "crun-without-systemd": [
    "Error: OCI runtime error: systemd not supported: Operation not supported",
    "Error: crun: systemd not supported: Operation not supported: OCI runtime error",
  ],
  "no-cgroup-mount": [
    "docker: Error response from daemon: cgroups: cannot find cgroup mount destination: unknown.",
    "docker: Error response from daemon: cgroups: cgroup mountpoint does not exist: unknown.",
  ],
  "no-user-session": [
    "WARN[0000] The cgroupv2 manager is set to systemd but there is no systemd user session available",
  ],
  "inotify-watches": [
    "tail: inotify resources exhausted",
    "Failed to add a watch for /run/systemd/ask-password: inotify watch limit reached",
    "Failed to add control inotify watch descriptor for control group /system.slice/web.service: No space left on device",
  ],
  "device-timeout": [
    "[ TIME ] Timed out waiting for device dev-ttyS0.device - /dev/ttyS0.",
    "[ TIME ] Timed out waiting for device dev-disk-by\\x2duuid-0123.device.",
    "[ ***  ] A start job is running for dev-console.device (45s / 1min 30s)",
    "[*     ] Job dev-hvc0.device/start running: A start job is running for /dev/hvc0 (8s / 1min 30s)",
    "dev-ttyAMA0.device: Job dev-ttyAMA0.device/start timed out.",
  ],
  "cpu-level": ["Fatal glibc error: CPU does not support x86-64-v3"],
  console: ["Failed to open /dev/console: No such file or directory"],
  "not-detected": ["Detected virtualization kvm.", "Detected virtualization microsoft."],
  "reboot-denied": ["Failed to invoke reboot(): Operation not permitted"],
  "writable-cgroups-refused": [
    'docker: Error response from daemon: invalid --security-opt 2: "writable-cgroups=true"',
  ],
  "writable-cgroups-bare": [
    'invalid --security-opt: "writable-cgroups"',
    "invalid security-opt: writable-cgroups",
  ],
  "writable-cgroups-userns": [
    "Error response from daemon: option WritableCgroups conflicts with user namespaces and rootless mode",
  ],
  "podman-v1-private": ["Error: cgroup namespace is not supported with cgroup v1 and systemd mode"],
  "tmpfs-option": ['Error response from daemon: invalid tmpfs option "exce"'],
  "rootless-wsl": [
    "Error response from daemon: open /sys/fs/cgroup/user.slice/user-1000.slice/cgroup.controllers: no such file or directory",
  ],
  "stop-signal-unknown": ['failed to parse stop signal "SIGRTMIN+3": unknown signal "SIGRTMIN+3"'],
  "exec-busy": [
    "OCI runtime exec failed: exec failed: write /sys/fs/cgroup/docker/3f2a/cgroup.procs: device or resource busy",
  ],
  "build-mount-source": ['ERROR: failed to compute cache key: "/sys/fs/cgroup": not found'],
  "build-mount-space": ["dockerfile parse error on line 4: missing a value on flag: --mount"],
  "not-booted": ["System has not been booted with systemd as init system (PID 1). Can't operate."],
  "build-step": [
    'ERROR: failed to solve: process "/bin/sh -c systemctl start nginx" did not complete successfully: exit code: 1',
    "The command '/bin/bash -c systemctl daemon-reload && echo' returned a non-zero code: 1",
    'Error: building at STEP "RUN systemctl restart sshd": while running runtime: exit status 1',
  ],
  "no-systemctl": [
    'OCI runtime exec failed: exec failed: unable to start container process: exec: "systemctl": executable file not found in $PATH: unknown',
    "Error: crun: executable file `systemctl` not found in $PATH: No such file or directory: OCI runtime attempted to invoke a command that was not found",
    'Failed to find required executable "systemctl" in paths: /usr/local/sbin:/usr/sbin:/sbin',
  ],
  "systemctl-stub": [
    '"systemd" is not running in this container due to its overhead. Use the "service" command to start services instead. e.g.:',
  ],
  "bus-host-down": [
    "Failed to connect to bus: Host is down",
    "Failed to connect to system scope bus via local transport: Host is down",
  ],
  "bus-219": ["Failed to get D-Bus connection: Operation not permitted"],
  "bus-user": [
    "systemctl[44]: Failed to connect to bus: No medium found",
    "Failed to connect to bus: $DBUS_SESSION_BUS_ADDRESS and $XDG_RUNTIME_DIR not defined (consider using --machine=<user>@.host --user to connect to bus of other user)",
  ],
  "bus-missing": ["Failed to connect to bus: No such file or directory"],
  "bus-missing-client": ["Failed to create bus connection: No such file or directory"],
  "runtime-sd-bus": [
    "Error: crun: sd-bus call: Interactive authentication required.: Permission denied: OCI permission denied",
    "ERRO[0000] sd-bus add match: Operation not permitted: OCI runtime permission denied error",
    "Error: OCI runtime error: crun: sd-bus open user: Connection refused",
  ],
  "runtime-cgroup-mount": [
    'Error: runc: process_linux.go:449: container init caused "rootfs_linux.go:58: mounting \\"/sys/fs/cgroup/systemd\\" to rootfs \\"/home/a/merged\\" at \\"/home/a/merged/sys/fs/cgroup/systemd\\" caused \\"operation not permitted\\""',
  ],
  "manager-silent": [
    "Failed to list units: Connection timed out",
    "Failed to get properties: Failed to activate service 'org.freedesktop.systemd1': timed out",
    "Failed to start web.service: Connection timed out",
  ],
  "unit-user-denied": [
    "web.service: Failed at step USER spawning /opt/web/server: Operation not permitted",
    "web.service: Failed at step GROUP spawning /opt/web/server: Operation not permitted",
  ],
  "bus-dead": ["Failed to connect to bus: Connection refused", "Failed to connect to bus: No data available"],
  "unit-not-found": [
    "Failed to enable unit: Unit file web.service does not exist.",
    "Failed to enable unit: Unit web.service does not exist",
    "Failed to enable unit, unit web.service does not exist.",
  ],
  "unit-alias": [
    "Failed to enable unit, refusing to operate on linked unit file sshd.service.",
    "Failed to enable unit: Refusing to operate on alias name or linked unit file: httpd2.service",
  ],
  "unit-masked": [
    "Failed to enable unit: Unit file /etc/systemd/system/web.service is masked.",
    "Failed to start web.service: Unit web.service is masked.",
  ],
  "namespace-proc": ["Failed to set up mount namespacing: /run/systemd/unit-root/proc: Permission denied"],
  "namespace-kernel-path": [
    "web.service: Failed to set up mount namespacing: /run/systemd/unit-root/proc/sys/kernel/hostname: No such file or directory",
    "web.service: Failed to set up mount namespacing: /run/systemd/mount-rootfs/sys/kernel/debug: No such file or directory",
    "web.service: Failed to set up mount namespacing: /proc/kcore: No such file or directory",
  ],
  "namespace-path": [
    "web.service: Failed to set up mount namespacing: /run/systemd/unit-root/srv/web: No such file or directory",
    "web.service: Failed to set up mount namespacing: /var/lib/web: No such file or directory",
  ],
  "namespace-path-unnamed": [
    "web.service: Failed to set up mount namespacing: No such file or directory",
    "web.service: Failed at step NAMESPACE spawning /opt/web/server: No such file or directory",
  ],
  "namespace-other": [
    "web.service: Failed to set up mount namespacing: Invalid argument",
    "web.service: Failed at step NAMESPACE spawning /opt/web/server: Too many levels of symbolic links",
  ],
  "namespace-apparmor": [
    "systemd[42]: dbus.service: Failed to set up mount namespacing: Permission denied",
    "systemd-logind.service: Failed at step NAMESPACE spawning /lib/systemd/systemd-logind: Permission denied",
  ],
  "namespace-refused": [
    "Failed to set up mount namespacing: Operation not supported",
    "Failed to set up mount namespacing: /run/systemd/unit-root/dev: Operation not permitted",
    "web.service: Failed at step NAMESPACE spawning /opt/web/server: Operation not supported",
  ],
  "namespace-226": ["systemd-logind.service: Main process exited, code=exited, status=226/NAMESPACE"],
  "network-namespace": [
    "Failed to set up network namespacing: Operation not permitted",
    "web.service: Main process exited, code=exited, status=225/NETWORK",
  ],
  "credentials-invalid": [
    "web.service: Failed to set up credentials: Invalid argument",
    "web.service: Failed at step CREDENTIALS spawning /opt/web/server: Invalid argument",
  ],
  "credentials-unsupported": ["web.service: Failed to set up credentials: Function not implemented"],
  "credentials-denied": [
    "web.service: Failed to set up credentials: Permission denied",
    "web.service: Failed at step CREDENTIALS spawning /opt/web/server: Operation not permitted",
  ],
  "credentials-other": ["web.service: Failed to set up credentials: No space left on device"],
  credentials: [
    "systemd-tmpfiles-setup.service: Main process exited, code=exited, status=243/CREDENTIALS",
    "Failed to set up credentials: Protocol error",
  ],
  capabilities: ["web.service: Main process exited, code=exited, status=218/CAPABILITIES"],
  "unit-cgroup": ["web.service: Main process exited, code=exited, status=219/CGROUP"],
  "exec-missing": [
    "web.service: Failed to locate executable /opt/web/server: No such file or directory",
    "web.service: Unable to locate executable '/opt/web/server': No such file or directory",
  ],
  "exec-denied": [
    "web.service: Failed to locate executable /opt/web/server: Permission denied",
    "web.service: Unable to locate executable '/opt/web/server': Permission denied",
    "web.service: Failed to execute /opt/web/server: Permission denied",
  ],
  "exec-denied-tmp": ["web.service: Unable to locate executable '/tmp/web/server': Permission denied"],
  "exec-interpreter": ["web.service: Failed to execute /opt/web/start: No such file or directory"],
  "exec-format": ["web.service: Failed to execute /opt/web/server: Exec format error"],
  "environment-file": ["web.service: Failed to load environment files: No such file or directory"],
  "directory-read-only": [
    "systemd-logind.service: Failed to set up special execution directory in /var/lib: Read-only file system",
  ],
  "unit-directory": ["web.service: Main process exited, code=exited, status=238/STATE_DIRECTORY"],
  "unit-stream": ["web.service: Main process exited, code=exited, status=209/STDOUT"],
  "system-call": ["web.service: Main process exited, code=killed, status=31/SYS"],
  "start-timeout": ["web.service: start operation timed out. Terminating."],
  "user-namespace": [
    "web.service: Failed to set up user namespacing: Operation not permitted",
    "web.service: Failed to set up user namespacing for unprivileged user: Operation not permitted",
  ],
  "credentials-missing": ["web.service: Failed to set up credentials: No such file or directory"],
  "cgroup-partial": [
    'error during container init: error mounting "/sys/fs/cgroup/systemd" to rootfs at "/sys/fs/cgroup/systemd": create mountpoint for /sys/fs/cgroup/systemd mount: read-only file system',
  ],
  "no-command": [
    "docker: Error response from daemon: no command specified",
    "Error: no command or entrypoint provided, and no CMD or ENTRYPOINT from image",
  ],
  "nologin-at-build": ["mv: cannot stat '/var/run/nologin': No such file or directory"],
  "unit-exec": ["web.service: Main process exited, code=exited, status=203/EXEC"],
  "unit-chdir": ["web.service: Main process exited, code=exited, status=200/CHDIR"],
  "unit-user": ["web.service: Main process exited, code=exited, status=217/USER"],
  "unit-scheduler": ["web.service: Main process exited, code=exited, status=214/SETSCHEDULER"],
  "tmp-mount": [
    "[FAILED] Failed to mount tmp.mount - Temporary Directory /tmp.",
    "tmp.mount: Failed with result 'exit-code'.",
  ],
  "run-lock-mount": [
    "[FAILED] Failed to mount run-lock.mount - Legacy Locks Directory /run/lock.",
    "run-lock.mount: Failed with result 'exit-code'.",
  ],
  "kernel-mounts": [
    "[FAILED] Failed to mount Huge Pages File System.",
    "dev-hugepages.mount: Mount process exited, code=exited status=32",
    "[FAILED] Failed to mount FUSE Control File System.",
    "[FAILED] Failed to mount Kernel Debug File System.",
  ],
  "remount-root": ["[FAILED] Failed to start Remount Root and Kernel File Systems."],
  "user-runtime": ["Failed to mount per-user tmpfs directory /run/user/1000: Permission denied"],
  "audit-socket": [
    "[FAILED] Failed to listen on Journal Audit Socket.",
    "systemd-journald-audit.socket failed to listen on sockets: Operation not permitted",
  ],
  nologin: [
    '"System is booting up. Unprivileged users are not permitted to log in yet. Please come back later. For technical details, see pam_nologin(8)."',
  ],
  firstboot: [
    "Welcome to your new installation of Arch Linux! Please configure your system!",
    "-- Press any key to proceed --",
  ],
  "session-timeout": ["pam_systemd(sshd:session): Failed to create session: Connection timed out"],
  inotify: [
    "Failed to allocate directory watch: Too many open files",
    "Failed to create inotify object: Too many open files",
    "tail: inotify cannot be used, reverting to polling: Too many open files",
  ],
  clock: [
    "Fatal error : adjtimex(0x8001) failed : Operation not permitted",
    "ntp_adjtime() failed: Operation not permitted",
    "date: cannot set date: Operation not permitted",
  ],
  "clock-skipped": [
    "chrony.service - chrony, an NTP client/server was skipped because of an unmet condition check (ConditionCapability=CAP_SYS_TIME).",
  ],
  auditd: ["Error sending status request (Operation not permitted)"],
  tun: ["ERROR: Cannot open TUN/TAP dev /dev/net/tun: No such file or directory (errno=2)"],
  "fuse-device": ["fuse: device not found, try 'modprobe fuse' first"],
  "fuse-mount": ["fusermount: mount failed: Operation not permitted"],
  "packet-filter": ["/etc/nftables.conf:3:1-14: Error: Could not process rule: Operation not permitted"],
  "audit-message": ["sudo: unable to send audit message: Operation not permitted"],
  "resolv-conf": ["ln: failed to create symbolic link '/etc/resolv.conf': Device or resource busy"],
  "manager-read-only": ["Failed to allocate manager object: Read-only file system"],
  "manager-not-found": ["Failed to allocate manager object: No such file or directory"],
  "manager-denied": ["Failed to allocate manager object: Permission denied"],
  manager: ["[!!!!!!] Failed to allocate manager object."],
  "api-file-systems": [
    "[!!!!!!] Failed to mount API filesystems.",
    "[!!!!!!] Failed to mount API filesystems, freezing.",
  ],
  freezing: ["Freezing execution.", "[!!!!!!] Failed to start up manager, freezing."],
  exiting: ["Exiting PID 1..."],
  virtualization: ["Detected virtualization docker.", "Detected virtualization container-other."],
  "kernel-baseline": [
    "Reported kernel version 4.19.0 is older than systemd's required baseline kernel version 5.4.",
  ],
  "release-agent": ["Failed to install release agent, ignoring: Read-only file system"],
  "datagram-queue": ["Failed to read AF_UNIX datagram queue length, ignoring: No such file or directory"],
  "remaining-processes": [
    "Couldn't move remaining userspace processes, ignoring: Input/output error",
    "-.slice: Failed to migrate controller cgroups from /, ignoring: Input/output error",
  ],
  "compat-cgroup": [
    "Failed to create compat systemd cgroup /system.slice: Permission denied",
    "Failed to attach 1 to compat systemd cgroup /init.scope: Permission denied",
  ],
  "cgroup-attributes": [
    "Failed to set 'trusted.invocation_id' xattr on control group /, ignoring: Operation not permitted",
    "Failed to reset devices.list on /system.slice: Operation not permitted",
    "Failed to set invocation ID on control group /init.scope, ignoring: Operation not permitted",
    "-.slice: Failed to get cgroup ID of cgroup /sys/fs/cgroup/docker/3f2a, ignoring: Operation not permitted",
  ],
  "controller-links": ["Failed to create symlink /sys/fs/cgroup/cpu: File exists"],
  libbpf: ["Failed to open libbpf, cgroup BPF features disabled: Operation not supported"],
  "shared-propagation": [
    "Failed to set up the root directory for shared mount propagation: Operation not permitted",
  ],
  "masked-dependency": [
    "Cannot add dependency job for unit getty.target, ignoring: Unit getty.target is masked.",
  ],
  "policy-rc": [
    "invoke-rc.d: policy-rc.d denied execution of start.",
    "invoke-rc.d: could not determine current runlevel",
  ],
  chroot: ["Running in chroot, ignoring command 'start'", "Running in chroot, ignoring request."],
  fstab: ["Running in a container, ignoring fstab device entry for /dev/sda1."],
  "machine-id": [
    "Failed to mount /etc/machine-id: Operation not permitted",
    'Failed to mount /run/machine-id (type n/a) on /etc/machine-id (MS_BIND ""): Operation not permitted',
  ],
  "exiting-container": ["Exiting container."],
};
