import { describe, expect, test } from "vitest";
import { message } from "../../server/src/core/base/message";
import { lineAt } from "../../server/src/core/base/text";
import { fixAll } from "../../server/src/core/lint/fix";
import { lint } from "../../server/src/core/lint/lint";
import { containerRule, type Finding, imageRule, type Rule } from "../../server/src/core/lint/rule";
import { rules } from "../../server/src/core/lint/rules/index";
import { defaultSettings } from "../../server/src/core/lint/settings";
import { ignoreWriter } from "../../server/src/core/lint/suppress";
import { growth } from "../growth";
import { made } from "./blind";
import { noFiles } from "./no-files";

const dockerfile = `FROM debian:12
RUN apt-get install -y systemd-sysv
CMD ["/sbin/init"]
`;
const compose = `services:
  web:
    image: registry.example.com/web
    command: /sbin/init
    init: true
    tmpfs:
    - /run
`;

const broken: Rule = imageRule({
  ...made,
  always: undefined,
  id: "image-broken",
  // biome-ignore lint/correctness/useYield: it breaks before it gets that far.
  *check() {
    throw new Error("a bug");
  },
});

function judge(source: string, uri = "file:///p/Dockerfile", options: { rules?: readonly Rule[] } = {}) {
  return lint({ uri, text: source, snapshot: noFiles, settings: defaultSettings, ...options });
}

const ids = (source: string, uri?: string) => judge(source, uri).findings.map(({ rule }) => rule);
const inCompose = (source: string) => ids(source, "file:///p/compose.yaml");

test("a bug in one rule costs that rule's findings and is told", () => {
  const result = judge(dockerfile, undefined, { rules: [broken, ...rules] });
  expect(result.failures).toEqual([{ rule: "image-broken", error: new Error("a bug") }]);
  expect(result.findings.map(({ rule }) => rule)).toContain("image-stop-signal");
});

test("a fix-all that two rules quarrel over ends", () => {
  const other = (from: string, to: string): Rule =>
    containerRule({
      ...made,
      id: `run-${to}`,
      *check({ source }, say) {
        const span = source.nameSpan;
        if (compose.length === 0 || source.name !== from) return;
        yield {
          span,
          message: say("m"),
          fixes: [{ title: message("t", "t"), safe: true, edits: [{ span, text: to }] }],
        };
      },
    });
  const input = {
    uri: "file:///p/compose.yaml",
    text: compose,
    snapshot: noFiles,
    settings: defaultSettings,
  };
  const { text: fixed } = fixAll({ ...input, rules: [other("web", "app"), other("app", "web")] });
  expect(fixed).toMatch(/^services:\n {2}(web|app):/);
});

describe("a Dockerfile that BuildKit rejects", () => {
  const missing = 'FROM debian:12\nRUN echo a\nCMD ["/sbin/init"]\n';
  const volume =
    'FROM debian:12\nRUN apt-get install -y systemd-sysv\nVOLUME /run\nENV a\nCMD ["/sbin/init"]\n';

  test("says nothing that a line which cannot be read may deny", () => {
    expect(judge(missing).findings.map(({ rule }) => rule)).toContain("image-systemd-missing");
    for (const line of ["  && apt-get install -y systemd", "RU", "RUN <<EOF"]) {
      expect(judge(missing.replace("CMD", `${line}\nCMD`)).findings).toEqual([]);
    }
  });
  test("says nothing of images that are built on it either, nor of containers", () => {
    const text = 'FROM debian:12 AS a\n&& b\nFROM a\nCMD ["/sbin/init"]\n';
    expect(judge(text).findings).toEqual([]);
    const run = "services:\n  a:\n    build: .\n    init: true\n";
    const files: Record<string, string> = { "file:///p/Dockerfile": text, "file:///p/compose.yaml": run };
    const snapshot = { runFiles: ["file:///p/compose.yaml"], read: (uri: string) => files[uri] };
    const uri = "file:///p/compose.yaml";
    expect(lint({ uri, text: run, snapshot, settings: defaultSettings }).findings).toEqual([]);
  });
  test("keeps what the other lines say, without fixes", () => {
    const whole = judge(volume.replace("ENV a\n", "")).findings;
    expect(whole.map(({ rule }) => rule)).toContain("image-runtime-volume");
    expect(whole.flatMap(({ fixes }) => fixes)).not.toEqual([]);
    const { findings } = judge(volume);
    expect(findings.map(({ rule }) => rule)).toEqual(whole.map(({ rule }) => rule));
    expect(findings.flatMap(({ fixes }) => fixes)).toEqual([]);
  });
  test("is not edited by Fix All", () => {
    const fix = (text: string) =>
      fixAll({ uri: "file:///p/Dockerfile", text, snapshot: noFiles, settings: defaultSettings });
    expect(fix(volume.replace("ENV a\n", "")).applied).toBeGreaterThan(0);
    expect(fix(volume)).toMatchObject({ text: volume, applied: 0 });
  });
  test("has no ignore comments that are called useless", () => {
    const text = `# systemd-containers-ignore image-stop-signal\n${missing}&& b\n`;
    expect(judge(text).findings).toEqual([]);
  });
});

