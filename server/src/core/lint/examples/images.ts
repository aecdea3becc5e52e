/** The image of the examples that build one: it boots, stops and says what it is. */
export const debianImage = {
  Dockerfile: `
    FROM debian:12
    ENV container=docker
    RUN apt-get update && apt-get install -y systemd systemd-sysv dbus
    RUN systemctl set-default multi-user.target
    RUN : > /etc/machine-id
    STOPSIGNAL SIGRTMIN+3
    CMD ["/sbin/init"]
  `,
};
