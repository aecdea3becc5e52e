import { describe, expect, it } from "vitest";
import { lintProject, reported, said } from "../lint-project";

const debian = (...more: string[]) =>
  ["FROM debian:12", "RUN apt-get install -y systemd nginx && systemctl enable nginx", ...more, ""].join(
    "\n",
  );
const rpm = (base: string, ...more: string[]) =>
  [`FROM ${base}`, "RUN dnf -y install httpd \\", " && systemctl enable httpd", ...more, ""].join("\n");
const found = (text: string, files: Record<string, string> = {}) =>
  reported(lintProject({ "app/Dockerfile": text, ...files }), "image-no-init");
const service = (...lines: string[]) =>
  `services:\n  web:\n    ${["build: ./app", ...lines].join("\n    ")}\n`;

describe("an image with services that no systemd starts", () => {
  it.each([
    ["no CMD", debian()],
    ["a shell", debian('CMD ["/bin/bash"]')],
    ["a login shell", debian('CMD ["bash", "-l"]')],
    ["a shell in shell form", debian("CMD exec /bin/bash")],
    ["an entry point", debian('ENTRYPOINT ["/bin/sh"]')],
    ["a command that waits", debian("CMD tail -f /dev/null")],
    ["another that waits", debian('CMD ["sleep", "infinity"]')],
    ["Fedora", rpm("fedora:41")],
    ["a UBI", rpm("registry.access.redhat.com/ubi9/ubi", 'CMD ["/bin/bash"]')],
    ["CentOS, which has systemd", "FROM centos:7\nRUN systemctl enable crond"],
    [
      "a link into wants",
      "FROM ubuntu:22.04\nRUN apt-get install -y systemd\nRUN ln -s /a/x.service /etc/systemd/system/multi-user.target.wants/x.service",
    ],
    [
      "a heredoc",
      "FROM ubuntu:22.04\nRUN <<EOF\napt-get install -y systemd cron\nsystemctl enable cron\nEOF",
    ],
    ["a unit of an earlier stage", `${debian().replace("12", "12 AS a")}FROM a\nUSER app`],
    [
      "an unknown base without systemd",
      "FROM nvidia/cuda:12.4-base\nRUN apt-get install -y systemd ssh && systemctl enable ssh",
    ],
    [
      "openSUSE",
      "FROM opensuse/leap:15.6\nRUN zypper -n install systemd sshd\nRUN systemctl enable sshd\nCMD bash",
    ],
  ])("is found: %s", (_, text) => {
    expect(found(text)).toEqual([
      expect.stringMatching(/^information: image-no-init\.advice, unit=\w+\.service, program=/),
    ]);
  });
  it.each<[says: string, files: Record<string, string>]>([
    ["a privileged service", { "compose.yaml": service("privileged: true") }],
    ["a cgroup mount", { "compose.yaml": service("volumes: [/sys/fs/cgroup:/sys/fs/cgroup:rw]") }],
    ["a tmpfs on /run", { "compose.yaml": service("command: bash", "tmpfs: [/run]") }],
    ["a health check", { "compose.yaml": service("healthcheck: { test: systemctl is-active nginx }") }],
    ["a Makefile", { "app/Makefile": "test:\n\tdocker exec -it web systemctl status nginx\n" }],
    ["a README", { "app/README.md": "    podman exec web journalctl -u nginx\n" }],
  ])("is a warning beside %s", (_, files) => {
    expect(found(debian(), files)).toEqual([
      expect.stringMatching(/^warning: image-no-init\.meant, .*by=\S/),
    ]);
  });
  it("is a warning where the Dockerfile itself is written for systemd", () => {
    expect(found(debian("STOPSIGNAL SIGRTMIN+3"))).toEqual([expect.stringMatching(/^warning: /)]);
    expect(found(debian("VOLUME /sys/fs/cgroup"))).toEqual([expect.stringMatching(/^warning: /)]);
  });
  it("starts the init that is there", () => {
    const fixOf = (text: string) =>
      lintProject({ Dockerfile: text }).find(({ rule }) => rule === "image-no-init")?.fixes[0];
    const written = (text: string) => fixOf(text)?.edits.map((edit) => edit.text.trim());
    const variable = "ENV container=docker";
    expect(written(debian())).toEqual([variable, "STOPSIGNAL SIGRTMIN+3", 'CMD ["/lib/systemd/systemd"]']);
    expect(written(debian(variable))).toEqual(["STOPSIGNAL SIGRTMIN+3", 'CMD ["/lib/systemd/systemd"]']);
    expect(written(debian("RUN apt-get install systemd-sysv"))?.at(-1)).toBe('CMD ["/sbin/init"]');
    expect(written(rpm("fedora:41", "CMD bash"))?.at(-1)).toBe('CMD ["/usr/sbin/init"]');
    expect(fixOf(debian())?.safe).toBe(false);
  });
});