describe("ignore comments", () => {
  test("silence a rule for the next instruction only", () => {
    expect(ids(dockerfile)).toContain("image-stop-signal");
    expect(
      ids(dockerfile.replace("CMD", "# systemd-containers-ignore image-stop-signal: why\nCMD")),
    ).not.toContain("image-stop-signal");
    const elsewhere = ids(dockerfile.replace("RUN", "# systemd-containers-ignore image-stop-signal\nRUN"));
    expect(elsewhere).toContain("image-stop-signal");
    expect(elsewhere).toContain("unused-ignore");
  });

  test("silence several rules, with or without commas", () => {
    for (const list of ["image-stop-signal, image-container-env", "image-stop-signal image-container-env"]) {
      const found = ids(dockerfile.replace("CMD", `# systemd-containers-ignore ${list}: why\nCMD`));
      expect(found).not.toContain("image-stop-signal");
      expect(found).not.toContain("image-container-env");
    }
  });

  test("silence a rule for the file", () => {
    const found = ids(
      `# syntax=docker/dockerfile:1\n# systemd-containers-ignore-file image-stop-signal\n${dockerfile}`,
    );
    expect(found).not.toContain("image-stop-signal");
    expect(found).not.toContain("unused-ignore");
  });

  test("silence a rule for a key of a YAML file with all that belongs to it", () => {
    expect(inCompose(compose)).toContain("run-init");
    expect(
      inCompose(compose.replace("    init", "    # systemd-containers-ignore run-init\n    init")),
    ).not.toContain("run-init");
    expect(
      inCompose(compose.replace("  web", "  # systemd-containers-ignore run-init\n  web")),
    ).not.toContain("run-init");
    expect(
      inCompose(compose.replace("    command", "    # systemd-containers-ignore run-init\n    command")),
    ).toContain("run-init");
  });

  test("a rule that does not exist is told", () => {
    const found = judge(`# systemd-containers-ignore-file image-nonsense\n${dockerfile}`).findings;
    expect(found.find(({ rule }) => rule === "unused-ignore")?.message.args).toEqual({
      id: "image-nonsense",
    });
  });

  test("of a rule that is off are not judged", () => {
    const settings = { rules: { "image-stop-signal": "off" as const }, target: undefined };
    const source = dockerfile.replace("CMD", "# systemd-containers-ignore image-stop-signal\nCMD");
    const { findings } = lint({ uri: "file:///p/Dockerfile", text: source, snapshot: noFiles, settings });
    expect(findings.map(({ rule }) => rule)).not.toContain("unused-ignore");
  });
});

test("says which files it asked for, so that their changes are known to matter", () => {
  const seen: string[] = [];
  const snapshot = {
    runFiles: ["file:///p/compose.yaml"],
    read: (uri: string) => {
      seen.push(uri);
      return uri.endsWith("compose.yaml")
        ? "services:\n  web:\n    build: .\n    command: /sbin/init\n"
        : undefined;
    },
  };
  const { asked, findings } = lint({
    uri: "file:///p/Dockerfile",
    text: "FROM debian:12\n",
    snapshot,
    settings: defaultSettings,
  });
  expect(asked).toContain("file:///p/compose.yaml");
  expect(findings.map(({ rule }) => rule)).toContain("image-stop-signal");
});

