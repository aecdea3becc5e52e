import { expect, test } from "vitest";
import { applyEdits } from "../../server/src/core/base/text";
import { lint } from "../../server/src/core/lint/lint";
import { defaultSettings } from "../../server/src/core/lint/settings";

/** What two rules say about units and systemctl, with the text that is marked. */
function judge(text: string, files: Readonly<Record<string, string>> = {}) {
  const uri = "file:///p/Dockerfile";
  const read = (asked: string) => (asked === uri ? text : files[asked.replace("file:///p/", "")]);
  const { findings } = lint({ uri, text, snapshot: { runFiles: [], read }, settings: defaultSettings });
  return findings.filter(({ rule }) => /^image-(unit-name|systemctl-replaced)$/.test(rule));
}

const said = (text: string, files?: Readonly<Record<string, string>>) =>
  judge(text, files).map(({ rule, severity, span, message }) =>
    `${rule.slice(6)} ${severity} ${text.slice(span.start, span.end)} ${message.args.right ?? ""}`.trim(),
  );

const debian = (lines: string) =>
  `FROM debian:12\nRUN apt-get install -y systemd-sysv openssh-server cron nginx rsyslog\n${lines}\nCMD ["/sbin/init"]\n`;

test.each([
  ["RUN systemctl enable cronn", "unit-name error cronn cron.service"],
  ["RUN systemctl enable ngnix.service", "unit-name error ngnix.service nginx.service"],
  ["RUN systemctl enable cron.servcie", "unit-name error cron.servcie cron.service"],
  ["RUN systemctl --no-reload enable 'sshd'", "unit-name error 'sshd' ssh.service"],
  ["RUN set -e; systemctl enable nginx sshd.service", "unit-name error sshd.service ssh.service"],
  ["RUN <<EOF\nsystemctl enable crond\nEOF", "unit-name error crond cron.service"],
  ["RUN systemctl enable syslog || true", "unit-name warning syslog rsyslog.service"],
  ["RUN systemctl mask gettty.target", "unit-name warning gettty.target getty.target"],
  ["RUN systemctl set-default multi-user.targte", "unit-name error multi-user.targte multi-user.target"],
  ["RUN systemctl set-default multiuser.target", "unit-name error multiuser.target multi-user.target"],
])("a name that no unit has: %s", (line, expected) => {
  expect(said(debian(line))).toEqual([expected]);
});

test.each([
  ['CMD ["/sbin/init", "--unit=mutli-user.target"]', '"--unit=mutli-user.target"'],
  ['CMD ["/lib/systemd/systemd", "systemd.unit=graphcal.target"]', '"systemd.unit=graphcal.target"'],
  ['ENTRYPOINT ["/sbin/init"]\nCMD ["--unit=multi-user.targt"]', '"--unit=multi-user.targt"'],
])("a target that does not exist: %s", (program, word) => {
  const text = `FROM debian:12\nRUN apt-get install -y systemd-sysv\n${program}\n`;
  const [finding] = judge(text);
  expect(finding).toMatchObject({ rule: "image-unit-name", severity: "error" });
  expect(text.slice(finding?.span.start, finding?.span.end)).toBe(word);
});

test("an RPM distribution has names of its own", () => {
  const text = (line: string) =>
    `FROM fedora:42\nRUN dnf -y install systemd openssh-server cronie httpd\nRUN systemctl enable ${line}\nCMD ["/usr/sbin/init"]\n`;
  expect(said(text("ssh"))).toEqual(["unit-name error ssh sshd.service"]);
  expect(said(text("sshd crond httpd"))).toEqual([]);
});

test.each([
  "RUN systemctl enable ssh cron nginx rsyslog && systemctl disable sshd",
  "RUN systemctl enable getty@tty1.service postgresql@15-main && systemctl mask tmp.mount",
  "COPY cronn.service /etc/systemd/system/\nRUN systemctl enable cronn",
  "COPY <<EOF /usr/lib/systemd/system/app.target\n[Unit]\nEOF\nRUN systemctl set-default app.target",
  "RUN systemctl enable acme",
  'RUN echo "systemctl enable cronn" > /usr/local/bin/setup',
  "RUN systemctl enable $UNIT",
  "ARG X\nRUN systemctl set-default $X.target",
  "RUN systemctl --user enable cronn",
])("nothing is said: %s", (line) => {
  expect(said(debian(line))).toEqual([]);
});