describe("an image that needs no init", () => {
  it.each([
    ["boots systemd", debian('CMD ["/sbin/init"]')],
    ["starts a program", debian('CMD ["nginx", "-g", "daemon off;"]')],
    ["starts a script", debian('CMD ["/start.sh"]')],
    ["starts a service and waits", debian("CMD service nginx start && tail -f /dev/null")],
    ["has an entry script", debian('ENTRYPOINT ["/entry.sh"]\nCMD ["bash"]')],
    ["enables nothing", "FROM debian:12\nRUN apt-get install -y systemd"],
    ["enables units of users", debian().replace("enable", "--global enable")],
    ["disables it again", debian("RUN systemctl disable nginx")],
    ["has a base that boots", "FROM jrei/systemd-debian:12\nRUN systemctl enable cron"],
    ["has a base that may boot", "FROM example.com/base\nRUN systemctl enable cron\nCMD bash"],
    [
      "has a base that says so",
      "FROM example.com/my-systemd\nRUN apt-get install systemd && systemctl enable cron",
    ],
    ["is for bootc", rpm("quay.io/fedora/fedora-bootc:41")],
    ["is linted for bootc", rpm("fedora:41", "RUN bootc container lint")],
    ["is for a virtual machine", debian("RUN apt-get install -y linux-image-amd64")],
    ["is for WSL", debian("COPY wsl.conf /etc/wsl.conf")],
    ["is for toolbox", rpm("fedora:41", 'LABEL com.github.containers.toolbox="true"')],
    ["replaces systemctl", debian("COPY systemctl3.py /usr/bin/systemctl")],
    ["has a base that only a build argument names", `ARG A\n${debian().replace("debian:12", "$A:1")}`],
    ["has no systemd", "FROM alpine\nRUN apk add systemd\nRUN systemctl enable x\n"],
  ])("%s", (_, text) => {
    expect(found(text)).toEqual([]);
  });
  it.each<[says: string, files: Record<string, string>]>([
    ["compose starts init", { "compose.yaml": service("command: /sbin/init") }],
    ["compose starts a program", { "compose.yaml": service("command: nginx -g 'daemon off;'") }],
    ["a script starts init", { "app/run.sh": "docker run --privileged web /sbin/init\n" }],
    ["mkosi makes an image of it", { "app/mkosi.conf": "[Distribution]\n" }],
    [
      "another is built on it, by its directory",
      { "web/Dockerfile": "FROM registry.example.com/me/app:1.2\n" },
    ],
    [
      "another is built on it, by the name that compose gives it",
      {
        "compose.yaml": service("image: example/base"),
        "b/Dockerfile": "ARG BASE=example/base\nFROM $BASE:1\n",
      },
    ],
  ])("as %s", (_, files) => {
    expect(found(debian(), files)).toEqual([]);
  });
  it("as another is built on its variant", () => {
    const files = { "Dockerfile.base": debian(), Dockerfile: "FROM me/app-base\nCMD /sbin/init\n" };
    expect(said(lintProject(files), "image-no-init")).toEqual([]);
  });
});

describe("a program in the place of the init of a known image", () => {
  const image = (program: string, more = "") =>
    `FROM registry.access.redhat.com/ubi9/ubi-init\nRUN dnf -y install httpd && systemctl enable httpd\n${more}${program}\n`;
  it.each([
    ['CMD ["python3", "/app.py"]', "python3"],
    ['ENTRYPOINT ["/usr/sbin/httpd", "-DFOREGROUND"]', "/usr/sbin/httpd"],
    ['CMD ["bash"]', "bash"],
  ])("%s", (program, name) => {
    expect(found(image(program))).toEqual([
      `warning: image-no-init.replaced, unit=httpd.service, program=${name}`,
    ]);
  });
  it.each([
    image('CMD ["/sbin/init"]'),
    image('ENTRYPOINT ["/start.sh"]'),
    image('ENTRYPOINT ["/opt/run"]'),
    image('ENTRYPOINT ["run"]', "COPY run /usr/local/bin/run\n"),
    image('CMD ["$PROGRAM"]'),
    image('CMD ["/usr/bin/tini", "--", "httpd"]'),
    'FROM registry.access.redhat.com/ubi9/ubi-init\nCMD ["python3"]\n',
  ])("not in %j", (text) => {
    expect(found(text)).toEqual([]);
  });
});

describe("systemctl start where PID 1 is not systemd", () => {
  const image = (program: string, base = "ubuntu:22.04") => `FROM ${base}\nCOPY run.sh /run.sh\n${program}\n`;
  const script = { "app/run.sh": "#!/bin/bash\nsystemctl start httpd\nexec bash\n" };
  it.each([
    ["CMD systemctl start apache2 && tail -f /dev/null", "systemctl start apache2"],
    ['CMD ["bash", "-c", "systemctl restart nginx; sleep infinity"]', "systemctl restart nginx"],
    ['ENTRYPOINT ["/run.sh"]', "systemctl start httpd"],
    ["ENTRYPOINT /run.sh", "systemctl start httpd"],
    ['ENTRYPOINT ["/bin/sh", "/run.sh"]', "systemctl start httpd"],
  ])("%s", (program, call) => {
    expect(found(image(program), script)).toEqual([`warning: image-no-init.calls, call=${call}`]);
  });
  it("service, which calls systemctl on RPM distributions alone", () => {
    const service = { "app/run.sh": "#!/bin/bash\nservice httpd start\nexec bash\n" };
    const calls = (base: string) => found(image('ENTRYPOINT ["/run.sh"]', base), service);
    expect(calls("rockylinux:9")).toEqual(["warning: image-no-init.calls, call=service httpd start"]);
    expect(calls("debian:12")).toEqual([]);
    expect(calls("example.com/own")).toEqual([]);
  });
  it.each([
    image('CMD ["service", "nginx", "start"]'),
    image("CMD /etc/init.d/nginx start; sleep 1", "rockylinux:9"),
    image("CMD if true; then systemctl start nginx; fi; sleep 1"),
    image("CMD systemctl --user start x; sleep 1"),
    image('COPY systemctl3.py /usr/bin/systemctl\nENTRYPOINT ["/run.sh"]'),
    image('CMD ["bash", "-c", "systemctl start a; exec /sbin/init"]'),
  ])("not in %j", (text) => {
    expect(found(text, script).filter((one) => one.includes("image-no-init.calls"))).toEqual([]);
  });
});