describe("how certain it is that systemd boots", () => {
  const worst = (severity: string) => ["error", "warning", "information", "hint"].indexOf(severity);
  const compose = (service: string) =>
    lint({
      uri: "file:///p/compose.yaml",
      text: `services:\n  a:\n${service}`,
      snapshot: noFiles,
      settings: defaultSettings,
    }).findings;
  const bind = "    volumes: [/sys/fs/cgroup:/sys/fs/cgroup:ro]\n";
  const ofCgroup = (findings: readonly Finding[]) =>
    findings.find(({ rule }) => rule.startsWith("run-cgroup"));

  test("is at most a warning for an image that is known, and says why", () => {
    const { findings } = judge("FROM kindest/node:v1.30.0\nVOLUME /sys/fs/cgroup\nUSER nobody\n");
    expect(findings.map(({ rule }) => rule)).toContain("image-user-not-root");
    expect(Math.min(...findings.map(({ severity }) => worst(severity)))).toBe(worst("warning"));
    expect(new Set(findings.map(({ grade }) => grade))).toEqual(new Set(["known"]));
    expect(findings[0]?.reason?.key).toBe("grade.base");
  });
  test("is an error for a known image that a container is set up for", () => {
    expect(ofCgroup(compose("    image: jrei/systemd-debian:12\n"))?.severity).toBe("warning");
    expect(ofCgroup(compose(`    image: jrei/systemd-debian:12\n${bind}`))?.severity).toBe("error");
  });
  test.each([
    ["a name", "    image: a.example/ubuntu-systemd:22.04\n"],
    ["a name with init", "    image: quay.io/me/rocky9-init\n"],
    ["privileges and a name", "    image: me/ansible-lab\n    privileged: true\n"],
    ["a capability and a tmpfs", "    image: me/lab\n    cap_add: [SYS_ADMIN]\n    tmpfs: [/run/lock]\n"],
    ["a stop signal", "    image: me/lab\n    stop_signal: RTMIN+3\n"],
  ])("is a warning, said with if, for %s", (_, service) => {
    const found = ofCgroup(compose(service + bind));
    expect(found).toMatchObject({ grade: "named", severity: "warning" });
    expect(found?.message.key).toMatch(/^if\.run-cgroup-/);
    expect(found?.fixes.some(({ safe }) => safe)).toBe(false);
  });
  test.each([
    ["an exporter", "    image: me/systemd-exporter\n"],
    [
      "a replacement",
      "    image: me/docker-systemctl-replacement\n    privileged: true\n    tmpfs: [/run]\n",
    ],
    ["the host's processes", "    image: me/ansible-lab\n    privileged: true\n    pid: host\n"],
    ["an engine's init", "    image: me/ubuntu-systemd\n    init: true\n"],
    ["a user", "    image: me/ubuntu-systemd\n    user: app\n"],
    ["an engine in it", "    image: me/ansible-dind\n    privileged: true\n"],
    ["a database", "    image: me/db-init\n    privileged: true\n"],
    ["privileges alone", "    image: me/lab\n    privileged: true\n"],
  ])("is nothing for %s", (_, service) => {
    expect(compose(service + bind)).toEqual([]);
  });
});

test.each([
  [
    "Dockerfile",
    (lines: number) =>
      `FROM debian:12\n${repeat(lines, (index) => `RUN echo ${index} > /etc/${index} && systemctl enable unit${index}\n`)}CMD ["/sbin/init"]\n`,
  ],
  [
    "compose.yaml",
    (lines: number) =>
      `services:\n${repeat(lines / 4, (index) => `  web${index}:\n    image: x/web${index}\n    command: /sbin/init\n    init: true\n`)}`,
  ],
])("a long %s costs time by its length", (name, make) => {
  let turn = 0;
  // Each line is new each time: of a short text all lines would be kept from the time before, of a long one none.
  const read = (text: string) => {
    turn++;
    judge(
      text.replaceAll(/echo |: x\//g, (word) => `${word}${turn}`),
      `file:///p/${name}`,
    );
  };
  expect(growth(make, read, 200, 1_600, 1.5)).toBeLessThan(1.5);
});

function repeat(times: number, make: (index: number) => string): string {
  return Array.from({ length: times }, (_, index) => make(index)).join("");
}

test("a line is found wherever in it one looks, in a text that begins with an empty one too", () => {
  const lines = (source: string) =>
    [...source, ""].map((_, at) => source.slice(lineAt(source, at).start, lineAt(source, at).end));
  expect(lines("\nab\r\n")).toEqual(["", "ab", "ab", "ab", "ab", ""]);
  expect(lineAt("\nab", 0)).toEqual({ start: 0, end: 0 });
});

test("no ignore comment is written into a scalar of a later document", () => {
  const text =
    "services: {}\n---\nservices:\n  web:\n    command: >\n      /sbin/init\n      --log-level=info\n";
  const at = text.indexOf("--log-level");
  const { here } = ignoreWriter({ uri: "file:///p/compose.yaml", text })(at, "run-command");
  expect(here).toBeUndefined();
});
