import { expect, test } from "vitest";
import { lint } from "../../server/src/core/lint/lint";

const base = ["FROM fedora:41", "RUN dnf -y install systemd"];
const copied = [...base, "COPY app.service /etc/systemd/system/", "RUN systemctl enable app.service"];
const unit = (...lines: string[]) => ["[Service]", "ExecStart=/usr/bin/app", ...lines, ""].join("\n");

/** What unit-console reports, with its severity. */
function said(lines: readonly string[], files: Readonly<Record<string, string>>, compose?: string): string[] {
  const text = [...lines, 'CMD ["/sbin/init"]'].join("\n");
  const all: Record<string, string> = {
    Dockerfile: text,
    ...files,
    ...(compose && { "compose.yaml": compose }),
  };
  const read = (uri: string) => all[decodeURIComponent(uri.replace("file:///w/", ""))];
  const runFiles = compose === undefined ? [] : ["file:///w/compose.yaml"];
  const { findings } = lint({
    uri: "file:///w/Dockerfile",
    text,
    snapshot: { runFiles, read },
    settings: { rules: {}, target: undefined },
  });
  return findings.flatMap(({ rule, severity, message }) =>
    rule === "unit-console" ? [`${severity} ${message.key}`] : [],
  );
}

const journal = ["information unit-console.journal"];

test.each<[string, readonly string[], Readonly<Record<string, string>>]>([
  ["no word about output", copied, { "app.service": unit() }],
  [
    "StandardOutput=journal",
    copied,
    { "app.service": unit("StandardOutput=journal", "StandardError=journal") },
  ],
  ["the old syslog", copied, { "app.service": unit("StandardOutput = syslog") }],
  ["a setting that is commented out", copied, { "app.service": unit("#StandardOutput=journal+console") }],
  ["CRLF", copied, { "app.service": unit().replace(/\n/g, "\r\n") }],
  [
    "a directory of units",
    [...base, "COPY units/ /usr/lib/systemd/system/", "RUN systemctl enable app"],
    { "units/app.service": unit() },
  ],
  [
    "a heredoc",
    [...base, "COPY <<EOF /etc/systemd/system/app.service", unit(), "EOF", "RUN systemctl enable app"],
    {},
  ],
  [
    "a template",
    [...base, "COPY app@.service /etc/systemd/system/", "RUN systemctl enable app@1"],
    { "app@.service": unit() },
  ],
  [
    "a link into the wants directory",
    [
      ...base,
      "COPY app.service /etc/systemd/system/",
      "RUN ln -s /etc/systemd/system/app.service /etc/systemd/system/multi-user.target.wants/",
    ],
    { "app.service": unit() },
  ],
])("the journal is named: %s", (_, lines, files) => {
  expect(said(lines, files)).toEqual(journal);
});

test.each<[string, readonly string[], Readonly<Record<string, string>>]>([
  ["not enabled", copied.slice(0, 3), { "app.service": unit() }],
  ["oneshot", copied, { "app.service": unit("Type=oneshot") }],
  ["to a file", copied, { "app.service": unit("StandardOutput=append:/var/log/app.log") }],
  ["to nothing", copied, { "app.service": unit("StandardOutput=null") }],
  [
    "to the console, by a drop-in",
    [...copied, "COPY c.conf /etc/systemd/system/app.service.d/c.conf"],
    { "app.service": unit(), "c.conf": "[Service]\nStandardOutput=journal+console\n" },
  ],
  [
    "journald forwards",
    [...copied, "RUN sed -i 's/.*ForwardToConsole=.*/ForwardToConsole=yes/' /etc/systemd/journald.conf"],
    { "app.service": unit() },
  ],
  [
    "journald forwards by a file",
    [...copied, "COPY j.conf /etc/systemd/journald.conf.d/"],
    { "app.service": unit(), "j.conf": "[Journal]\nForwardToConsole=yes\n" },
  ],
  [
    "a unit follows the journal",
    [...copied, "COPY log.service /etc/systemd/system/", "RUN systemctl enable log"],
    { "app.service": unit(), "log.service": "[Service]\nExecStart=/usr/bin/journalctl -f\n" },
  ],
])("silent: %s", (_, lines, files) => {
  expect(said(lines, files)).toEqual([]);
});

test("it speaks once a file", () => {
  const lines = [...copied, "COPY b.service /etc/systemd/system/", "RUN systemctl enable b"];
  expect(said(lines, { "app.service": unit(), "b.service": unit() })).toEqual(journal);
});

test("the console needs a terminal", () => {
  const compose = "services:\n  app:\n    build: .\n";
  const lines = [...copied, "COPY j.conf /etc/systemd/journald.conf.d/"];
  const files = { "app.service": unit(), "j.conf": "[Journal]\nForwardToConsole=yes\n" };
  expect(said(lines, files, compose)).toEqual(["information unit-console.terminal"]);
  expect(said(lines, files, `${compose}    tty: true\n`)).toEqual([]);
  expect(said(lines, files)).toEqual([]);
});
