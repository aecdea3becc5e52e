import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { applyEdits } from "../../../server/src/core/base/text";
import { applySteps, type SpecChange } from "../../../server/src/core/container/spec";
import { lint } from "../../../server/src/core/lint/lint";
import { readFile } from "../../../server/src/core/surfaces/files";
import { lintProject } from "../lint-project";
import { noFiles } from "../no-files";

const uri = "file:///project/.devcontainer/devcontainer.json";

function read(text: string) {
  const file = readFile({ uri, text: `${text}\n// systemd\n` }, () => undefined);
  if (!file) throw new Error("not read");
  return file;
}

const only = (text: string) => {
  const [container] = read(text).containers;
  if (!container) throw new Error("no container");
  return container;
};

test("properties and flags set the same run", () => {
  const { spec, build } = only(`{
    // comment
    "build": { "dockerfile": "Dockerfile", "context": "..", "target": "dev" },
    "privileged": true, "init": true, "containerUser": "root",
    "capAdd": ["SYS_PTRACE"], "securityOpt": ["seccomp:unconfined"],
    "mounts": ["type=tmpfs,target=/run", "source=x,target=/x,type=volume"],
    "containerEnv": { "container": "docker" },
    "runArgs": ["--cgroupns=host", "-v", "/sys/fs/cgroup:/sys/fs/cgroup:ro", "--tmpfs", "/tmp"],
    "overrideCommand": false,
  }`);
  expect(build).toMatchObject({
    dockerfile: "file:///project/.devcontainer/Dockerfile",
    context: "file:///project",
    target: "dev",
  });
  expect(spec).toMatchObject({
    ...{ privileged: true, init: true, user: "root", cgroupNamespace: "host" },
    ...{ capabilities: ["SYS_PTRACE"], securityOptions: ["seccomp=unconfined"] },
    environment: { container: "docker" },
    mounts: [{ target: "/sys/fs/cgroup", readOnly: true }, { target: "/x" }],
    tmpfs: [{ path: "/tmp" }, { path: "/run" }],
  });
  expect(spec.command).toBeUndefined();
});

test("a feature can start the engine's init, which only removing the feature takes back", () => {
  const feature = "ghcr.io/devcontainers/features/go:1";
  const text = `{"image": "almalinux/9-init", "overrideCommand": false, "init": false, "features": {"${feature}": {}}}`;
  const { spec, at, changes, toDisplay } = only(text);
  const span = at({ key: "init" });
  expect(spec.init).toBe(true);
  expect(text.slice(span?.start, span?.end)).toBe(`"${feature}"`);
  expect(toDisplay({ do: "set", key: "init", value: true })).toBe(feature);
  expect(changes([{ do: "unset", key: "init" }])).toEqual([]);
  const settings = { rules: {}, target: undefined };
  const found = lint({ uri, text, snapshot: noFiles, settings }).findings.find(
    ({ rule }) => rule === "run-init",
  );
  expect(found?.message.args).toEqual({ what: feature });
  expect(found?.fixes).toEqual([]);
  const other = text.replace("features/go", "features/docker-in-docker");
  expect(only(other).spec.init).toBe(false);
});

test("a feature can make the container privileged, with a volume for its engine", () => {
  const feature = "ghcr.io/devcontainers/features/docker-in-docker:2";
  const text = `{"image": "almalinux/9-init", "overrideCommand": false, "features": {"${feature}": {}}}`;
  const { spec, at, changes, toDisplay } = only(text);
  const span = at({ key: "privileged" });
  expect(spec.privileged).toBe(true);
  expect(spec.mounts.map(({ target }) => target)).toEqual(["/var/lib/docker"]);
  expect(text.slice(span?.start, span?.end)).toBe(`"${feature}"`);
  expect(toDisplay({ do: "unset", key: "privileged" })).toBe(feature);
  expect(changes([{ do: "unset", key: "privileged" }])).toEqual([]);
  const settings = { rules: {}, target: undefined };
  const rules = (of: string) =>
    lint({ uri, text: of, snapshot: noFiles, settings }).findings.map(({ rule }) => rule);
  expect(rules(text.replace(feature, "x"))).toContain("run-cgroup-writable");
  expect(rules(text)).not.toContain("run-cgroup-writable");
  expect(rules(text)).not.toContain("run-privileged");
});

test("a mount can be an object, which is removed like a text", () => {
  const cgroups = '{ "type": "bind", "source": "/sys/fs/cgroup", "target": "/sys/fs/cgroup" }';
  const text = `{"image": "x", "mounts": ["source=x,target=/x", ${cgroups}]}`;
  const { spec, at, changes } = only(text);
  const [, mount] = spec.mounts;
  expect(mount).toEqual({
    ...{ type: "bind", source: "/sys/fs/cgroup", target: "/sys/fs/cgroup", readOnly: false },
  });
  const span = at({ key: "mounts", item: mount });
  expect(text.slice(span?.start, span?.end)).toBe(cgroups);
  const [change] = mount ? changes([{ do: "drop", key: "mounts", value: mount }]) : [];
  expect(only(applyEdits(text, change?.edits ?? [])).spec.mounts.map(({ target }) => target)).toEqual(["/x"]);
  expect(only('{"image": "x", "mounts": [{}, 1, {"source": "a,b", "target": "/x"}]}').spec.mounts).toEqual(
    [],
  );
});

