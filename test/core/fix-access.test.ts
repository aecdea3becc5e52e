import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { format } from "../../server/src/core/base/message";
import type { Snapshot } from "../../server/src/core/base/snapshot";
import { bareSpec, type ContainerSpec, type SpecChange } from "../../server/src/core/container/spec";
import { dedent } from "../../server/src/core/docs/page";
import type { EngineFacts, Target } from "../../server/src/core/engine";
import { debianImage } from "../../server/src/core/lint/examples/blocks";
import { fixAll } from "../../server/src/core/lint/fix";
import { type LintInput, lint } from "../../server/src/core/lint/lint";
import type { Fix } from "../../server/src/core/lint/rule";
import { rules } from "../../server/src/core/lint/rules/index";
import { accessText, openedBy } from "../../server/src/core/plan/access";
import { exampleProject, examplesOf, readMarks } from "./example";
import { keyed, keyedArgument } from "./keyed";
import { noFiles } from "./no-files";

// Fix All never widens what a container may access, for any engine, with hints or without. The texts are read here
// with a YAML library and not with the project's own model.

const docker = (version: string, cgroupVersion: 1 | 2, more: Partial<EngineFacts> = {}): EngineFacts => ({
  engine: "docker",
  version,
  cgroupVersion,
  ...more,
});
const targets: readonly Target[] = [
  undefined,
  { engine: "docker" },
  ...["20.10.24", "26.1.5", "28.5.2"].flatMap((version) => [docker(version, 1), docker(version, 2)]),
  docker("28.5.2", 2, { rootless: true }),
  docker("28.5.2", 2, { usernsRemap: true }),
  { engine: "podman", version: "5.8.0", cgroupVersion: 1 },
  { engine: "podman", version: "5.8.0", cgroupVersion: 2 },
];

interface Service {
  readonly [key: string]: unknown;
}

/** What was read before: engines see the same files, and have most fixes in common. */
const known = new Map<string, string[]>();

/** What a compose file gives each service of its host, as words: `web cap_add SYS_ADMIN`. */
function accessIn(text: string): string[] {
  const read = known.get(text);
  if (read) return read;
  const services: Readonly<Record<string, Service>> = parse(text, { merge: true })?.services ?? {};
  const access = Object.entries(services).flatMap(([name, service]) =>
    [
      ...(String(service?.privileged) === "true" ? ["privileged"] : []),
      ...list(service?.cap_add).map((item) => `cap_add ${item}`),
      ...list(service?.devices).map((item) => `devices ${JSON.stringify(item)}`),
      ...list(service?.security_opt)
        .filter((item) => /unconfined|disable|unmask/.test(String(item)))
        .map((item) => `security_opt ${item}`),
      ...["cgroup", "pid", "network_mode", "userns_mode", "ipc", "uts"]
        .filter((key) => service?.[key] === "host")
        .map((key) => `${key} host`),
      ...list(service?.volumes).flatMap(hostPaths),
    ].map((one) => `${name} ${one}`),
  );
  known.set(text, access);
  return access;
}

function list(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}

/** A bind by its source, once more where it may be written. */
function hostPaths(volume: unknown): string[] {
  if (typeof volume === "string") {
    const [source = "", target, mode = ""] = volume.split(":");
    if (target === undefined || !/^[./~$]/.test(source)) return [];
    return [`bind ${source}`, ...(/\bro\b/.test(mode) ? [] : [`bind ${source} rw`])];
  }
  const { type, source, read_only } = volume as Record<string, unknown>;
  if (type !== "bind") return [];
  return [`bind ${source}`, ...(String(read_only) === "true" ? [] : [`bind ${source} rw`])];
}

/** What the text after Fix All has beyond the text before, but for the one exception that is meant. */
function widened(before: string, after: string, target: Target): string[] {
  const had = accessIn(before);
  const stated = target?.engine === "docker" && !target.usernsRemap;
  const lacksLess =
    stated && (target.cgroupVersion === 1 || target.rootless || (target.version ?? "28") < "28");
  const binds = (name: string) => had.includes(`${name} bind /sys/fs/cgroup rw`);
  return accessIn(after).filter((access) => {
    const [name = ""] = access.split(" ");
    return !had.includes(access) && !(access === `${name} cgroup host` && lacksLess && binds(name));
  });
}

