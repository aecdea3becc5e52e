import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { bareSpec, type ContainerSpec } from "../../../server/src/core/container/spec";
import { isRoot } from "../../../server/src/core/container/user";
import { podmanRun } from "../../../server/src/core/plan/render/arguments";
import { renderRun } from "../../../server/src/core/plan/render/formats";
import { readCompose } from "../../../server/src/core/surfaces/compose/read";
import { readDevcontainer } from "../../../server/src/core/surfaces/devcontainer/read";
import { readKubernetes } from "../../../server/src/core/surfaces/kubernetes/read";
import { readMolecule } from "../../../server/src/core/surfaces/molecule/read";
import { others, runs } from "../container/arbitrary";
import { asRead } from "../container/as-read";
import { unordered, without } from "./without";

type Engine = "docker" | "podman";

const readers = {
  compose: (text: string) => readCompose("file:///p/compose.yaml", text, () => undefined),
  devcontainer: (text: string) =>
    readDevcontainer("file:///p/.devcontainer/devcontainer.json", text, () => undefined),
  molecule: (text: string) => readMolecule("file:///p/molecule/default/molecule.yml", text, () => undefined),
  kubernetes: (text: string) => readKubernetes("file:///p/pod.yaml", text, () => undefined),
};

function written(format: keyof typeof readers, spec: ContainerSpec, engine: Engine = "docker") {
  return renderRun(format, { spec, reference: spec.image ?? "image", name: "web", engine });
}

function read(format: keyof typeof readers, text: string) {
  const file = readers[format](text);
  const [source, ...more] = file.containers;
  if (!source || more.length > 0) throw new Error(`not one container in\n${text}`);
  return source;
}

/** What is planned for an engine where its tool starts a shell, or may, before systemd. */
const planned = (run: ContainerSpec, engine: Engine) =>
  engine === "podman" ? { ...podmanRun(run), systemd: "always" } : run;

/** Any run, with flags that systemd does not depend on, of an image that is not called like a program. */
const any = fc
  .tuple(runs, others)
  .map(([run, more]): ContainerSpec => ({ ...run, image: `of/${run.image ?? "it"}`, others: more }));
const options = { numRuns: 200 };

test.each([
  ["quay.io/x/ubi-init:9", "ubi-init"],
  ["localhost:5000/web@sha256:0", "web"],
  ["web", "web"],
  ["an image", "an-image"],
  ["", "app"],
])("a service of a run called %j is called %s", (name, service) => {
  const { text } = renderRun("compose", { spec: bareSpec, reference: "x", name, engine: "docker" });
  expect(text).toMatch(new RegExp(`^services:\\n {2}${service}:\\n`));
});

describe("a run reads back without what is listed as unsaid", () => {
  test("from a compose file", () => {
    fc.assert(
      fc.property(any, (run) => {
        const { text, unsaid } = written("compose", run);
        const { spec, left } = read("compose", text).start();
        expect(left).toEqual([]);
        // Its own keys for the program and mounts need no command line.
        expect(unordered(asRead(spec))).toEqual(unordered(without(run, unsaid)));
      }),
      options,
    );
  });

  test.each(["docker", "podman"] as const)("from devcontainer.json, for %s", (engine) => {
    fc.assert(
      fc.property(any, (run) => {
        const { text, unsaid } = written("devcontainer", run, engine);
        expect(unordered(read("devcontainer", text).spec)).toEqual(
          unordered(without(planned(run, engine), unsaid)),
        );
      }),
      options,
    );
  });

  test.each(["docker", "podman"] as const)("from molecule.yml, for %s", (engine) => {
    fc.assert(
      fc.property(any, (run) => {
        const { text, unsaid } = written("molecule", run, engine);
        const { spec, name, runsOn, standIn = null } = read("molecule", text);
        const { name: own, ...wanted } = without(planned(run, engine), unsaid);
        expect({ name, runsOn, standIn }).toEqual({ name: own ?? "web", runsOn: engine, standIn: null });
        expect(unordered(spec)).toEqual(unordered(wanted));
      }),
      options,
    );
  });

  test("from a manifest of a pod", () => {
    fc.assert(
      fc.property(any, (run) => {
        const { text, unsaid } = written("kubernetes", run);
        const { spec, pod } = read("kubernetes", text);
        const { name: _, ...wanted } = without(run, unsaid);
        expect(pod?.hostUsers).toBe(false);
        expect(spec.privileged).toBeUndefined();
        expect(unordered(asRead(exact({ ...spec, user: userOf(spec) }, run, unsaid)))).toEqual(
          unordered({ ...wanted, user: userOf(wanted), stopGrace: wanted.stopGrace ?? 90 }),
        );
      }),
      options,
    );
  });
});

/** A read pod without mounts that are listed as inexact: they have lost their options. */
function exact(read: ContainerSpec, run: ContainerSpec, unsaid: readonly string[]): ContainerSpec {
  const mounts = run.mounts.map(({ recursive: _, options: __, ...mount }) => mount);
  const isListed = (path: string) => unsaid.some((flag) => flag.includes(path));
  const isInexact = (path: string, item: object, items: readonly object[], all: readonly object[]) =>
    isListed(path) && unlike(item, items) === false && unlike(item, all);
  return {
    ...read,
    tmpfs: read.tmpfs.filter(
      (item) =>
        !isInexact(
          item.path,
          item,
          run.tmpfs.map(({ path }) => ({ path, options: [] })),
          run.tmpfs,
        ),
    ),
    mounts: read.mounts.filter((item) => !isInexact(item.target, item, mounts, run.mounts)),
  };
}

