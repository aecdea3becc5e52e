import { describe, expect, it } from "vitest";
import { imageOf, written } from "./read";

describe("packages", () => {
  const packages = (text: string) => [...imageOf(`FROM x\n${text}`).packages.keys()];
  it.each<[string, string[]]>([
    [
      "RUN apt-get update && apt-get install -y --no-install-recommends systemd=252* dbus:amd64 foo/bookworm",
      ["systemd", "dbus", "foo"],
    ],
    ["RUN apt-get -y -o Dpkg::Use-Pty=0 install \\\n  a \\\n  # b\n  c", ["a", "c"]],
    ["RUN DEBIAN_FRONTEND=noninteractive apt install a b- g++", ["a", "g++"]],
    ["RUN aptitude -t testing install a", ["a"]],
    ["RUN sudo apt-get install -qq ./local_1.deb", ["local_1.deb"]],
    [
      "RUN dnf -y install --setopt=tsflags=nodocs systemd-252-18.el9 httpd.x86_64 @core java-1.8.0-openjdk",
      ["systemd", "httpd", "@core", "java-1.8.0-openjdk"],
    ],
    ["RUN dnf install -y --setopt install_weak_deps=False a", ["a"]],
    ["RUN microdnf install a; yum -y -d1 install b; dnf5 install c", ["a", "b", "c"]],
    ["RUN dnf --installroot /mnt/root install -y a; dnf --installroot=/ install b", ["b"]],
    ["RUN zypper -n in --no-recommends 'systemd>=250' b", ["systemd", "b"]],
    ["RUN zypper --non-interactive install -t pattern base", ["base"]],
    ["RUN pacman -Syu --noconfirm systemd core/b", ["systemd", "b"]],
    ["RUN apk add --no-cache --virtual .deps openrc~=0.5 b@edge", ["openrc", "b"]],
    ['RUN PKGS="a b" && apt-get install -y $PKGS "$NOPE"', ["a", "b"]],
    ["ARG EXTRA=a\nRUN for p in $EXTRA b; do apt-get install $p; done", ["a", "b"]],
    [
      "RUN apt-get remove a; apt-get autoremove; dnf remove b; pacman -R c; apk del d; apt-cache show install e",
      [],
    ],
    ["RUN echo apt-get install a", []],
    ["RUN <<EOF\nset -e\ndnf install -y a\nEOF", ["a"]],
  ])("%j", (text, expected) => {
    expect(packages(text)).toEqual(expected);
  });
  it("takes those of the stage below too, with the command", () => {
    const image = imageOf("FROM x AS a\nRUN apt-get install b\nFROM a\nRUN apt-get install c b");
    expect(Array.from(image.packages, ([name, { run }]) => [name, run.index])).toEqual([
      ["b", 1],
      ["c", 3],
    ]);
  });
  it.each<[string, boolean]>([
    ["RUN apt-get install --no-install-recommends systemd", true],
    ["RUN apt-get install systemd", false],
    ["RUN apt-get install --no-install-recommends curl && apt-get install systemd-sysv", false],
    ["RUN apt-get -o APT::Install-Recommends=false install systemd", true],
    [
      `RUN echo 'APT::Install-Recommends "false";' > /etc/apt/apt.conf.d/1\nRUN apt-get install systemd`,
      true,
    ],
    [
      `RUN apt-get install systemd\nRUN echo 'APT::Install-Recommends "false";' > /etc/apt/apt.conf.d/1`,
      false,
    ],
    [
      "RUN cat <<EOF > /etc/apt/apt.conf.d/1\nAPT::Install-Recommends 0;\nEOF\nRUN apt-get install init",
      true,
    ],
    ["RUN zypper in --no-recommends systemd", true],
  ])("recommends left out: %j", (text, expected) => {
    expect(imageOf(`FROM x\n${text}`).withoutRecommends).toBe(expected);
  });
});

describe("units", () => {
  const units = (text: string) =>
    imageOf(`FROM x\n${text}`).units.map(({ verb, unit, target }) =>
      [verb, unit, ...(target ? [target] : [])].join(" "),
    );
  it.each<[string, string[]]>([
    ["RUN systemctl enable ssh cron.timer", ["enable ssh.service", "enable cron.timer"]],
    [
      "RUN systemctl --root=/ enable --now a.socket; systemctl reenable b",
      ["enable a.socket", "enable b.service"],
    ],
    [
      "RUN systemctl enable /opt/x/foo.service getty@tty1",
      ["enable foo.service", "enable getty@tty1.service"],
    ],
    [
      "RUN systemctl mask a.mount b && systemctl unmask c && systemctl disable d",
      ["mask a.mount", "mask b.service", "unmask c.service", "disable d.service"],
    ],
    ["RUN systemctl set-default multi-user.target", ["set-default default.target multi-user.target"]],
    ["RUN systemctl set-default multi-user", ["set-default default.target multi-user.target"]],
    [
      "RUN systemctl add-wants multi-user.target a b.timer",
      ["add-wants a.service multi-user.target", "add-wants b.timer multi-user.target"],
    ],
    ["RUN systemctl start a; systemctl --user enable b; systemctl daemon-reload", []],
    ["RUN deb-systemd-helper enable a.service", ["enable a.service"]],
    ["RUN for u in a b; do systemctl mask $u.service; done", ["mask a.service", "mask b.service"]],
    [
      "RUN ln -s /lib/systemd/system/a.service /etc/systemd/system/multi-user.target.wants/",
      ["add-wants a.service multi-user.target"],
    ],
    [
      "RUN ln -s ../a.service /etc/systemd/system/multi-user.target.wants/a.service",
      ["add-wants a.service multi-user.target"],
    ],
    [
      "RUN ln -sf /lib/systemd/system/multi-user.target /etc/systemd/system/default.target",
      ["set-default default.target multi-user.target"],
    ],
    ["RUN ln -sf /dev/null /etc/systemd/system/a.service", ["mask a.service"]],
    ["RUN ln -s /lib/systemd/systemd /sbin/init", []],
    [
      "COPY a.service /etc/systemd/system/multi-user.target.wants/",
      ["add-wants a.service multi-user.target"],
    ],
    ["COPY a.service /etc/systemd/system/", []],
    ["RUN echo systemctl enable a > /x", []],
  ])("%j", (text, expected) => {
    expect(units(text)).toEqual(expected);
  });
  it("are in build order, with their places", () => {
    const text = "FROM x AS a\nRUN systemctl enable b\nFROM a\nRUN systemctl mask b";
    const image = imageOf(text);
    expect(
      image.units.map(({ verb, span, instruction }) => [verb, written(text, span), instruction.index]),
    ).toEqual([
      ["enable", "b", 1],
      ["mask", "b", 3],
    ]);
  });
});
