import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { applyEdits } from "../../../server/src/core/base/text";
import type { SpecChange } from "../../../server/src/core/container/spec";
import { lint } from "../../../server/src/core/lint/lint";
import { kindOf, readFile } from "../../../server/src/core/surfaces/files";
import { noFiles } from "../no-files";
import { expectStaysParsable } from "./stays-parsable";

const uri = "file:///deploy/pod.yaml";

function read(text: string, files: Readonly<Record<string, string>> = {}) {
  const file = readFile({ uri, text }, (of) => files[of]);
  if (!file) throw new Error("not read");
  return file;
}

const input = (text: string) => ({
  uri,
  text,
  snapshot: noFiles,
  settings: { rules: {}, target: { engine: "docker", version: "28.5.2", cgroupVersion: 2 } as const },
});

/** The messages of our rule, by their names. */
const saidOf = (text: string) =>
  lint(input(text)).findings.flatMap(({ rule, message: { key } }) =>
    rule === "kubernetes-systemd" ? key.replace(/^(if\.)?kubernetes-systemd\./, "") : [],
  );
const rulesOf = (text: string) => [...new Set(lint(input(text)).findings.map(({ rule }) => rule))];

function pod(ofPod: readonly string[], ofContainer: readonly string[], name = "box") {
  return [
    ...["apiVersion: v1", "kind: Pod", "metadata: { name: box }", "spec:"],
    ...ofPod.map((line) => `  ${line}`),
    ...["  containers:", `    - name: ${name}`],
    ...ofContainer.map((line) => `      ${line}`),
    "",
  ].join("\n");
}

const image = "image: geerlingguy/docker-debian12-ansible";
const booting = [image, "command: [/lib/systemd/systemd]"];
const mounted = [
  "volumeMounts: [{ name: run, mountPath: /run }, { name: lock, mountPath: /run/lock }, { name: t, mountPath: /tmp }]",
];
const memory = (name: string) => `{ name: ${name}, emptyDir: { medium: Memory } }`;
const volumes = `volumes: [${memory("run")}, ${memory("lock")}, ${memory("t")}]`;

