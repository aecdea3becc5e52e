import { expect, test } from "vitest";
import { format } from "../../server/src/core/base/message";
import { lint } from "../../server/src/core/lint/lint";

/** What run-privileged reports of a service that builds this image: severity, and whether it speaks of gettys. */
function judged(lines: readonly string[], compose = "privileged: true\n    volumes: [/var/lib/docker]") {
  const files: Record<string, string> = {
    "file:///w/Dockerfile": [...lines, 'CMD ["/sbin/init"]'].join("\n"),
    "file:///w/compose.yaml": `services:\n  web:\n    build: .\n    ${compose}\n`,
  };
  const uri = "file:///w/compose.yaml";
  const snapshot = { runFiles: [uri], read: (asked: string) => files[asked] };
  const target = { engine: "docker", version: "28.5.2", cgroupVersion: 2 } as const;
  const { findings } = lint({ uri, text: files[uri] ?? "", snapshot, settings: { rules: {}, target } });
  return findings
    .filter(({ rule }) => rule === "run-privileged")
    .map(({ severity, message, fixes }) => [
      severity,
      /gettys/.test(format(message)),
      fixes.some(({ title }) => title.key === "run-privileged.mask"),
    ]);
}

const debian = ["FROM debian:12", "RUN apt-get update && apt-get install -y systemd systemd-sysv"];
const engine = [...debian, "RUN apt-get install -y docker.io"];
const loud = [["warning", true, true]];

test.each<[string, readonly string[], unknown]>([
  ["an image with an engine", engine, loud],
  [
    "one set up by a script that cannot be read",
    [...debian, "RUN --mount=type=bind,target=/src /src/setup.sh"],
    [],
  ],
  ["one set up by a script in a shell", [...debian, "COPY . /src", "RUN cd /src && bash ./setup"], []],
  ["one that runs programs by their paths", [...debian, "RUN /usr/bin/env true && /opt/x/bin/y z"], loud],
  ["one that needs nothing", debian, loud],
  ["Fedora", ["FROM fedora:41", "RUN dnf -y install systemd docker-ce && systemctl enable docker"], loud],
  [
    "gettys that are disabled",
    [...engine, "RUN systemctl disable getty@tty1.service console-getty.service"],
    loud,
  ],
  ["a getty target that is deleted", [...engine, "RUN rm -f /lib/systemd/system/getty.target"], loud],
  [
    "a mask that is taken back",
    [...engine, "RUN systemctl mask getty.target && systemctl unmask getty.target"],
    loud,
  ],
  ["getty.target masked", [...engine, "RUN systemctl mask getty.target"], []],
  [
    "getty@.service masked by a link",
    [...engine, "RUN ln -s /dev/null /etc/systemd/system/getty@.service"],
    [],
  ],
  [
    "the links of multi-user.target deleted",
    [...engine, "RUN rm -f /lib/systemd/system/multi-user.target.wants/*"],
    [],
  ],
  ["a target of its own", [...engine, "RUN systemctl set-default app.target"], []],
  [
    "a base that is there to boot systemd",
    [
      "FROM registry.access.redhat.com/ubi9/ubi-init",
      "RUN dnf -y install docker-ce && systemctl enable docker",
    ],
    [],
  ],
])("%s", (_, lines, expected) => {
  expect(judged(lines)).toEqual(expected);
});

test("the mask settles what is said of gettys, not what is said of the privileges", () => {
  const masked = [...debian, "RUN systemctl mask getty.target getty@.service"];
  expect(judged(masked, "privileged: true")).toEqual([["warning", false, false]]);
  const udev = [...masked, "RUN apt-get install -y udev"];
  expect(judged(udev, "privileged: true")).toEqual([["warning", false, true]]);
});

test("without privileges nothing is said", () => {
  expect(judged(debian, "tty: true")).toEqual([]);
});

/** What is reported of a privileged service that builds this image. */
function messagesFor(lines: readonly string[], more = "") {
  const files: Record<string, string> = {
    "file:///w/Dockerfile": [...debian, ...lines, 'CMD ["/sbin/init"]'].join("\n"),
    "file:///w/compose.yaml": `services:\n  web:\n    build: .\n    privileged: true\n${more}`,
  };
  const uri = "file:///w/compose.yaml";
  const snapshot = { runFiles: [uri], read: (asked: string) => files[asked] };
  const { findings } = lint({
    uri,
    text: files[uri] ?? "",
    snapshot,
    settings: { rules: {}, target: undefined },
  });
  return findings.filter(({ rule }) => rule === "run-privileged");
}