function unlike(item: object, items: readonly object[]): boolean {
  const text = (each: object) => JSON.stringify(Object.entries(each).sort());
  return !items.some((each) => text(each) === text(item));
}

const userOf = ({ user }: ContainerSpec) => (user !== undefined && isRoot(user) ? "0" : user);

const mounted: ContainerSpec = {
  ...bareSpec,
  ...{ hostname: "h", user: "root", privileged: true, entrypoint: { words: ["/sbin/init", "$(x) $HOME"] } },
  environment: { A: "$(B)$$", SHELL: undefined },
  tmpfs: [
    { path: "/run", options: [] },
    { path: "/tmp", options: ["exec"] },
  ],
  mounts: [
    { type: "bind", source: "/sys/fs/cgroup", target: "/sys/fs/cgroup", readOnly: false },
    { type: "volume", source: "run", target: "/data", readOnly: true },
    { type: "volume", source: "run", target: "/more", readOnly: false },
    { type: "bind", source: "/srv", target: "/srv", readOnly: false, options: ["z"] },
  ],
};

test("a Pod has a separate user namespace, memory and claims, and nothing of the node's control groups", () => {
  expect(renderRun("kubernetes", { spec: mounted, reference: "a:1", name: "web", engine: "docker" })).toEqual(
    {
      text: `apiVersion: v1
kind: Pod
metadata:
  name: web
spec:
  hostUsers: false
  hostname: h
  terminationGracePeriodSeconds: 90
  containers:
    - name: web
      image: a:1
      command: ["/sbin/init", "$$(x) $HOME"]
      env:
        - name: A
          value: "$$(B)$$$"
      securityContext:
        runAsUser: 0
      volumeMounts:
        - name: run-2
          mountPath: /run
        - name: tmp
          mountPath: /tmp
        - name: run
          mountPath: /data
          readOnly: true
        - name: run
          mountPath: /more
        - name: srv
          mountPath: /srv
  volumes:
    - name: run
      persistentVolumeClaim:
        claimName: run
    - name: run-2
      emptyDir:
        medium: Memory
    - name: tmp
      emptyDir:
        medium: Memory
    - name: srv
      hostPath:
        path: /srv
`,
      unsaid: [
        ...["--privileged", "--env SHELL", "--tmpfs /tmp:exec"],
        ...["-v /sys/fs/cgroup:/sys/fs/cgroup", "-v /srv:/srv:z"],
      ],
      notes: [expect.anything(), expect.anything()],
    },
  );
});

test("devcontainer.json builds a Dockerfile by its path, and lists what its tool would replace or not start", () => {
  const local = ["$", "{localEnv:USER}"].join("");
  const spec: ContainerSpec = {
    ...bareSpec,
    ...{
      init: false,
      hostname: "h",
      command: { words: ["/sbin/init"] },
      environment: { A: "1", B: local, C: undefined },
    },
    mounts: [
      { type: "volume", source: "d", target: "/d", readOnly: false },
      { type: "bind", source: "/s", target: "/s", readOnly: false, options: ["z"] },
    ],
  };
  const build = {
    dockerfile: "file:///p/docker/Dev%20file",
    context: "file:///p",
    target: "t",
    args: { V: "1" },
  };
  const run = {
    spec,
    reference: "a:1",
    name: "web",
    engine: "docker",
    build,
    folder: "file:///p/app",
  } as const;
  const { text, unsaid } = renderRun("devcontainer", run);
  expect(JSON.parse(text)).toEqual({
    name: "web",
    build: { dockerfile: "../../docker/Dev file", context: "../..", target: "t", args: { V: "1" } },
    overrideCommand: false,
    init: false,
    containerEnv: { A: "1" },
    mounts: ["type=volume,source=d,target=/d"],
    runArgs: ["--hostname=h", "--env", "C", "-v", "/s:/s:z"],
  });
  expect(unsaid).toEqual([`--env 'B=${local}'`, "/sbin/init"]);
});

test("the driver of Molecule for Podman gets as options what it has no key for", () => {
  const spec: ContainerSpec = {
    ...bareSpec,
    restart: "on-failure:3",
    stopGrace: 90,
    environment: { A: "{{ b }}" },
  };
  const { text, unsaid } = renderRun("molecule", { spec, reference: "a:1", name: "web", engine: "podman" });
  expect(text).toBe(`driver:
  name: podman
platforms:
  - name: web
    image: a:1
    pre_build_image: true
    systemd: always
    extra_opts:
      - "--stop-timeout=90"
      - "--restart=on-failure:3"
    override_command: false
`);
  expect(unsaid).toEqual(["--env 'A={{ b }}'"]);
});

test("Docker gets nothing that only Podman knows", () => {
  const spec: ContainerSpec = { ...bareSpec, systemd: "always", others: { "no-hosts": [], rm: [] } };
  expect(renderRun("docker", { spec, reference: "a:1", name: "web", engine: "docker" })).toEqual({
    text: "docker run -d --rm a:1\n",
    unsaid: ["--systemd=always", "--no-hosts"],
    notes: [],
  });
});