describe("a container of a pod", () => {
  test("is read with what its pod sets", () => {
    const text = pod(
      [
        ...["hostPID: true", "hostNetwork: false", "hostUsers: false", "runtimeClassName: special"],
        ...["terminationGracePeriodSeconds: 60", "securityContext: { runAsUser: 1000 }"],
        `volumes: [${memory("run")}, { name: tree, hostPath: { path: /sys/fs/cgroup } }, { name: d, emptyDir: {} }]`,
      ],
      [
        ...["image: example/systemd", "command: [/sbin/init]", "args: [--unit=a.target]", "tty: true"],
        "securityContext: { privileged: true, readOnlyRootFilesystem: yes, capabilities: { add: [SYS_ADMIN] } }",
        "env: [{ name: container, value: x }, { name: b, valueFrom: {} }]",
        "volumeMounts:",
        "  - { name: run, mountPath: /run/ }",
        "  - { name: tree, mountPath: /sys/fs/cgroup, readOnly: true }",
        "  - { name: d, mountPath: /data }",
        "  - { name: claim, mountPath: /var/lib }",
      ],
    );
    const [container] = read(text).containers;
    expect(container?.pod).toMatchObject({ hostUsers: false, runtimeClass: "special" });
    expect(container?.spec).toMatchObject({
      ...{ image: "example/systemd", entrypoint: { words: ["/sbin/init"] }, tty: true, user: "1000" },
      ...{ command: { words: ["--unit=a.target"] }, privileged: true, readOnly: true, pid: "host" },
      ...{ stopGrace: 60, capabilities: ["SYS_ADMIN"], environment: { container: "x", b: undefined } },
      tmpfs: [{ path: "/run" }],
      mounts: [
        { type: "bind", source: "/sys/fs/cgroup", target: "/sys/fs/cgroup", readOnly: true },
        { type: "volume", target: "/data" },
        { type: "volume", source: "claim", target: "/var/lib" },
      ],
    });
    expect(container?.spec.network).toBeUndefined();
  });

  test.each(["Deployment", "StatefulSet", "DaemonSet", "ReplicaSet", "Job"])(
    "of a %s, in any document",
    (kind) => {
      const other = "apiVersion: v1\nkind: Service\nmetadata: { name: systemd }\n";
      const owner = [
        "apiVersion: apps/v1",
        `kind: ${kind}`,
        "spec:",
        "  template:",
        "    spec:",
        "      containers:",
      ];
      const text = `${other}---\n${owner.join("\n")}\n        - { name: a, image: x/systemd }\n        - { name: b }\n`;
      expect(read(text).containers.map(({ name, spec: { image: of } }) => [name, of])).toEqual([
        ["a", "x/systemd"],
        ["b", undefined],
      ]);
    },
  );

  test("of a CronJob is that of its jobs", () => {
    const spec = "spec: { containers: [{ name: a, image: x/systemd }] }";
    const text = `apiVersion: batch/v1\nkind: CronJob\nspec:\n  jobTemplate:\n    spec:\n      template:\n        ${spec}\n`;
    expect(read(text).containers.map(({ name }) => name)).toEqual(["a"]);
  });

  test("of a list is that of each item, and is changed there", () => {
    const items = [pod([], [...booting], "a"), pod([], [...booting, "tty: true"], "b")];
    const listed = items.map((item) => `  - ${item.trimEnd().replaceAll("\n", "\n    ")}\n`);
    const text = `apiVersion: v1\nkind: List\nitems:\n${listed.join("")}`;
    const { containers } = read(text);
    expect(containers.map(({ name }) => name)).toEqual(["a", "b"]);
    const [change] = containers[0]?.changes([{ do: "unset", key: "entrypoint" }]) ?? [];
    expect(change?.runs).toEqual(["a"]);
    expect(applyEdits(text, change?.edits ?? [])).toBe(text.replace(/\n +command: .*/, ""));
    expect(rulesOf(text)).toContain("kubernetes-systemd");
  });

  test("in JSON is read also where its kind is not written, and is not edited", () => {
    const container = {
      ...{ name: "box", image: "almalinux/9-init", command: ["bash"] },
      securityContext: { capabilities: { add: ["SYS_ADMIN"] } },
      volumeMounts: [{ name: "run", mountPath: "/run/systemd" }],
    };
    const spec = { containers: [container], volumes: [{ name: "run", hostPath: { path: "/run/systemd" } }] };
    for (const kind of [{}, { kind: "Pod" }]) {
      const text = JSON.stringify({ apiVersion: "v1", ...kind, spec }, undefined, 2);
      expect(kindOf("file:///deploy/box.json", text)).toBe("kubernetes");
      const { findings } = lint({ ...input(text), uri: "file:///deploy/box.json" });
      expect(findings.map(({ rule }) => rule)).toContain("run-command");
      expect(findings.flatMap(({ fixes }) => fixes)).toEqual([]);
    }
    expect(kindOf("file:///deploy/box.json", '{"apiVersion": "v1", "kind": "Service"}')).toBe("unknown");
  });

  test("has the Dockerfile of the directory that is named like its image", () => {
    const text = pod([], ["image: registry.example/box:1", "command: [/sbin/init]"]);
    const build = (files: Readonly<Record<string, string>>) =>
      read(text, files).containers[0]?.build?.dockerfile;
    for (const dockerfile of ["file:///deploy/box/Dockerfile", "file:///box/Dockerfile"])
      expect(build({ [dockerfile]: "FROM debian" })).toBe(dockerfile);
    expect(build({ "file:///deploy/Dockerfile": "FROM debian" })).toBeUndefined();
  });
});

describe("kubernetes-systemd", () => {
  test("says nothing of a pod that has what it needs", () => {
    const own = ["hostUsers: false", "runtimeClassName: writable", volumes];
    const ubi = "image: registry.access.redhat.com/ubi9/ubi-init";
    expect(saidOf(pod(own, [ubi, ...mounted]))).toEqual([]);
    expect(saidOf(pod(own, [...booting, ...mounted]))).toEqual(["signal"]);
  });

  test.each<[string, readonly string[], readonly string[], readonly string[]]>([
    ["what is bare", [], booting, ["users", "readOnly", "mounts"]],
    ["privileges", [], [...booting, "securityContext: { privileged: true }"], ["privileged"]],
    [
      "privileges of another user",
      ["hostUsers: false"],
      [...booting, "securityContext: { privileged: true }"],
      ["both"],
    ],
    [
      "the tree of the node",
      ["hostUsers: false", `${volumes.slice(0, -1)}, { name: c, hostPath: { path: /sys/fs/cgroup } }]`],
      [...booting, `${(mounted[0] ?? "").slice(0, -1)}, { name: c, mountPath: /sys/fs/cgroup }]`],
      ["tree"],
    ],
    [
      "a short grace",
      ["hostUsers: false", "runtimeClassName: w", "terminationGracePeriodSeconds: 5", volumes],
      [...booting, ...mounted],
      ["grace"],
    ],
  ])("reports %s", (_, ofPod, ofContainer, expected) => {
    expect(
      saidOf(pod(ofPod, ofContainer))
        .filter((name) => name !== "signal")
        .sort(),
    ).toEqual([...expected].sort());
  });

  test("an annotation of CRI-O makes cgroups writable", () => {
    const text = pod(["hostUsers: false", volumes], [...booting, ...mounted]);
    expect(saidOf(text)).toContain("readOnly");
    const name = "cgroup2-mount-hierarchy-rw.crio.io";
    const noted = text.replace("{ name: box }", `{ name: box, annotations: { ${name}: "true" } }`);
    expect(saidOf(noted)).not.toContain("readOnly");
  });
});

