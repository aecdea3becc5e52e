import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { applyEdits } from "../../../server/src/core/base/text";
import { readFlags } from "../../../server/src/core/container/flags";
import {
  applySteps,
  bareSpec,
  type ContainerSpec,
  type SpecChange,
} from "../../../server/src/core/container/spec";
import { fixAll } from "../../../server/src/core/lint/fix";
import { lint } from "../../../server/src/core/lint/lint";
import { isPlan } from "../../../server/src/core/plan/plan";
import { buildLinks } from "../../../server/src/core/project/links";
import { launches } from "../../../server/src/core/project/plans";
import { subjectsOf } from "../../../server/src/core/project/subjects";
import { plainText } from "../../../server/src/core/shell/mapped-text";
import { kindOf, kindOfName, readFile } from "../../../server/src/core/surfaces/files";
import { runKey, runKeys } from "../../../server/src/core/surfaces/quadlet/keys";
import { readUnitFile } from "../../../server/src/core/surfaces/quadlet/unit";
import { expanded, splitWords, writeWord } from "../../../server/src/core/surfaces/quadlet/words";
import { noFiles } from "../no-files";
import { recorded } from "./quadlet-recorded";

const uri = "file:///project/web.container";

type Files = Readonly<Record<string, string>>;

const reader = (files: Files) => (asked: string) => files[asked.replace("file:///project/", "")];

function read(text: string, files: Files = {}) {
  const file = readFile({ uri, text: `# systemd\n${text}` }, reader(files));
  if (!file) throw new Error("not read");
  return file;
}

function only(text: string, files?: Files) {
  const [container, ...others] = read(text, files).containers;
  if (!container || others.length > 0) throw new Error("not one container");
  return container;
}

const container = (...lines: string[]) => `[Container]\n${lines.join("\n")}\n`;

/** The flags that the generator adds itself. */
const generators = ["replace", "rm", "cgroups", "sdnotify"];

function fromStart(start: string): ContainerSpec {
  const all = splitWords(plainText(start), { escapes: true })?.map(({ text }) => expanded(text)) ?? [];
  const run = all.indexOf("run");
  const { others = {}, name, ...spec } = readFlags([...all.slice(0, run), ...all.slice(run + 1)], bareSpec);
  const kept = Object.entries(others).filter(([flag]) => !generators.includes(flag));
  return {
    ...spec,
    ...(name?.startsWith("systemd-") === false && { name }),
    ...(kept.length > 0 && { others: Object.fromEntries(kept) }),
  };
}

/** A run in which the order of items is of no importance. */
function unordered(spec: ContainerSpec): unknown {
  const sorted = (value: unknown) =>
    Array.isArray(value) ? value.map((item) => JSON.stringify(item).replace("ALL", "all")).sort() : value;
  const { others = {}, ...rest } = spec;
  const all = Object.entries(rest).filter(([, value]) => value !== undefined);
  const cgroups = Object.entries(others).filter(([flag]) => !generators.includes(flag));
  return {
    ...Object.fromEntries(all.map(([key, value]) => [key, sorted(value)])),
    others: Object.fromEntries(cgroups.map(([key, value]) => [key, sorted(value)])),
  };
}

describe("a file is read as Podman's generator reads it", () => {
  test.each(recorded.map(({ text, start }) => [text, start] as const))("%j", (text, start) => {
    const { spec } = only(text);
    expect(unordered(spec)).toEqual(unordered(fromStart(start)));
  });

  test("all keys of the section are known", () => {
    expect(runKeys.length).toBe(94);
    expect(runKey("Privileged")).toBeUndefined();
  });

  test("what is known only where the service is started matches nothing", () => {
    const { spec, incomplete, start } = only(
      container(
        "Image=localhost/web:%i",
        "User=%U",
        "HostName=%H",
        "Volume=%h/x:/x",
        "Tmpfs=/run",
        "Exec=/sbin/init %i",
      ),
    );
    expect(spec).toMatchObject({ tmpfs: [{ path: "/run" }], command: { words: ["/sbin/init"] } });
    expect([spec.image, spec.user, spec.hostname, spec.mounts]).toEqual([
      undefined,
      undefined,
      undefined,
      [],
    ]);
    expect(incomplete).toBe(true);
    expect(start().left).toEqual(expect.arrayContaining(["User=%U", "HostName=%H", "Volume=%h/x:/x"]));
    expect(only(container("Image=a", "HostName=%H", "Volume=%h/x:/x")).incomplete).toBeUndefined();
  });

  test("what is about the service is not carried over", () => {
    const text = `${container("Image=a", "Notify=true", "PodmanArgs=-t")}[Service]\nTimeoutStopSec=70\nRestart=always\n`;
    const { spec, left } = only(text).start();
    expect(left).toEqual(["Notify=true", "TimeoutStopSec=70"]);
    expect(spec.restart).toBe("unless-stopped");
  });

  test("a network or volume of a file of Quadlet has the name that Podman gives it", () => {
    const { spec } = only(container("Image=a", "Network=lan.network", "Volume=data.volume:/data:ro"));
    expect(spec.network).toBe("systemd-lan");
    expect(spec.mounts).toEqual([
      { type: "volume", source: "systemd-data", target: "/data", readOnly: true },
    ]);
  });
});

