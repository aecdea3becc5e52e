// Lines that many examples share.

/** The text of an example. A block that is alone on its line is indented like that line. */
export function text(strings: TemplateStringsArray, ...blocks: readonly string[]): string {
  return strings.reduce((before, after, at) => {
    const line = before.slice(before.lastIndexOf("\n") + 1);
    const indentation = line.slice(0, line.length - line.trimStart().length);
    return before + (blocks[at - 1] ?? "").replaceAll("\n", `\n${indentation}`) + after;
  });
}

/** A Dockerfile of Debian 12 with systemd and additional packages, separated by spaces. */
export function debianWith(packages: string): string {
  return `${debian} ${packages}`;
}

/** A Dockerfile of Debian 12 with systemd. */
export const debian = `FROM debian:12
ENV container=docker
RUN apt-get update && apt-get install -y systemd systemd-sysv dbus`;

/** What an image should set besides its program: the boot target, an empty machine ID, and the stop signal. */
export const settings = `RUN systemctl set-default multi-user.target
RUN : > /etc/machine-id
STOPSIGNAL SIGRTMIN+3`;

/** The end of a Dockerfile that boots systemd. */
export const boots = `${settings}
CMD ["/sbin/init"]`;

/** A service that builds its image and shows the boot in the container's log. */
export const service = `services:
  web:
    build: .
    tty: true`;

/** The image for examples that build one: it boots and stops cleanly, and its version of systemd is known. */
export const debianImage = {
  Dockerfile: text`
    ${debian}
    ${boots}
  `,
};