/** Services with the flags that people start systemd with, beside those of the examples. */
const flags = [
  "",
  'volumes: ["/sys/fs/cgroup:/sys/fs/cgroup:ro"]',
  'volumes: ["/sys/fs/cgroup:/sys/fs/cgroup:rw"]',
  "volumes: [{type: bind, source: /sys/fs/cgroup, target: /sys/fs/cgroup, read_only: true}]",
  'volumes: ["/sys/fs/cgroup/systemd:/sys/fs/cgroup/systemd:ro"]',
  "security_opt: [writable-cgroups=true]",
  "security_opt: [writable-cgroups]",
  "cgroup: private",
  'cgroup: private\n    volumes: ["/sys/fs/cgroup:/sys/fs/cgroup:rw"]',
  "cap_add: [SYS_ADMIN]\n    security_opt: [seccomp=unconfined]",
  "tmpfs: [/sys/fs/cgroup]",
];
const needy = [
  debianImage.Dockerfile,
  debianImage.Dockerfile.replace("RUN : >", "RUN systemctl enable chrony openvpn sshfs ufw\n    RUN : >"),
  debianImage.Dockerfile.replace("STOPSIGNAL", "VOLUME /sys/fs/cgroup\n    STOPSIGNAL"),
].map(dedent);

/** Every compose file that an example provides, and services with each of the flags, beside the files that they belong to. */
function* projects(): Generator<{ title: string; uri: string; text: string; snapshot: Snapshot }> {
  for (const rule of rules) {
    for (const example of examplesOf(rule)) {
      const { text } = readMarks(example.source);
      const { uri, snapshot } = exampleProject(rule, example, text);
      const own = [uri, ...Object.keys(example.files ?? {}).map((name) => new URL(name, uri).href)];
      for (const each of new Set(own.filter((name) => name.endsWith(".yaml"))))
        yield { title: `${rule.id}: ${example.says}`, uri: each, text: snapshot.read(each) ?? "", snapshot };
    }
  }
  for (const image of needy) {
    for (const line of flags) {
      const text = `services:\n  web:\n    build: .\n${line ? `    ${line}\n` : ""}`;
      const uri = "file:///p/compose.yaml";
      const read = (asked: string) => (asked.endsWith("/Dockerfile") ? image : undefined);
      yield { title: line, uri, text, snapshot: { runFiles: [uri], read } };
    }
  }
}

const nameOf = (target: Target) => (target ? JSON.stringify(target) : "no engine");

describe.each(targets.map((target) => [nameOf(target), target] as const))("for %s", (_, target) => {
  const inputs = [...projects()].map((project): LintInput & { title: string } => ({
    ...project,
    settings: { rules: {}, target },
  }));

  const fixes = new Map<LintInput, readonly Fix[]>();
  const fixesOf = (input: LintInput) => {
    const found = fixes.get(input) ?? lint(input).findings.flatMap((finding) => finding.fixes);
    fixes.set(input, found);
    return found;
  };

  // Without hints less is fixed; one engine shows that it is not something else.
  test.each(target?.version === "26.1.5" ? [false, true] : [true])(
    "Fix All widens nothing (hints: %s)",
    (hints) => {
      const wider = inputs.flatMap((input) => {
        if (!fixesOf(input).some(({ safe }) => safe)) return [];
        const { text } = fixAll(input, { hints });
        return widened(input.text, text, target).map((access) => `${input.title}: ${access}\n${text}`);
      });
      expect(wider).toEqual([]);
    },
  );

  test("a fix that widens access is a suggestion, and its title states what the container can do", () => {
    const silent: string[] = [];
    let wide = 0;
    for (const input of inputs) {
      for (const fix of fixesOf(input)) {
        const edits = fix.edits.filter(({ uri }) => uri === undefined || uri === input.uri);
        if (edits.length < fix.edits.length) continue;
        const text = edits
          .toSorted((a, b) => b.span.start - a.span.start)
          .reduce(
            (all, { span, text: by }) => all.slice(0, span.start) + by + all.slice(span.end),
            input.text,
          );
        if (widened(input.text, text, undefined).length === 0) continue;
        wide++;
        const allowed = widened(input.text, text, target).length === 0;
        if ((fix.safe && !allowed) || !fix.title.key.endsWith(".opens"))
          silent.push(`${input.title}: ${format(fix.title)}`);
      }
    }
    expect(silent).toEqual([]);
    expect(wide).toBeGreaterThan(target?.engine === "podman" ? 0 : 10);
  });
});