describe("the image of a file", () => {
  const dockerfile =
    'FROM debian:12\nRUN apt-get update && apt-get install -y systemd-sysv\nCMD ["/sbin/init"]\n';

  test.each([
    ["File=Containerfile\nSetWorkingDirectory=unit", "Containerfile"],
    ["SetWorkingDirectory=unit", "Containerfile"],
    ["SetWorkingDirectory=./image", "image/Dockerfile"],
    ["File=image/Dockerfile\nSetWorkingDirectory=file", "image/Dockerfile"],
  ])("that [Build] %j builds is linted", (build, path) => {
    const text = container("Image=web.build", "RunInit=true");
    const files = {
      "web.build": `[Build]\nImageTag=localhost/web\n${build}\n`,
      [path]: dockerfile,
      "web.container": text,
    };
    const source = only(text, files);
    expect(source.spec.image).toBe("localhost/web");
    expect(source.build?.dockerfile).toBe(`file:///project/${path}`);
    const snapshot = { runFiles: [uri], read: reader(files) };
    const { findings } = lint({ uri, text, snapshot, settings: { rules: {}, target: undefined } });
    expect(findings.map(({ rule }) => rule)).toContain("run-init");
    expect([...buildLinks(snapshot).keys()]).toEqual([`file:///project/${path}`]);
  });

  test("can be in a file *.image", () => {
    expect(
      only(container("Image=web.image"), { "web.image": "[Image]\nImage=quay.io/x/init\n" }).spec.image,
    ).toBe("quay.io/x/init");
    expect(only(container("Image=web.image")).spec.image).toBeUndefined();
  });
});

test("names and beginnings of files", () => {
  expect(["a.container", "a.build", "a.kube", "meson.build"].map((name) => kindOfName(`/x/${name}`))).toEqual(
    ["quadlet", "quadlet", "quadlet", undefined],
  );
  expect(kindOf("-", "# x\n[Container]\nImage=a\n")).toBe("quadlet");
});

test("a manifest that a *.kube names belongs to its project", () => {
  const file = readFile(
    { uri: "file:///project/a.kube", text: "[Kube]\nYaml=pods/a.yaml\n" },
    () => undefined,
  );
  expect(file?.includes).toEqual(["file:///project/pods/a.yaml"]);
});

test("a file without a word of systemd is not read", () => {
  const read = (text: string) => readFile({ uri, text }, () => undefined)?.containers.length;
  expect(read(container("Image=quay.io/x/nginx", "RunInit=true"))).toBe(0);
  expect(read(container("Image=quay.io/x/ubi-init"))).toBe(1);
});

test("a line that the generator refuses is a problem, and nothing is changed then", () => {
  const text = `${container("Image=a", "RunInit=true")}rubbish\n`;
  expect(read(text).problems()).toHaveLength(1);
  expect(only(text).changes([{ do: "unset", key: "init" }])).toEqual([]);
  expect(readUnitFile("A=1\n").faults).toHaveLength(1);
});

const target = { engine: "podman", version: "5.8.6", cgroupVersion: 2 } as const;

function fixed(text: string): string {
  return fixAll({ uri, text, snapshot: noFiles, settings: { rules: {}, target } }).text;
}

describe("a restart policy of an engine in [Container]", () => {
  const suggested = (policy: string) => {
    const text = container("Image=example/one", `Restart=${policy}`, "Exec=/sbin/init");
    const { findings } = lint({ uri, text, snapshot: noFiles, settings: { rules: {}, target } });
    const [fix, ...others] = findings.find(({ rule }) => rule === "quadlet-systemd")?.fixes ?? [];
    expect(others).toEqual([]);
    return { safe: fix?.safe, setting: /^Restart=.*$/m.exec(applyEdits(text, fix?.edits ?? []))?.[0] };
  };

  test.each([
    ["on-failure:3", "Restart=on-failure"],
    ["unless-stopped", "Restart=always"],
  ])("%s becomes %s of the service only on request, because the two differ", (policy, setting) => {
    expect(suggested(policy)).toEqual({ safe: false, setting });
  });

  test.each(["no", "always", "on-failure", "on-abnormal"])("%s is a value of systemd too", (policy) => {
    expect(suggested(policy)).toEqual({ safe: true, setting: `Restart=${policy}` });
  });
});