const unit = "[Service]\nExecStart=/app\n";

test("a unit file without [Install] is not enabled, wherever it comes from", () => {
  const copied = debian("COPY units/app.service /etc/systemd/system/\nRUN systemctl enable app.service");
  expect(said(copied, { "units/app.service": unit })).toEqual(["unit-name warning app.service"]);
  expect(said(copied, { "units/app.service": `${unit}[Install]\nWantedBy=multi-user.target\n` })).toEqual([]);
  expect(said(copied)).toEqual([]);
  expect(
    said(
      debian(
        `RUN printf '[Service]\\nExecStart=/app\\n' > /lib/systemd/system/a.service && systemctl enable a`,
      ),
    ),
  ).toEqual(["unit-name warning a"]);
  const [finding] = judge(copied, { "units/app.service": unit });
  expect(finding?.fixes.map(({ edits }) => edits.map((edit) => ({ ...edit })))).toEqual([
    [
      {
        uri: "file:///p/units/app.service",
        span: { start: unit.length, end: unit.length },
        text: "\n[Install]\nWantedBy=multi-user.target\n",
      },
    ],
  ]);
});

test("a script in /etc/init.d is no unit for systemd 260 and later", () => {
  const text = (release: string) =>
    `FROM debian:${release}\nRUN apt-get install -y systemd-sysv\nCOPY app /etc/init.d/app\nRUN systemctl enable app\nCMD ["/sbin/init"]\n`;
  expect(said(text("sid"))).toEqual(["unit-name error app"]);
  expect(said(text("12"))).toEqual([]);
});

const devcontainer = (lines: string) =>
  `FROM mcr.microsoft.com/devcontainers/base:ubuntu-22.04\nRUN apt-get update && apt-get install -y systemd-sysv nginx\n${lines}\nCMD ["/sbin/init"]\n`;

test.each([
  ["enable nginx", 1],
  ["mask getty.target && systemctl set-default multi-user.target", 2],
  ["daemon-reload || true", 0],
])("Microsoft's script does not run systemctl %s", (words, count) => {
  expect(said(devcontainer(`RUN systemctl ${words}`)).filter((one) => one.startsWith("systemctl-"))).toEqual(
    Array(count).fill("systemctl-replaced warning systemctl"),
  );
});

test.each([
  "RUN rm /usr/local/bin/systemctl && systemctl enable nginx",
  "RUN sudo rm -f /usr/local/bin/systemctl\nRUN systemctl enable nginx",
  "RUN /usr/bin/systemctl enable nginx",
])("the script is out of the way: %s", (line) => {
  expect(said(devcontainer(line))).toEqual([]);
});

test("a script that the Dockerfile itself puts before systemctl", () => {
  const stub =
    "RUN printf '#!/bin/sh\\nexit 0\\n' > /usr/local/bin/systemctl && chmod +x /usr/local/bin/systemctl";
  const text = (lines: string, program: string) =>
    `FROM debian:12\nRUN apt-get install -y systemd-sysv nginx\n${lines}\nCMD ["${program}"]\n`;
  const enable = "RUN systemctl enable nginx";
  expect(said(text(`${stub}\n${enable}`, "/sbin/init"))).toEqual(["systemctl-replaced warning systemctl"]);
  expect(said(text(`${enable}\n${stub}`, "/sbin/init"))).toEqual([]);
  expect(said(text(`${stub}\n${enable}`, "/usr/sbin/nginx"))).toEqual([]);
});

test.each([
  [
    "another unit that wants it",
    "b.service",
    "[Unit]\nWants=c.service a.service\n[Install]\nWantedBy=multi-user.target\n",
  ],
  ["its timer", "a.timer", "[Timer]\nOnBootSec=1\n[Install]\nWantedBy=timers.target\n"],
  ["its socket", "a.socket", "[Socket]\nListenStream=1\n[Install]\nWantedBy=sockets.target\n"],
])("a unit without [Install] may be started by %s", (_, name, text) => {
  const files = { "u/a.service": "[Service]\nExecStart=/bin/true\n", [`u/${name}`]: text };
  const copy = (units: string) => debian(`${units}RUN systemctl enable a.service`);
  const one = "COPY u/a.service /etc/systemd/system/\n";
  expect(said(copy(one), files)).toEqual(["unit-name warning a.service"]);
  expect(said(copy(`${one}COPY u/${name} /etc/systemd/system/\n`), files)).toEqual([]);
});

