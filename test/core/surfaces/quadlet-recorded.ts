/**
 * Files of Quadlet, and what the generator of Podman 5.8 makes of them: `ExecStart=` of the service, behind `podman`.
 * `test/engine/quadlet.test.ts` compares this with the generator.
 */
export const recorded: readonly { readonly text: string; readonly start: string }[] = [
  {
    text: "[Container]\nImage=localhost/web\n",
    start: "run --name systemd-%N --replace --rm --cgroups=split --sdnotify=conmon -d localhost/web",
  },
  {
    text: '# comment\n[Unit]\nDescription=x\n\n[Container]\nImage = localhost/web\nRunInit=yes\nStopSignal="SIGTERM"\nStopTimeout=70\nTmpfs=/run\nTmpfs=/tmp:size=1g,mode=1777\nReadOnly=off\nUser=0\nGroup=0\nHostName="a b"\nMemory=1g\nExec=/sbin/init --unit=multi-user.target\n\n[Install]\nWantedBy=default.target\n',
    start:
      'run --name systemd-%N --replace --rm --cgroups=split --hostname "a\\x20b" --stop-timeout 70 --memory 1g --stop-signal SIGTERM --tmpfs /run --tmpfs /tmp:size=1g,mode=1777 --init --sdnotify=conmon -d --read-only=false --user 0:0 localhost/web /sbin/init --unit=multi-user.target',
  },
  {
    text: '[Container]\nImage=localhost/web\nAddCapability=CAP_SYS_ADMIN "NET_ADMIN"\nAddCapability=sys_time\nDropCapability=ALL\nAddDevice=/dev/fuse /dev/kvm:/dev/kvm2:rw\nSeccompProfile=unconfined\nAppArmor=unconfined\nNoNewPrivileges=true\nSecurityLabelDisable=true\nSecurityLabelType=spc_t\nMask=/proc/a /proc/b\nUnmask=ALL\n',
    start:
      "run --name systemd-%N --replace --rm --cgroups=split --sdnotify=conmon -d --security-opt=no-new-privileges --security-opt label=disable --security-opt label=type:spc_t --security-opt apparmor=unconfined --device /dev/fuse --device /dev/kvm:/dev/kvm2:rw --security-opt seccomp=unconfined --cap-drop all --cap-add cap_sys_admin --cap-add net_admin --cap-add sys_time --security-opt mask=/proc/a --security-opt mask=/proc/b --security-opt unmask=ALL localhost/web",
  },
  {
    text: '[Container]\nImage=localhost/web\nVolume=/sys/fs/cgroup:/sys/fs/cgroup:ro\nVolume=/data\nVolume=named:/named:z\nMount=type=tmpfs,destination=/run/lock\nMount=type=bind,source=/a,target=/b,readonly\nPublishPort=127.0.0.1:8080:80\nNetwork=host\nEnvironment=A=1 "B=2 3" C \'D=x"y\'\nEnvironment=E=a\\x20b\\n\nLabel=a.b=c\nAnnotation=x=y\nSysctl=net.a=1 net.b=2\n',
    start:
      'run --name systemd-%N --replace --rm --cgroups=split --network host --sdnotify=conmon -d --sysctl net.a=1 --sysctl net.b=2 -v /sys/fs/cgroup:/sys/fs/cgroup:ro -v /data -v named:/named:z --publish 127.0.0.1:8080:80 --env A=1 --env "B=2\\x203" --env C --env "D=x\\"y" --env "E=a\\x20b\\n" --label a.b=c --annotation x=y --mount type=tmpfs,destination=/run/lock --mount type=bind,source=/a,target=/b,readonly localhost/web',
  },
  {
    text: "[Container]\nImage=localhost/web\nPodmanArgs=--privileged --cgroupns host \\\n  # inside\n\n  -t --systemd=always\nPodmanArgs=\"--hostname=a b\" --tmpfs=/x\nGlobalArgs=--runtime=runc\nExec=/bin/sh -c \\\n  'exec  /sbin/init' d'e'\"f\"\n",
    start:
      '--runtime=runc run --name systemd-%N --replace --rm --cgroups=split --sdnotify=conmon -d --privileged --cgroupns host -t --systemd=always "--hostname=a\\x20b" --tmpfs=/x localhost/web /bin/sh -c "exec\\x20\\x20/sbin/init" def',
  },
  {
    text: "[Container]\nImage=localhost/old\nImage=localhost/web\nTmpfs=/a\nTmpfs=\nTmpfs=/b\nRunInit=true\nRunInit=false\nStopSignal=SIGTERM\nStopSignal=\nPodmanArgs=--privileged\nPodmanArgs=\nSeccompProfile=a\nSeccompProfile=b\nEntrypoint=/x\nEntrypoint=\nSecurityLabelDisable=no\nAddCapability=A\\x20B\n",
    start:
      'run --name systemd-%N --replace --rm --cgroups=split --entrypoint= --tmpfs /b --init=false --sdnotify=conmon -d --security-opt seccomp=b --cap-add "a\\\\x20b" localhost/web',
  },
  {
    text: "[Container]\nImage=localhost/web\nEnvironment=A=100%% B=$$x\nExec=a$$b $$c %%d\nUserNS=host\nUlimit=nofile=1:2\nPidsLimit=10\nCgroupsMode=enabled\nContainerName=named\nHealthCmd=systemctl is-system-running\nReadOnlyTmpfs=true\nHttpProxy=false\nTimezone=local\nWorkingDir=/x\nAddHost=a:1.2.3.4\nDNS=1.1.1.1\nLogDriver=journald\nLogOpt=a=b c=d\nSecret=a,type=env b\nEnvironmentFile=/a /b\nAutoUpdate=registry\nExposeHostPort=80\nShmSize=1g\nPull=never\nEntrypoint=/sbin/init\n",
    start:
      'run --name named --replace --rm --log-driver journald --log-opt a=b --log-opt c=d --cgroups enabled --entrypoint=/sbin/init --pids-limit 10 --shm-size 1g --workdir /x --pull never --tz local --ulimit nofile=1:2 --dns 1.1.1.1 --add-host a:1.2.3.4 --read-only-tmpfs --http-proxy=false --sdnotify=conmon -d --userns host --label io.containers.autoupdate=registry --expose 80 --env A=100%% --env B=$$x --env-file /a --env-file /b --secret a,type=env --secret b --health-cmd "systemctl\\x20is-system-running" localhost/web a$$b $$c %%d',
  },
  {
    text: "[Container]\r\nImage=localhost/web\r\nTmpfs=/run \r\nPodmanArgs=-t \\\r\n  --privileged\r\n",
    start:
      "run --name systemd-%N --replace --rm --cgroups=split --tmpfs /run --sdnotify=conmon -d -t --privileged localhost/web",
  },
  {
    text: "[Container]\nTmpfs=/a\n[Service]\nTimeoutStopSec=5\n[Container]\nImage=localhost/web\nTmpfs=/b\nEnvironment=BAD\\q=1\nEnvironment=GOOD=1\nPodmanArgs=--tty=false\\\n--init\n",
    start:
      "run --name systemd-%N --replace --rm --cgroups=split --tmpfs /a --tmpfs /b --sdnotify=conmon -d --env GOOD=1 --tty=false--init localhost/web",
  },
];