test("Sysbox gives a container what it needs", () => {
  const text = pod(["hostUsers: false", "runtimeClassName: sysbox-runc"], booting);
  expect(saidOf(text)).toEqual(["signal"]);
  const noted = pod(["runtimeClassName: sysbox-runc"], booting).replace(
    "{ name: box }",
    '{ name: box, annotations: { io.kubernetes.cri-o.userns-mode: "auto:size=65536" } }',
  );
  expect(saidOf(noted)).toEqual(["signal"]);
});

test("what holds for docker and podman alone is not said of a pod", () => {
  const text = pod([], [...booting, "tty: true", "securityContext: { privileged: true }"]);
  expect(rulesOf(text)).toEqual(["kubernetes-systemd"]);
});

test.each([
  [["hostPID: true"], booting, "run-pid-host"],
  [[], [...booting, "securityContext: { runAsUser: 1000 }"], "run-user"],
  [[], [image, "args: [bash]", "volumeMounts: [{ name: c, mountPath: /sys/fs/cgroup }]"], "run-command"],
] as const)("rules that hold for any container report pods too: %j %j", (ofPod, ofContainer, rule) => {
  const text = pod(ofPod, ofContainer);
  const finding = lint(input(text)).findings.find((each) => each.rule === rule);
  expect(finding?.fixes).toHaveLength(1);
  const fixed = applyEdits(text, finding?.fixes[0]?.edits ?? []);
  expect(rulesOf(fixed)).not.toContain(rule);
  expect(read(fixed).problems()).toEqual([]);
});

describe("changes", () => {
  const changed = (text: string, ...steps: readonly SpecChange[]) => {
    const [change] = read(text).containers[0]?.changes(steps) ?? [];
    return change && applyEdits(text, change.edits);
  };
  const run: SpecChange = { do: "add", key: "tmpfs", value: { path: "/run", options: [] } };

  test("add a volume in memory and its mount, beside those that are there", () => {
    const bare = pod([], ["image: systemd"]);
    expect(changed(bare, run)).toBe(
      `${bare}      volumeMounts:\n        - name: run\n          mountPath: /run\n  volumes:\n    - name: run\n      emptyDir:\n        medium: Memory\n`,
    );
    const more = pod(["volumes: [{ name: run, emptyDir: {} }]"], ["image: systemd", "volumeMounts: []"]);
    const [container] = read(changed(more, run) ?? "").containers;
    expect(container?.spec.tmpfs).toEqual([{ path: "/run", options: [] }]);
  });

  test("take a mount with its volume, unless another container mounts it", () => {
    const list = ["volumes:", "  - { name: c, hostPath: { path: /sys/fs/cgroup } }"];
    const mount = ["image: systemd", "volumeMounts:", "  - { name: c, mountPath: /sys/fs/cgroup }"];
    const drop = (text: string) => {
      const [value] = read(text).containers[0]?.spec.mounts ?? [];
      return value && changed(text, { do: "drop", key: "mounts", value });
    };
    const text = pod(list, mount);
    expect(drop(text)).toBe(pod([], ["image: systemd"]));
    const shared = `${text}    - name: other\n      volumeMounts: [{ name: c, mountPath: /x }]\n`;
    expect(drop(shared)).toContain("hostPath");
  });

  test("leave out what an alias repeats", () => {
    const text = pod([], ["image: systemd", "volumeMounts: &all [{ name: a, mountPath: /a }]", "x: *all"]);
    expect(changed(text, run)).toBeUndefined();
  });
});