/** What the message reports that the container takes, as keys and words. */
function takenBy(lines: readonly string[], more?: string) {
  const said = messagesFor(lines, more).map(({ message }) => format(message));
  return ["gettys", "udev", "sysctl", "hostnamectl"].filter((word) =>
    said.some((text) => text.includes(`(${word})`)),
  );
}

test.each<[string, readonly string[], readonly string[]]>([
  ["a file in sysctl.d", ["COPY 99-app.conf /etc/sysctl.d/"], ["gettys", "sysctl"]],
  [
    "sysctl.conf",
    ["RUN apt-get install -y udev && echo vm.swappiness=1 >> /etc/sysctl.conf"],
    ["gettys", "udev", "sysctl"],
  ],
  ["no gettys", ["RUN systemctl mask getty.target", "COPY a.conf /usr/lib/sysctl.d/a.conf"], ["sysctl"]],
  [
    "udev alone",
    ["RUN apt-get install -y udev && systemctl mask getty.target && echo a=b > /etc/sysctl.d/a.conf"],
    ["udev", "sysctl"],
  ],
  [
    "the service masked",
    ["COPY a.conf /etc/sysctl.d/", "RUN systemctl mask systemd-sysctl.service"],
    ["gettys"],
  ],
  ["none of its own", ["COPY sysctl.d /opt/"], ["gettys"]],
])("kernel settings of the host: %s", (_, lines, taken) => {
  expect(takenBy(lines)).toEqual(taken);
});

test("the host's name where the container shares it", () => {
  expect(takenBy([], "    uts: host\n")).toEqual(["gettys", "hostnamectl"]);
  expect(takenBy([], "    hostname: web\n    network_mode: host\n")).toEqual(["gettys"]);
});

const enabled = (unit: string, text: string) =>
  `COPY <<EOF /etc/systemd/system/${unit}\n${text}\nEOF\nRUN systemctl enable ${unit}`;

test.each<[string, readonly string[], string | undefined]>([
  ["a serial getty", ["RUN systemctl enable serial-getty@ttyS0"], "serial-getty@ttyS0.service"],
  ["a mount unit", [enabled("data.mount", "[Mount]\nWhat=/dev/sda1\nWhere=/data")], "data.mount"],
  ["a unit bound to a device", [enabled("a.service", "[Unit]\nBindsTo=dev-net-tun.device")], "a.service"],
  ["a line of fstab", ["COPY <<EOF /etc/fstab\nUUID=1-2 /data ext4 defaults 0 0\nEOF"], "/etc/fstab"],
  ["a mount without a device", [enabled("data.mount", "[Mount]\nWhat=tmpfs\nWhere=/data")], undefined],
  ["fstab without a device", ["RUN echo tmpfs /data tmpfs > /etc/fstab"], undefined],
  [
    "udev, which reports devices",
    ["RUN apt-get install -y udev", "RUN systemctl enable serial-getty@ttyS0"],
    undefined,
  ],
  [
    "udev that is masked",
    [
      "RUN apt-get install -y udev",
      "RUN systemctl enable serial-getty@ttyS0",
      "RUN systemctl mask systemd-udevd",
    ],
    "serial-getty@ttyS0.service",
  ],
  [
    "a serial getty that is masked",
    ["RUN systemctl enable serial-getty@ttyS0 && systemctl mask serial-getty@.service"],
    undefined,
  ],
])("what waits for a device: %s", (_, lines, unit) => {
  const waits = messagesFor(lines).filter(({ message }) => message.key === "run-privileged.waits");
  expect(waits.map(({ message, severity }) => [severity, message.args.unit])).toEqual(
    unit === undefined ? [] : [["warning", unit]],
  );
});

test("a test can install programs that need the privileges", () => {
  const uri = "file:///w/kitchen.yml";
  const quiet = [...debian, "RUN systemctl mask console-getty.service getty.target systemd-logind.service"];
  const files: Record<string, string> = {
    "file:///w/Dockerfile": [...quiet, 'CMD ["/sbin/init"]'].join("\n"),
    [uri]: `driver: {name: docker, privileged: true}
platforms:
  - name: one
    driver: {dockerfile: Dockerfile, run_command: /sbin/init}
`,
  };
  const snapshot = { runFiles: [uri], read: (asked: string) => files[asked] };
  const { findings } = lint({
    uri,
    text: files[uri] ?? "",
    snapshot,
    settings: { rules: {}, target: undefined },
  });
  expect(
    findings
      .filter(({ rule }) => rule === "run-privileged")
      .map(({ severity, message }) => [severity, message.key]),
  ).toEqual([["information", "run-privileged.maybe"]]);
});
