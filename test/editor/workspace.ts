/** A server for one page at a time, in Perl, which every Debian has. */
const page = `#!/usr/bin/perl
use Socket;
socket(my $server, PF_INET, SOCK_STREAM, 0) or die;
setsockopt($server, SOL_SOCKET, SO_REUSEADDR, 1);
bind($server, sockaddr_in(18080, INADDR_ANY)) or die;
listen($server, 5);
$| = 1;
print "serving\\n";
while (accept(my $client, $server)) {
  my $request = <$client>;
  print "asked for $request";
  print $client "HTTP/1.0 200 OK\\r\\nContent-Type: text/html\\r\\n\\r\\n<h1>It runs</h1>";
  close $client;
}
`;

/**
 * Directories beside the examples, for what the examples do not show: `web` runs and serves a page, `worker` boots
 * degraded, `wrapped` does not boot, `unbuildable` cannot be built. They build without a network.
 */
export const files = {
  "web/Dockerfile": `FROM systemd-test:252
ENV container=docker
RUN useradd --create-home --shell /bin/bash me
COPY page /usr/local/bin/page
COPY page.service /etc/systemd/system/page.service
RUN chmod 755 /usr/local/bin/page && systemctl enable page.service
EXPOSE 18080
STOPSIGNAL SIGRTMIN+3
CMD ["/sbin/init"]
`,
  "web/page": page,
  "web/page.service": `[Unit]
Description=A page for browsers

[Service]
ExecStart=/usr/local/bin/page

[Install]
WantedBy=multi-user.target
`,
  "worker/Dockerfile": `FROM systemd-test:252
ENV container=docker
COPY worker.service /etc/systemd/system/worker.service
RUN systemctl enable worker.service
STOPSIGNAL SIGRTMIN+3
CMD ["/sbin/init"]
`,
  "worker/worker.service": `[Unit]
Description=Works on what comes in

[Service]
ExecStart=/usr/local/bin/worker --queue in

[Install]
WantedBy=multi-user.target
`,
  "wrapped/Dockerfile": `FROM systemd-test:252
ENV container=docker
STOPSIGNAL SIGRTMIN+3
CMD /sbin/init
`,
  "stack/compose.yaml": `services:
  web:
    build:
      context: ../web
      network: host
    image: stack-web
    command: ["/sbin/init"]
    network_mode: none
    tty: true
    stop_signal: SIGRTMIN+3
    security_opt: ["writable-cgroups=true"]
    tmpfs: [/run, /run/lock, "/tmp:exec,mode=1777"]
`,
  "unbuildable/Dockerfile": `FROM systemd-test:252
ENV container=docker
RUN echo "looking for the package" && exit 3
STOPSIGNAL SIGRTMIN+3
CMD ["/sbin/init"]
`,
};