describe("fixes", () => {
  const image = "Image=registry.access.redhat.com/ubi9/ubi-init:latest";
  test.each([
    ["a line goes", [image, "RunInit=true", "Tmpfs=/x"], [image, "Tmpfs=/x"]],
    ["a value changes", [image, "StopSignal=SIGTERM"], [image, "StopSignal=SIGRTMIN+3"]],
    [
      "a flag goes",
      [image, "PodmanArgs=--init --tmpfs=/x \\", "  -t"],
      [image, "PodmanArgs=--tmpfs=/x \\", "  -t"],
    ],
    [
      "a flag changes",
      [image, "PodmanArgs=--tmpfs=/x --stop-signal TERM"],
      [image, "PodmanArgs=--tmpfs=/x --stop-signal SIGRTMIN+3"],
    ],
    ["the only flag goes", [image, "PodmanArgs=--init"], [image]],
    ["a hidden line goes too", [image, "RunInit=false", "RunInit=true"], [image]],
    ["what was off is on", [image, "PodmanArgs=--systemd=false"], [image, "PodmanArgs=--systemd=always"]],
  ])("%s", (_, before, after) => {
    expect(fixed(container(...before))).toBe(container(...after));
    expect(fixed(container(...before).replaceAll("\n", "\r\n"))).toBe(
      container(...after).replaceAll("\n", "\r\n"),
    );
  });

  test("a comment above a setting silences a rule", () => {
    const text = container(image, "# systemd-containers-ignore run-init: needed", "RunInit=true");
    const { findings } = lint({ uri, text, snapshot: noFiles, settings: { rules: {}, target } });
    expect(findings.map(({ rule }) => rule)).toEqual([]);
  });

  test("a plan is the file with what it lacks", () => {
    const text = container(image, "RunInit=true");
    const [launch] = launches({ uri, text, snapshot: noFiles }, target);
    expect(launch && isPlan(launch.plan)).toBe(true);
    expect(launch?.completed).toContain("RunInit=false");
  });

  test("rules take Podman for the engine, whatever is set", () => {
    const docker = { engine: "docker", version: "28.5.2", cgroupVersion: 2 } as const;
    const [subject] = subjectsOf({
      uri,
      text: container(image),
      snapshot: noFiles,
      target: docker,
    }).containers;
    expect(subject?.target?.engine).toBe("podman");
  });
});

const step = fc.constantFrom<SpecChange>(
  { do: "set", key: "init", value: false },
  { do: "unset", key: "init" },
  { do: "unset", key: "privileged" },
  { do: "set", key: "cgroupNamespace", value: "host" },
  { do: "set", key: "stopSignal", value: "SIGRTMIN+3" },
  { do: "set", key: "stopGrace", value: 90 },
  { do: "set", key: "systemd", value: "always" },
  { do: "unset", key: "user" },
  { do: "set", key: "user", value: "root" },
  { do: "add", key: "tmpfs", value: { path: "/run", options: [] } },
  { do: "drop", key: "mounts", value: { type: "bind", source: "/a", target: "/b", readOnly: true } },
  { do: "add", key: "capabilities", value: "SYS_ADMIN" },
  { do: "drop", key: "capabilities", value: "SYS_ADMIN" },
  { do: "add", key: "securityOptions", value: "seccomp=unconfined" },
  { do: "drop", key: "securityOptions", value: "label=disable" },
  { do: "setEnv", name: "A", value: 'x y"$%\\' },
  { do: "unsetEnv", name: "A" },
  { do: "set", key: "command", value: { words: ["/sbin/init", "--unit=a b"] } },
  { do: "unset", key: "command" },
);

const line = fc.constantFrom(
  ...[
    "Image=a",
    "RunInit=true",
    "RunInit=no",
    "StopSignal=A",
    "StopSignal=",
    "StopTimeout=3",
    "User=1",
    "Group=2",
  ],
  ...[
    "Tmpfs=/run:size=1g",
    "Tmpfs=",
    "Tmpfs=/x",
    "Volume=/a:/b:ro",
    "Mount=type=bind,source=/a,target=/b,ro",
  ],
  ...[
    "AddCapability=SYS_ADMIN NET_ADMIN",
    "AddCapability=CAP_SYS_ADMIN",
    "AddCapability=\\\n  SYS_ADMIN \\\n X",
  ],
  ...[
    "SeccompProfile=x",
    "SecurityLabelDisable=true",
    "Environment=A=1 B=2",
    'Environment="A=2"',
    "Environment=",
  ],
  ...[
    "PodmanArgs=--init -it --privileged",
    "PodmanArgs=--user 3 \\\n# c\n --cap-add=SYS_ADMIN",
    "PodmanArgs=",
  ],
  ...[
    "PodmanArgs=--systemd=false --cgroupns private --stop-signal=B",
    "PodmanArgs=-v /a:/b:ro",
    "Exec=a b",
    "Exec=",
  ],
  ...["Exec=%i", "[Service]", "[Container]", "# x", "; y", "", "Environment=A=%h", "HostName=x\\"],
);

