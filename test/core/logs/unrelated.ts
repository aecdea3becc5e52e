/** Logs of programs that are not about systemd in a container, as they are met in a terminal. By what wrote them. */
export const unrelated: Readonly<Record<string, string>> = {
  nginx: `2026/11/24 10:00:00 [notice] 1#1: using the "epoll" event method
2026/11/24 10:00:00 [emerg] 1#1: host not found in upstream "api" in /etc/nginx/conf.d/default.conf:3
nginx: [emerg] bind() to 0.0.0.0:80 failed (13: Permission denied)
2026/11/24 10:00:01 [error] 29#29: *1 open() "/usr/share/nginx/html/favicon.ico" failed (2: No such file or directory), client: 172.17.0.1
10.0.0.7 - - [24/Nov/2026:10:00:01 +0000] "GET /status=203/ HTTP/1.1" 203 0 "-" "curl/8.5.0"`,
  "Apache httpd": `AH00558: apache2: Could not reliably determine the server's fully qualified domain name, using 172.17.0.2
(13)Permission denied: AH00072: make_sock: could not bind to address [::]:80
no listening sockets available, shutting down
AH00015: Unable to open logs`,
  PostgreSQL: `PostgreSQL Database directory appears to contain a database; Skipping initialization
2026-11-24 10:00:00.000 UTC [1] LOG:  starting PostgreSQL 17.2 on x86_64-pc-linux-gnu
2026-11-24 10:00:00.001 UTC [1] FATAL:  could not create lock file "/var/run/postgresql/.s.PGSQL.5432.lock": Permission denied
2026-11-24 10:00:00.001 UTC [1] LOG:  database system is shut down
FATAL:  data directory "/var/lib/postgresql/data" has invalid permissions
DETAIL:  Permissions should be u=rwx (0700) or u=rwx,g=rx (0750).
psql: error: connection to server on socket "/run/postgresql/.s.PGSQL.5432" failed: Connection refused`,
  MySQL: `2026-11-24T10:00:00.000000Z 0 [System] [MY-010116] [Server] /usr/sbin/mysqld (mysqld 8.4.3) starting as process 1
2026-11-24T10:00:00.000000Z 0 [ERROR] [MY-010187] [Server] Could not open file '/var/log/mysql/error.log' for error logging: Permission denied
2026-11-24T10:00:00.000000Z 0 [ERROR] [MY-010119] [Server] Aborting
mbind: Operation not permitted`,
  MongoDB: `{"t":{"$date":"2026-11-24T10:00:00.000+00:00"},"s":"E","c":"CONTROL","id":20557,"ctx":"initandlisten","msg":"DBException in initAndListen, terminating","attr":{"error":"IllegalOperation: Attempted to create a lock file on a read-only directory: /data/db"}}
{"t":{"$date":"2026-11-24T10:00:00.001+00:00"},"s":"F","c":"CONTROL","id":20574,"ctx":"-","msg":"Error during global initialization","attr":{"error":{"code":38,"codeName":"FileNotOpen"}}}`,
  Redis: `1:C 24 Nov 2026 10:00:00.000 # WARNING Memory overcommit must be enabled! Without it, a background save or replication may fail under low memory condition.
1:M 24 Nov 2026 10:00:00.001 # Failed opening the temp RDB file temp-1.rdb (in server root dir /data) for saving: Permission denied
1:signal-handler (1732442400) Received SIGTERM scheduling shutdown...
1:M 24 Nov 2026 10:00:01.001 # Redis is now ready to exit, bye bye...`,
  RabbitMQ: `2026-11-24 10:00:00.000000+00:00 [error] <0.9.0> Error description: {error,{cannot_read_enabled_plugins_file,"/etc/rabbitmq/enabled_plugins",eacces}}
BOOT FAILED
===========
Error during startup: {error,no_such_file}
{"Kernel pid terminated",application_controller,"{application_start_failure,rabbit}"}`,
  Elasticsearch: `{"@timestamp":"2026-11-24T10:00:00.000Z","log.level":"ERROR","message":"node validation exception","error.message":"max virtual memory areas vm.max_map_count [65530] is too low, increase to at least [262144]"}
ERROR: Elasticsearch did not exit normally - check the logs at /usr/share/elasticsearch/logs/docker-cluster.log
ERROR: Elasticsearch died while starting up, with exit code 78`,
  npm: `npm error code ENOENT
npm error syscall open
npm error path /app/package.json
npm error enoent Could not read package.json: Error: ENOENT: no such file or directory, open '/app/package.json'
npm error code EUSAGE
npm error \`npm ci\` can only install packages when your package.json and package-lock.json are in sync.
npm warn deprecated inflight@1.0.6: This module is not supported`,
  "Node.js": `node:internal/modules/cjs/loader:1228
  throw err;
Error: Cannot find module '/app/init'
    at Module._resolveFilename (node:internal/modules/cjs/loader:1225:15)
Error: EMFILE: too many open files, watch
Error: listen EADDRINUSE: address already in use :::3000
Node.js v20.18.0`,
  "Vite and a watcher": `Error: ENOSPC: System limit for number of file watchers reached, watch '/app/src'
    at FSWatcher.<computed> (node:internal/fs/watchers:247:19)
[vite] server connection lost. Polling for restart...`,
  "a Python traceback": `Traceback (most recent call last):
  File "/app/main.py", line 12, in <module>
    main()
  File "/usr/lib/python3.12/subprocess.py", line 1955, in _execute_child
    raise child_exception_type(errno_num, err_msg, err_filename)
FileNotFoundError: [Errno 2] No such file or directory: 'systemctl'
PermissionError: [Errno 13] Permission denied: '/run/app.pid'
ModuleNotFoundError: No module named 'systemd'`,
  gunicorn: `[2026-11-24 10:00:00 +0000] [1] [INFO] Starting gunicorn 23.0.0
[2026-11-24 10:00:30 +0000] [1] [CRITICAL] WORKER TIMEOUT (pid:7)
[2026-11-24 10:00:31 +0000] [1] [ERROR] Worker (pid:7) was sent SIGKILL! Perhaps out of memory?
[2026-11-24 10:00:31 +0000] [1] [ERROR] Worker failed to boot.`,
  "a Java application": `Exception in thread "main" java.lang.OutOfMemoryError: Java heap space
	at java.base/java.util.Arrays.copyOf(Arrays.java:3537)
	at com.example.Main.main(Main.java:10)
Caused by: java.net.ConnectException: Connection refused (Connection refused)
Error occurred during initialization of VM
Could not reserve enough space for 2097152KB object heap`,
  "Spring Boot": `2026-11-24T10:00:00.000Z ERROR 1 --- [main] o.s.b.d.LoggingFailureAnalysisReporter   :

***************************
APPLICATION FAILED TO START
***************************

Description:

Web server failed to start. Port 8080 was already in use.`,
  Go: `panic: runtime error: index out of range [3] with length 3

goroutine 1 [running]:
main.main()
	/src/main.go:12 +0x1d
exec: "git": executable file not found in $PATH
fork/exec /bin/app: exec format error
exit status 2`,
  Rust: `thread 'main' panicked at src/main.rs:4:5:
called \`Result::unwrap()\` on an \`Err\` value: Os { code: 2, kind: NotFound, message: "No such file or directory" }
note: run with \`RUST_BACKTRACE=1\` environment variable to display a backtrace`,
  PHP: `[24-Nov-2026 10:00:00] NOTICE: fpm is running, pid 1
[24-Nov-2026 10:00:00] ERROR: unable to bind listening socket for address '/run/php/php8.3-fpm.sock': No such file or directory (2)
PHP Fatal error:  Uncaught PDOException: SQLSTATE[HY000] [2002] Connection refused in /var/www/html/index.php:3`,
  Ruby: `/usr/local/bundle/gems/bundler-2.5.22/lib/bundler/definition.rb:691:in \`materialize': Could not find rack-3.1.8 in locally installed gems (Bundler::GemNotFound)
A server is already running. Check /app/tmp/pids/server.pid.
Exiting`,
  "the kernel of a virtual machine": `[    0.000000] Linux version 6.18.0 (gcc)
[    1.234567] systemd[1]: Detected virtualization kvm.
[    1.244567] systemd[1]: Failed to mount tmpfs at /run: Operation not permitted
[    2.345678] audit: type=1400 apparmor="DENIED" operation="mount"
[   10.123456] Memory cgroup out of memory: Killed process 4711 (web)
[   11.123456] EXT4-fs (sda1): re-mounted. Opts: errors=remount-ro`,
  "the journal of a machine": `Nov 24 10:00:00 host kernel: Linux version 6.18.0-1-amd64 (debian-kernel@lists.debian.org)
Nov 24 10:00:00 host kernel: Command line: BOOT_IMAGE=/boot/vmlinuz-6.18.0 root=UUID=01234567 ro quiet
Nov 24 10:00:01 host systemd[1]: systemd 252.30-1 running in system mode (+PAM +AUDIT)
Nov 24 10:00:01 host systemd[1]: Detected virtualization kvm.
Nov 24 10:00:01 host systemd[1]: Detected architecture x86-64.
Nov 24 10:00:03 host systemd[1]: dev-hugepages.mount: Mount process exited, code=exited status=32
Nov 24 10:00:05 host systemd[1]: backup.service: Main process exited, code=exited, status=203/EXEC`,
  "a Docker daemon": `time="2026-11-24T10:00:00.000000000Z" level=info msg="Starting up"
time="2026-11-24T10:00:00.100000000Z" level=warning msg="Your kernel does not support swap memory limit"
time="2026-11-24T10:00:00.200000000Z" level=warning msg="WARNING: API is accessible on http://0.0.0.0:2375 without encryption."
failed to start daemon: Error initializing network controller: error obtaining controller instance: failed to create NAT chain DOCKER: iptables failed: Permission denied (you must be root)`,
  "a build that fails": `#1 [internal] load build definition from Dockerfile
#5 [2/4] RUN make -j4
#5 1.234 cc -o app main.c
#5 1.301 main.c:1:10: fatal error: missing.h: No such file or directory
#5 1.302 make: *** [Makefile:3: app] Error 1
#5 ERROR: process "/bin/sh -c make -j4" did not complete successfully: exit code: 2
ERROR: failed to solve: process "/bin/sh -c make -j4" did not complete successfully: exit code: 2`,
  "a build without its file": `#6 [3/4] COPY app.conf /etc/app/
#6 ERROR: failed to calculate checksum of ref 01234567: "/app.conf": not found
ERROR: failed to build: failed to solve: failed to compute cache key: failed to calculate checksum of ref 01234567: "/app.conf": not found`,
  "an image that cannot be pulled": `Unable to find image 'nosuch:latest' locally
docker: Error response from daemon: pull access denied for nosuch, repository does not exist or may require 'docker login': denied: requested access to the resource is denied
Error response from daemon: Get "https://registry-1.docker.io/v2/": net/http: request canceled while waiting for connection
no space left on device`,
  "a container whose port is taken": `docker: Error response from daemon: failed to set up container networking: driver failed programming external connectivity on endpoint web: Bind for 0.0.0.0:80 failed: port is already allocated
docker: Error response from daemon: Conflict. The container name "/web" is already in use by container "0123456789ab". You have to remove (or rename) that container to be able to reuse that name.`,
  "a program that is not an init": `docker: Error response from daemon: failed to create task for container: OCI runtime create failed: runc create failed: unable to start container process: error during container init: exec: "/usr/bin/initdb": stat /usr/bin/initdb: no such file or directory
exec /entrypoint.sh: exec format error
exec /entrypoint.sh: no such file or directory`,
  apt: `E: Unable to locate package sytemd
E: Could not get lock /var/lib/dpkg/lock-frontend. It is held by process 42 (apt-get)
W: Failed to fetch http://deb.debian.org/debian/dists/bookworm/InRelease  Temporary failure resolving 'deb.debian.org'
E: Sub-process /usr/bin/dpkg returned an error code (1)
debconf: delaying package configuration, since apt-utils is not installed
Processing triggers for systemd (252.30-1~deb12u2) ...
Created symlink /etc/systemd/system/multi-user.target.wants/cron.service → /lib/systemd/system/cron.service.`,
  dnf: `Error: Unable to find a match: sytemd
Errors during downloading metadata for repository 'baseos':
  - Curl error (6): Couldn't resolve host name for https://mirrors.example.org/mirrorlist
Error: Failed to download metadata for repo 'baseos': Cannot prepare internal mirrorlist`,
  pip: `ERROR: Could not find a version that satisfies the requirement systemd-python==999 (from versions: 233, 234, 235)
ERROR: No matching distribution found for systemd-python==999
error: externally-managed-environment`,
  git: `fatal: could not create work tree dir 'app': Permission denied
fatal: unable to access 'https://git.example.org/app.git/': Could not resolve host: git.example.org
error: failed to push some refs to 'origin'`,
  ssh: `kex_exchange_identification: Connection closed by remote host
ssh: connect to host 127.0.0.1 port 22: Connection refused
Permission denied (publickey,password).
/etc/ssh/sshd_config: No such file or directory
sshd: no hostkeys available -- exiting.`,
  "a shell": `/entrypoint.sh: line 3: /app/init: No such file or directory
stat: cannot statx 'x': No such file or directory
sh: 1: systemctl: not found
bash: /opt/program: Permission denied
cp: cannot create regular file '/etc/app.conf': Read-only file system
mount: /mnt: permission denied.`,
  curl: `curl: (7) Failed to connect to localhost port 8080 after 0 ms: Couldn't connect to server
curl: (6) Could not resolve host: api`,
  Chromium: `[42:42:1124/100000.000000:ERROR:bus.cc(407)] Failed to connect to the bus: Failed to connect to socket /run/dbus/system_bus_socket: No such file or directory
[42:42:1124/100000.000000:FATAL:zygote_host_impl_linux.cc(128)] No usable sandbox! Update your kernel or see the docs for more information.
[42:58:1124/100000.000000:ERROR:udev_watcher.cc(98)] Failed to begin udev monitoring.`,
  Kubernetes: `Warning  BackOff    5s (x3 over 30s)  kubelet  Back-off restarting failed container web in pod web-0
Warning  FailedMount  1s  kubelet  MountVolume.SetUp failed for volume "config" : configmap "web" not found
Error from server (Forbidden): pods is forbidden: User "system:anonymous" cannot list resource "pods"
E1124 10:00:00.000000       1 reflector.go:166] Unhandled Error err="failed to list *v1.Pod: connection refused"`,
  Terraform: `Error: Error acquiring the state lock
Error: creating EC2 Instance: UnauthorizedOperation: You are not authorized to perform this operation.
Operation failed: failed running terraform apply (exit 1)`,
  "supervisord and s6": `2026-11-24 10:00:00,000 INFO supervisord started with pid 1
2026-11-24 10:00:01,000 WARN exited: web (exit status 127; not expected)
2026-11-24 10:00:02,000 INFO gave up: web entered FATAL state, too many start retries too quickly
s6-overlay-suexec: fatal: can only run as pid 1
/init: s6-svscan: fatal: unable to exec`,
  "BusyBox init": `can't run '/etc/init.d/rcS': No such file or directory
can't open /dev/tty2: No such file or directory
process '-/bin/sh' (pid 8) exited. Scheduling for restart.
The system is going down NOW!
Sent SIGTERM to all processes
Requesting system poweroff`,
  "a weather report": `It will be cold, freezing
The pipes are freezing.
Press any key to continue . . .
Welcome to the new installation of the museum!`,
  "an exit code that has other meanings": `GET /a status=200/OK
GET /b status=203
job finished, status=226
exit status 203
Killed`,
  "a full disk": `cp: error writing '/data/a': No space left on device
write /var/lib/docker/tmp/layer: no space left on device
inotify_add_watch failed: file system full?`,
  "SELinux and AppArmor of a host": `type=AVC msg=audit(1700000000.1:42): avc:  denied  { name_connect } for  pid=42 comm="httpd" dest=8080 scontext=system_u:system_r:httpd_t:s0 tcontext=system_u:object_r:http_cache_port_t:s0 tclass=tcp_socket permissive=0
SELinux is preventing /usr/sbin/httpd from name_connect access on the tcp_socket port 8080.
audit: type=1400 audit(1700000000.1:42): apparmor="DENIED" operation="open" profile="snap.firefox.firefox" name="/etc/fstab" pid=42 comm="firefox"
pam_unix(sudo:auth): authentication failure; logname= uid=1000 euid=0 tty=/dev/pts/0 ruser=web
sudo: 3 incorrect password attempts`,
  "a play that fails for other reasons": `PLAY [all] *********************************************************************
TASK [web : Install it] ********************************************************
fatal: [web]: FAILED! => {"changed": false, "msg": "No package matching 'web' is available\nTry another name."}
failed: [web] (item=a) => {"ansible_loop_var": "item", "msg": "Could not find the requested service web: host"}`,
  "a shell session": `root@0123456789ab:/# systemctl status web
○ web.service - The web server
     Loaded: loaded (/etc/systemd/system/web.service; enabled; preset: enabled)
     Active: inactive (dead)
$ docker exec web false
command terminated with exit code 1`,
  "a start job that is none of a device": `[ ***  ] A start job is running for Wait for Network to be Configured (45s / no limit)
Timed out waiting for the device to answer
Dependency failed for the web`,
  "a C library": `./app: error while loading shared libraries: libssl.so.3: cannot open shared object file: No such file or directory
./app: /lib/x86_64-linux-gnu/libc.so.6: version \`GLIBC_2.38' not found (required by ./app)
Segmentation fault (core dumped)`,
};