test("a chart, and a file without a word of systemd, is not read", () => {
  const text = pod([], ["image: nginx", "command: [a"]);
  expect(read(text).problems()).toEqual([]);
  expect(read(`${text}# systemd\n`).problems()).not.toEqual([]);
  expect(read(`${text}# systemd {{ .Values.x }}\n`).problems()).toEqual([]);
});

const line = fc.constantFrom(
  ...[
    "kind: Pod",
    "kind: Deployment",
    "spec:",
    "  template:",
    "    spec:",
    "  containers: &c",
    "  - name: a",
    "  - *c",
  ],
  ...[
    "    image: x/systemd",
    "    command: [/sbin/init]",
    "    volumeMounts:",
    "    - {name: c, mountPath: /sys/fs/cgroup}",
  ],
  ...[
    "  volumes:",
    "  - {name: c, hostPath: {path: /sys/fs/cgroup}}",
    "    securityContext:",
    "      privileged: true",
  ],
  ...["  hostUsers: false", "---", "# systemd", "\t", "    <<: *c", "]", "    volumeMounts: *c"],
);

test("reading never throws, and a file stays one that can be parsed after every fix", () => {
  const texts = fc
    .array(line, { maxLength: 20 })
    .map(
      (lines) =>
        `apiVersion: v1\nkind: Pod\nspec:\n  containers:\n  - name: init\n    image: x/systemd\n${lines.join("\n")}`,
    );
  expectStaysParsable(texts, input, read);
});

describe("a privileged container of an unknown image", () => {
  const volumes = (...paths: string[]) => [
    "volumes:",
    ...paths.map((path, at) => `  - { name: v${at}, hostPath: { path: ${path} } }`),
  ];
  const mounts = (...paths: string[]) => [
    "image: example/node",
    "securityContext: { privileged: true }",
    "volumeMounts:",
    ...paths.map((path, at) => `  - { name: v${at}, mountPath: ${path} }`),
  ];
  const tree = "/sys/fs/cgroup";

  test("that mounts the node's cgroup tree and nothing else is judged as if systemd booted in it", () => {
    expect(saidOf(pod(volumes(tree), mounts(tree)))).toEqual(["privileged", "tree"]);
    expect(
      lint(input(pod(volumes(tree), mounts(tree)))).findings.map(({ severity }) => severity),
    ).not.toContain("warning");
  });

  test.each([
    ["reads more of the node", volumes(tree, "/lib/modules"), mounts(tree, "/lib/modules")],
    ["mounts it elsewhere", volumes(tree), mounts("/host/cgroup")],
    ["has a program", volumes(tree), [...mounts(tree), "args: [--watch]"]],
    ["is in the node's network", ["hostNetwork: true", ...volumes(tree)], mounts(tree)],
    ["sees the node's processes", ["hostPID: true", ...volumes(tree)], mounts(tree)],
    [
      "only reads it",
      volumes(tree),
      [...mounts(tree).slice(0, -1), `  - { name: v0, mountPath: ${tree}, readOnly: true }`],
    ],
  ])("that %s is not", (_, ofPod, ofContainer) => {
    expect(saidOf(pod(ofPod, ofContainer))).toEqual([]);
  });
});

describe("SYS_ADMIN is more than systemd needs in a pod too", () => {
  const written = pod(
    [
      "hostUsers: false",
      "runtimeClassName: systemd",
      "volumes: [{ name: run, emptyDir: { medium: Memory } }]",
    ],
    [
      "image: registry.access.redhat.com/ubi9/ubi-init",
      "securityContext: { capabilities: { add: [SYS_ADMIN] } }",
      "volumeMounts: [{ name: run, mountPath: /run }]",
    ],
  );
  const said = (text: string) =>
    lint(input(text)).findings.filter(({ rule }) => rule === "run-capability-unneeded");

  test.each([
    ["the only one", written, "hostUsers"],
    ["one of two", written.replace("[SYS_ADMIN]", "[NET_ADMIN, CAP_SYS_ADMIN]"), "add: [NET_ADMIN]"],
  ])("as %s", (_, text, left) => {
    const [finding, ...others] = said(text);
    expect(others).toEqual([]);
    expect(`${finding?.severity} ${finding?.message.key}`).toBe("information run-capability-unneeded.found");
    expect(text.slice(finding?.span.start, finding?.span.end)).toContain("SYS_ADMIN");
    const after = applyEdits(text, finding?.fixes[0]?.edits ?? []);
    expect(after).toContain(left);
    expect(after).not.toContain("SYS_ADMIN");
    expect(said(after)).toEqual([]);
  });
});