describe("steps", () => {
  test("are what the file says after them", () => {
    fc.assert(
      fc.property(
        fc.array(line, { maxLength: 9 }),
        fc.uniqueArray(step, {
          minLength: 1,
          maxLength: 3,
          selector: (of) => ("name" in of ? of.name : of.key),
        }),
        (lines, steps) => {
          const text = container(...lines);
          const source = only(text);
          let count = 0;
          for (const { edits } of source.changes(steps)) {
            const before = `# systemd\n${text}`;
            const after = applyEdits(before, edits).replace("# systemd\n", "");
            expect(read(after).problems()).toEqual([]);
            const wanted = applySteps(source.spec, steps);
            const { spec } = only(after);
            const plain = (spec: ContainerSpec) =>
              unordered({
                ...spec,
                mounts: unique(spec.mounts),
                capabilities: unique(spec.capabilities),
                tmpfs: unique(spec.tmpfs),
              });
            expect(plain(spec)).toEqual(plain(wanted));
            count++;
          }
          fc.pre(count > 0);
        },
      ),
      { numRuns: 1500 },
    );
  });
});

function unique<T>(items: readonly T[]): T[] {
  return [...new Map(items.map((item) => [JSON.stringify(item), item])).values()];
}

test("any word is read back as it is written", () => {
  fc.assert(
    fc.property(fc.string({ unit: "grapheme" }), fc.boolean(), (text, escapes) => {
      fc.pre(!text.includes("\0"));
      const written = writeWord(text, { escapes });
      if (written === undefined) return !escapes;
      const words = splitWords(plainText(written), { escapes })?.map((word) => expanded(word.text));
      expect(words).toEqual([text]);
    }),
    { numRuns: 1000 },
  );
});

test("reading never throws", () => {
  const piece = fc.oneof(
    line,
    fc.constantFrom("[", "]", "=", "\\", '"', "'", "%", "$", "\\x", "\r\n", "\n", " "),
  );
  fc.assert(
    fc.property(fc.array(piece), (parts) => {
      const text = `[Container]\nImage=ubi9/ubi-init\n${parts.join("")}`;
      const { failures } = lint({ uri, text, snapshot: noFiles, settings: { rules: {}, target: undefined } });
      expect(failures).toEqual([]);
    }),
    { numRuns: 300 },
  );
});

describe("a drop-in file", () => {
  const path = "web.container.d/10-more.conf";
  const main = "[Container]\nImage=registry.access.redhat.com/ubi9/ubi-init\nPodmanArgs=--systemd=always\n";
  const found = (text: string, of = main) => {
    const files: Files = { [path]: text, "web.container": of };
    const input = { uri: `file:///project/${path}`, text, snapshot: { ...noFiles, read: reader(files) } };
    return lint({ ...input, settings: { rules: {}, target: undefined } }).findings;
  };
  const rules = (text: string, of?: string) => found(text, of).map(({ rule }) => rule);

  test("is recognized by its directory", () => {
    expect(kindOfName(path)).toBe("quadlet");
    expect(kindOfName("web.service.d/10-more.conf")).toBeUndefined();
  });

  test("is judged together with the file that it extends, where it is wrong itself", () => {
    const text = "[Container]\nRestart=always\nPodmanArgs=--cgroupns=host\n";
    expect(rules(text)).toEqual(["quadlet-systemd", "run-cgroup-host"]);
    expect(found(text).map(({ span }) => text.slice(span.start, span.end))).toEqual([
      "Restart=always",
      "--cgroupns=host",
    ]);
    expect(found(text).flatMap(({ fixes }) => fixes.filter(({ edits }) => edits.length === 0))).toEqual([]);
  });

  test("says nothing of what the other file sets, or of what may be elsewhere", () => {
    expect(
      rules("[Container]\nEnvironment=A=b\n", `${main}PodmanArgs=--cgroupns=host\nRestart=always\n`),
    ).toEqual([]);
    expect(rules("[Service]\nRestart=always\n")).toEqual([]);
    expect(rules("[Container]\nRestart=always\n", "[Container]\nImage=nginx\n")).toEqual([]);
    expect(rules("[Container]\nRestart=always\n", "")).toEqual([]);
  });
});
