import { describe, expect, test } from "vitest";
import { applyEdits } from "../../../server/src/core/base/text";
import { kindOfDocument, kindOfName, readFile } from "../../../server/src/core/surfaces/files";
import { lintProject } from "../lint-project";

const name = "molecule/default/Dockerfile.j2";
const found = (...lines: string[]) => lintProject({ [name]: lines.join("\n") });
const rules = (...lines: string[]) => found(...lines).map(({ rule }) => rule);

/** A base image that the template chooses, as Molecule's own template does. */
const base = [
  "{% if item.registry is defined %}",
  "FROM {{ item.registry.url }}/{{ item.image }}",
  "{% else %}",
  "FROM {{ item.image }}",
  "{% endif %}",
];

test.each([
  ["Dockerfile.j2", "dockerfile-template"],
  ["debian.Dockerfile.j2", "dockerfile-template"],
  ["Dockerfile.debian.j2", "dockerfile-template"],
  ["Dockerfile.erb", undefined],
  ["haproxy.cfg.j2", undefined],
])("the kind of %s is %s", (file, kind) => {
  expect(kindOfName(`/role/${file}`)).toBe(kind);
});

test("an editor may call a template a Dockerfile", () => {
  expect(kindOfDocument("file:///p/Dockerfile.j2", "dockerfile")).toBe("dockerfile-template");
  expect(kindOfDocument("file:///p/Dockerfile.dev", "dockerfile")).toBe("dockerfile");
  expect(kindOfDocument("file:///p/Dockerfile.txt", "dockerfile")).toBe("dockerfile");
  expect(kindOfDocument("file:///p/Dockerfile.j2", "plaintext")).toBeUndefined();
});

describe("instructions that Jinja leaves alone", () => {
  test("are linted and fixed", () => {
    const text = [...base, "RUN apt-get install -y {{ item.packages }}", 'CMD ["/sbin/init"]', ""].join("\n");
    const [finding] = lintProject({ [name]: text }).filter(({ rule }) => rule === "image-stop-signal");
    expect(finding).toBeDefined();
    const after = applyEdits(text, finding?.fixes[0]?.edits ?? []);
    expect(after).toContain("STOPSIGNAL SIGRTMIN+3");
    expect(after.replace("STOPSIGNAL SIGRTMIN+3\n", "")).toBe(text);
    expect(lintProject({ [name]: after }).map(({ rule }) => rule)).not.toContain("image-stop-signal");
  });

  test("can follow statements and comments of Jinja", () => {
    const text = [...base, "{# STOPSIGNAL SIGTERM #}", "{% if a %}", "STOPSIGNAL SIGRTMIN+3", "{% endif %}"];
    expect(rules(...text, 'CMD ["/sbin/init"]')).not.toContain("image-stop-signal");
  });
});

describe("nothing is said", () => {
  test.each([
    ["of a program that Jinja names", [...base, "CMD {{ item.command }}"]],
    [
      "of a line with code",
      [...base, "STOPSIGNAL SIGRTMIN+3", "ENV container={{ x }}", "USER {{ y }}", 'CMD ["/sbin/init"]'],
    ],
    ["if code inserts instructions", [...base, "{{ item.lines }}", 'CMD ["/sbin/init"]']],
    ["if another template inserts instructions", [...base, "{% include 'more.j2' %}", 'CMD ["/sbin/init"]']],
    ["of a template that is not closed", [...base, "{{ item.x", 'CMD ["/sbin/init"]']],
  ])("%s", (_, text) => {
    expect(rules(...text).filter((rule) => !/image-run-flags|image-boot-target/.test(rule))).toEqual([]);
  });

  test("of the base image in a condition", () => {
    const text = [
      "{% if a %}",
      "FROM centos:7",
      "{% else %}",
      "FROM centos:6",
      "{% endif %}",
      'CMD ["/sbin/init"]',
    ];
    expect(rules(...text)).not.toContain("image-cgroup-version");
    expect(rules("FROM centos:7", 'CMD ["/sbin/init"]')).toContain("image-cgroup-version");
  });

  test("of packages and variables that Jinja chooses", () => {
    const text = [
      "FROM debian:12",
      "RUN apt-get install -y {{ packages | join(' ') }}",
      "{% for k, v in env %}",
      "ENV {{ k }} {{ v }}",
      "{% endfor %}",
      "STOPSIGNAL SIGRTMIN+3",
      'CMD ["/sbin/init"]',
    ];
    expect(rules(...text)).not.toContain("image-systemd-missing");
    expect(rules(...text)).not.toContain("image-container-env");
  });
});

test("positions stay the same", () => {
  const text = `${base.join("\r\n")}\r\nRUN echo {{ "a\r\nb" }} {{x}}\r\nCMD ["/sbin/init"]`;
  const file = readFile({ uri: "file:///p/Dockerfile.j2", text }, () => undefined);
  expect(file?.dockerfile?.text.length).toBe(text.length);
  expect(file?.problems()).toEqual([]);
});