const plain = (lines: string, base = "debian:12") =>
  `FROM ${base}\nRUN apt-get install -y systemd-sysv\n${lines}\nCMD ["/sbin/init"]\n`;
const keys = (lines: string, files: Readonly<Record<string, string>> = {}, base?: string) =>
  judge(plain(lines, base), files).map(({ severity, message }) => `${severity} ${message.key.slice(16)}`);
const webUnit = "[Service]\nExecStart=/usr/bin/web\n\n[Install]\nWantedBy=multi-user.target\n";

test.each([
  ["COPY web.service /etc/systemd/\nRUN systemctl enable web", ["error place"]],
  ["COPY web.service /etc/systemd\nRUN systemctl enable web.service", ["error place"]],
  [
    "ADD conf/web.service /lib/systemd/web.service\nRUN set -e; systemctl enable web || true",
    ["warning unread"],
  ],
  ["COPY web.service /usr/lib/systemd/user/\nRUN systemctl enable web", ["error place"]],
  [
    "COPY --chmod=644 web.service web.timer /etc/init.d/\nRUN systemctl enable web.timer",
    ["warning unread", "error place"],
  ],
  ["COPY *.service /etc/systemd/\nRUN systemctl enable web", ["error place"]],
  ["COPY units /usr/lib/systemd\nRUN systemctl enable web", ["error place"]],
  ["COPY <<EOF /etc/systemd/web.service\n[Service]\nEOF\nRUN systemctl enable web", ["error place"]],
  ["RUN printf '[Service]\\n' > /lib/systemd/web.service && systemctl enable web", ["error place"]],
  ["COPY web.service /etc/systemd/", ["warning unread"]],
])("a unit where systemd does not read it: %s", (lines, expected) => {
  const files = { "web.service": webUnit, "units/web.service": webUnit };
  expect(keys(lines, files)).toEqual(expected);
});

test.each([
  "COPY web.service /etc/systemd/system/\nRUN systemctl enable web",
  "COPY web.service /usr/local/lib/systemd/system/\nRUN systemctl enable web",
  "COPY web.service /etc/systemd/\nRUN install -D web.service /etc/systemd/system.control/web.service && systemctl enable web",
  "COPY web.service /etc/systemd/\nCOPY web.service /run/systemd/system.attached/\nRUN systemctl enable web",
  "COPY web.service /etc/systemd/\nRUN systemctl enable /etc/systemd/web.service",
  "COPY web.service /etc/systemd/\nRUN mv /etc/systemd/web.service /etc/systemd/system/ && systemctl enable web",
  "COPY web.service /usr/lib/systemd/user/\nRUN systemctl --global enable web",
  "COPY systemd/ /etc/systemd/\nRUN systemctl enable web",
  "COPY web.service /opt/\nRUN /opt/install.sh && systemctl enable web",
  "COPY journald.conf /etc/systemd/",
])("a unit in its place: %s", (lines) => {
  expect(keys(lines, { "web.service": webUnit, "systemd/system/web.service": webUnit })).toEqual([]);
});

test("a unit is put where systemd reads it", () => {
  const text = plain("COPY web.service /etc/systemd/\nRUN systemctl enable web");
  const [fix] = judge(text, { "web.service": webUnit })[0]?.fixes ?? [];
  expect(applyEdits(text, fix?.edits ?? [])).toContain("COPY web.service /etc/systemd/system/\n");
});

test.each([
  "RUN update-rc.d web defaults",
  "RUN update-rc.d web enable 2 3 4 5",
  "RUN chmod +x /etc/init.d/web && /usr/sbin/update-rc.d -f web defaults 99",
  "RUN chkconfig --add web",
  "RUN chkconfig --level 345 web on",
  "RUN insserv web",
  "RUN ln -s ../init.d/web /etc/rc3.d/S99web",
  "RUN systemctl enable web",
])("a script of System V: %s", (line) => {
  const lines = `COPY web /etc/init.d/web\n${line}`;
  expect(keys(lines, {}, "debian:sid")).toEqual([`${/systemctl/.test(line) ? "error" : "warning"} script`]);
  expect(keys(lines, {}, "debian:12")).toEqual([]);
  expect(
    keys(`COPY web.service /etc/systemd/system/\n${lines}`, { "web.service": webUnit }, "debian:sid"),
  ).toEqual([]);
  expect(keys(line, {}, "debian:sid")).toEqual([]);
});