test("a compose file that is made for an image has its price in its title too", () => {
  const titles = (target: Target) =>
    lint({
      uri: "file:///p/Dockerfile",
      text: needy[0] ?? "",
      snapshot: noFiles,
      settings: { rules: {}, target },
    }).findings.flatMap(({ fixes }) => fixes.map(({ title }) => title));
  const [made] = titles(docker("26.1.5", 2)).filter(({ key }) => key.startsWith("image-run-flags.compose"));
  expect(made && keyed(made)).toBe(
    "image-run-flags.compose.opens(fix=image-run-flags.compose, access=list.and(items=[access.write(path=/sys/fs/cgroup)], last=access.cgroup-host))",
  );
  expect(titles(docker("28.5.2", 2)).map(({ key }) => key)).toContain("image-run-flags.compose");
});

test("the host's cgroup namespace completes the author's bind, for an engine that has nothing less", () => {
  const text = 'services:\n  web:\n    build: .\n    volumes: ["/sys/fs/cgroup:/sys/fs/cgroup:rw"]\n';
  const read = (asked: string) => (asked.endsWith("/Dockerfile") ? needy[0] : undefined);
  const fixed = (target: Target) =>
    fixAll({
      uri: "file:///p/compose.yaml",
      text,
      snapshot: { runFiles: [], read },
      settings: { rules: {}, target },
    }).text;
  expect(fixed(docker("26.1.5", 2))).toContain("cgroup: host");
  expect(fixed({ engine: "docker", version: "20.10.24", cgroupVersion: 2 })).toContain("cgroup: host");
  for (const target of [undefined, { engine: "docker" } as const, docker("28.5.2", 2)])
    expect(fixed(target)).not.toContain("cgroup: host");
});

describe("what steps open", () => {
  const bind = { type: "bind", source: "/srv", target: "/srv", readOnly: true } as const;
  const opened = (run: Partial<ContainerSpec>, ...steps: SpecChange[]) =>
    keyedArgument(accessText(openedBy({ ...bareSpec, ...run }, steps)));

  test.each<[string, Partial<ContainerSpec>, SpecChange[], string]>([
    ["nothing by a tmpfs", {}, [{ do: "add", key: "tmpfs", value: { path: "/run", options: [] } }], ""],
    ["a device", {}, [{ do: "add", key: "devices", value: "/dev/fuse" }], "access.device(path=/dev/fuse)"],
    ["a capability", {}, [{ do: "add", key: "capabilities", value: "CAP_SYS_TIME" }], "access.SYS_TIME"],
    [
      "a capability that is there under its other name",
      { capabilities: ["SYS_TIME"] },
      [{ do: "add", key: "capabilities", value: "CAP_SYS_TIME" }],
      "",
    ],
    ["a bind", {}, [{ do: "add", key: "mounts", value: bind }], "access.read(path=/srv)"],
    [
      "a bind that was read-only",
      { mounts: [bind] },
      [{ do: "add", key: "mounts", value: { ...bind, readOnly: false } }],
      "access.write(path=/srv)",
    ],
    [
      "a bind whose mounts below are writable",
      { mounts: [bind] },
      [{ do: "add", key: "mounts", value: { ...bind, recursive: "writable" } }],
      "access.write(path=/srv)",
    ],
    [
      "a namespace and a profile",
      {},
      [
        { do: "set", key: "pid", value: "host" },
        { do: "add", key: "securityOptions", value: "apparmor:unconfined" },
      ],
      "list.and(items=[access.apparmor], last=access.pid-host)",
    ],
    [
      "a private namespace that goes",
      { cgroupNamespace: "private" },
      [{ do: "unset", key: "cgroupNamespace" }],
      "access.cgroup-default",
    ],
    [
      "no-new-privileges that goes",
      { securityOptions: ["no-new-privileges:true"] },
      [{ do: "unset", key: "securityOptions" }],
      "access.setuid",
    ],
    ["nothing by less", { privileged: true, mounts: [bind] }, [{ do: "unset", key: "privileged" }], ""],
  ])("%s", (_, run, steps, says) => {
    expect(opened(run, ...steps)).toBe(says);
  });
});
