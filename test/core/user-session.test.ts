import { expect, test } from "vitest";
import { lint } from "../../server/src/core/lint/lint";

function keys(lines: readonly string[], files: Readonly<Record<string, string>> = {}): string[] {
  const text = [...lines, 'CMD ["/sbin/init"]'].join("\n");
  const read = (uri: string) => files[uri.replace("file:///w/", "")];
  const { findings } = lint({
    uri: "file:///w/Dockerfile",
    text,
    snapshot: { runFiles: [], read },
    settings: { rules: {}, target: undefined },
  });
  return findings.flatMap(({ rule, message, severity }) =>
    rule === "image-user-session" ? [`${severity} ${message.key.replace(/^.*\./, "")}`] : [],
  );
}

const full = ["FROM ubuntu:24.04", "RUN apt-get update && apt-get install -y systemd systemd-sysv"];
const bare = [
  "FROM ubuntu:24.04",
  "RUN apt-get update && apt-get install -y --no-install-recommends systemd-sysv",
];
const fedora = ["FROM fedora:41", "RUN dnf -y install systemd"];
const unit = "COPY app.service /home/app/.config/systemd/user/";
const linger = "RUN mkdir -p /var/lib/systemd/linger && touch /var/lib/systemd/linger/app";
const both = ["information packages", "information session"];

test.each<[string, readonly string[], readonly string[]]>([
  ["nothing of a user", full, []],
  ["without recommendations", [...bare, unit], both],
  [
    "with the packages",
    [...bare.map((line) => line.replace("systemd-sysv", "systemd-sysv dbus-user-session")), unit, linger],
    [],
  ],
  [
    "with pam_systemd alone",
    [...bare.map((line) => line.replace("systemd-sysv", "systemd-sysv libpam-systemd")), unit, linger],
    ["information packages"],
  ],
  [
    "systemd alone recommends neither",
    ["FROM debian:12", "RUN apt-get install -y systemd", unit, linger],
    ["information packages"],
  ],
  ["recommended, without linger", [...full, unit], ["information session"]],
  ["recommended, with linger", [...full, unit, linger], []],
  ["linger by COPY", [...full, unit, "COPY app /var/lib/systemd/linger/app"], []],
  ["linger by a redirection", [...full, unit, "RUN : > /var/lib/systemd/linger/app"], []],
  ["another distribution", [...fedora, unit], ["information session"]],
  [
    "a heredoc",
    [...fedora, "COPY <<EOF /root/.config/systemd/user/a.service", "[Service]", "EOF"],
    ["information session"],
  ],
  [
    "systemctl --user in a build step",
    [...fedora, "RUN useradd app", "USER app", "RUN systemctl --user enable app", "USER root"],
    ["information session"],
  ],
  ["loginctl in a build step", [...fedora, "RUN loginctl enable-linger app"], ["error linger"]],
  [
    "loginctl whose failure is ignored",
    [...fedora, "RUN loginctl enable-linger app || true"],
    ["information lingerIgnored"],
  ],
])("%s", (_, lines, expected) => {
  expect(keys(lines)).toEqual(expected);
});

test.each([
  ["systemctl --user start app", ["information session"]],
  ["systemctl --user -M app@ start app", []],
  ["su - app -c 'systemctl --user start app'", []],
  ["# systemctl --user start app", []],
])("a script of the image with %s", (line, expected) => {
  expect(keys([...fedora, "COPY go.sh /usr/bin/go.sh"], { "go.sh": `#!/bin/sh\n${line}\n` })).toEqual(
    expected,
  );
});