test.each([
  ['{"image": "x"}', true],
  ['{"image": "x", "overrideCommand": true}', true],
  ['{"image": "x", "overrideCommand": false}', false],
])("in %s the container runs a program of the tool: %s", (text, isReplaced) => {
  expect(only(text).standIn !== undefined).toBe(isReplaced);
});

test("the container of a compose file is that file's", () => {
  expect(read('{"dockerComposeFile": "c.yml", "service": "x"}').containers).toEqual([]);
});

test("a service of a compose file whose program is replaced is reported here, and all else there", () => {
  const text = (override: string) =>
    `{"dockerComposeFile": ["a.yml", "../compose.yml"], "service": "dev", ${override} "remoteUser": "me"}`;
  const files = {
    "file:///project/compose.yml": "services:\n  dev:\n    build: .\n    init: true\n",
    "file:///project/Dockerfile": "FROM almalinux/9-init\n",
  };
  const found = (override: string) =>
    lint({
      ...{ uri, text: text(override), settings: { rules: {}, target: undefined } },
      snapshot: { ...noFiles, read: (of) => (files as Readonly<Record<string, string>>)[of] },
    }).findings;
  const [finding, ...others] = found('"overrideCommand": true,');
  expect(others).toEqual([]);
  expect(finding?.rule).toBe("devcontainer-override-command");
  const overriding = text('"overrideCommand": true,');
  expect(overriding.slice(finding?.span.start, finding?.span.end)).toBe("true");
  expect(finding?.fixes.map(({ edits }) => applyEdits(overriding, edits))).toEqual([
    text('"overrideCommand": false,'),
  ]);
  expect(found("")).toEqual([]);
  expect(found('"overrideCommand": false,')).toEqual([]);
});

const step = fc.constantFrom<SpecChange>(
  { do: "set", key: "init", value: false },
  { do: "unset", key: "privileged" },
  { do: "set", key: "cgroupNamespace", value: "host" },
  { do: "set", key: "stopSignal", value: "SIGRTMIN+3" },
  { do: "add", key: "tmpfs", value: { path: "/run", options: [] } },
  { do: "add", key: "capabilities", value: "SYS_ADMIN" },
  { do: "drop", key: "capabilities", value: "SYS_ADMIN" },
  { do: "add", key: "securityOptions", value: "writable-cgroups=true" },
  { do: "setEnv", name: "container", value: "docker" },
  { do: "unsetEnv", name: "container" },
);

const property = fc.constantFrom(
  ...['"image": "x"', '"init": true', '"privileged": true', '"capAdd": ["SYS_ADMIN"]', '"capAdd": []'],
  ...['"runArgs": ["--init", "--privileged", "-it", "-v", "/a:/b"]', '"runArgs": ["--tmpfs", "/run"]'],
  ...['"runArgs": ["--cap-add=SYS_ADMIN", "--cgroupns=private"]', '"containerEnv": {"container": "x"}'],
  ...['"securityOpt": ["a=b"]', '"mounts": [{"type": "bind"}]', '"name": 1', '"overrideCommand": false'],
);

describe("steps", () => {
  test("are what the file says after them", () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(property, { maxLength: 7, selector: (text) => text.split(":")[0] }),
        fc.uniqueArray(step, {
          minLength: 1,
          maxLength: 3,
          selector: (of) => ("name" in of ? of.name : of.key),
        }),
        (properties, steps) => {
          const text = `{\n  ${properties.join(",\n  ")}\n}`;
          const source = only(text);
          for (const { edits } of source.changes(steps)) {
            const after = applyEdits(text, edits);
            expect(read(after).problems()).toEqual([]);
            const wanted = applySteps(source.spec, steps);
            const { spec } = only(after);
            for (const key of ["init", "privileged", "cgroupNamespace", "stopSignal", "environment"] as const)
              expect(spec[key]).toEqual(wanted[key]);
            for (const key of ["capabilities", "securityOptions", "tmpfs", "mounts"] as const)
              expect(new Set(spec[key].map((item) => JSON.stringify(item)))).toEqual(
                new Set(wanted[key].map((item) => JSON.stringify(item))),
              );
          }
        },
      ),
      { numRuns: 500 },
    );
  });
});

test("reading never throws", () => {
  fc.assert(
    fc.property(
      fc.array(fc.oneof(property, fc.constantFrom("{", "}", ",", "[", '"', "// x\n", "\n"))),
      (parts) => {
        const text = `${parts.join("")} systemd`;
        const { failures } = lint({
          uri,
          text,
          snapshot: noFiles,
          settings: { rules: {}, target: undefined },
        });
        expect(failures).toEqual([]);
      },
    ),
    { numRuns: 300 },
  );
});

test("a dev container that says nothing of systemd is linted with its Dockerfile", () => {
  const files = {
    ".devcontainer/devcontainer.json": JSON.stringify({
      build: { dockerfile: "Dockerfile" },
      privileged: true,
      overrideCommand: false,
    }),
    ".devcontainer/Dockerfile": [
      "FROM debian:12",
      "RUN apt-get update && apt-get install -y systemd-sysv cron && systemctl enable cron",
      'CMD ["/sbin/init", "--unit=basic.target"]',
    ].join("\n"),
  };
  expect(lintProject(files).map(({ rule }) => rule)).toContain("run-privileged");
  const image = lintProject(files, { path: ".devcontainer/Dockerfile" }).map(({ rule }) => rule);
  expect(image).toEqual(expect.arrayContaining(["image-target-skips-services", "image-stop-signal"]));
});
