// Lines that many examples have in common, each written once.

/** The text of an example. A block that has a line for itself is indented as that line is. */
export function text(strings: TemplateStringsArray, ...blocks: readonly string[]): string {
  return strings.reduce((before, after, at) => {
    const line = before.slice(before.lastIndexOf("\n") + 1);
    const indentation = line.slice(0, line.length - line.trimStart().length);
    return before + (blocks[at - 1] ?? "").replaceAll("\n", `\n${indentation}`) + after;
  });
}

/** Debian 12 with systemd and further packages, separated by spaces. */
export function debianWith(packages: string): string {
  return `${debian} ${packages}`;
}

/** Debian 12 with systemd. */
export const debian = `FROM debian:12
ENV container=docker
RUN apt-get update && apt-get install -y systemd systemd-sysv dbus`;

/** What an image should say beside its program: how far it boots, no machine ID, the signal to stop it. */
export const settings = `RUN systemctl set-default multi-user.target
RUN : > /etc/machine-id
STOPSIGNAL SIGRTMIN+3`;

/** The end of a Dockerfile that boots systemd. */
export const boots = `${settings}
CMD ["/sbin/init"]`;

/** A service that builds its image and shows the boot in its log. */
export const service = `services:
  web:
    build: .
    tty: true`;

/** The image of the examples that build one: it boots and stops, and its version of systemd is known. */
export const debianImage = {
  Dockerfile: text`
    ${debian}
    ${boots}
  `,
};
