import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { applyEdits, conflict, type Edit } from "../../server/src/core/base/text";
import { bareSpec, type ContainerSpec, type Mount } from "../../server/src/core/container/spec";
import { dedent } from "../../server/src/core/docs/page";
import { type EngineFacts, majorVersion, type Target } from "../../server/src/core/engine";
import { debianImage } from "../../server/src/core/lint/examples/blocks";
import { type FixResult, fixAll } from "../../server/src/core/lint/fix";
import { lint } from "../../server/src/core/lint/lint";
import { missing } from "../../server/src/core/plan/missing";
import { subjectsOf } from "../../server/src/core/project/subjects";
import { renderCompose } from "../../server/src/core/surfaces/compose/render";

// No fix, in any combination with the others, may stop a container that boots. What boots is judged by the
// launch plan of the engine that really runs it, which the linter knows or not.
const uri = "file:///example/compose.yaml";

const docker = (version: string, cgroupVersion: 1 | 2): EngineFacts => ({
  engine: "docker",
  version,
  cgroupVersion,
});
const engines = [
  docker("20.10.24", 1),
  docker("20.10.24", 2),
  docker("26.1.5", 1),
  docker("26.1.5", 2),
  docker("28.5.2", 1),
  docker("28.5.2", 2),
];

const images = {
  plain: dedent(debianImage.Dockerfile),
  volume: dedent(debianImage.Dockerfile.replace("STOPSIGNAL", 'VOLUME ["/sys/fs/cgroup"]\n    STOPSIGNAL')),
  thirteen: dedent(debianImage.Dockerfile.replace("debian:12", "debian:13")),
} as const;

const path = "/sys/fs/cgroup";
const bind = (readOnly: boolean, below = ""): Mount => ({
  type: "bind",
  source: path + below,
  target: path + below,
  readOnly,
});
const maybe = <T>(value: T) => fc.constantFrom(undefined, undefined, value);

const runs: fc.Arbitrary<ContainerSpec> = fc
  .record({
    privileged: maybe(true),
    init: maybe(true),
    tty: maybe(true),
    cgroupNamespace: fc.constantFrom(undefined, "host" as const, "private" as const),
    mounts: fc.subarray<Mount>([
      bind(false),
      { type: "volume", source: "data", target: "/data", readOnly: false },
      bind(true, "/systemd"),
      { type: "bind", source: "/run", target: "/run", readOnly: false },
      { type: "bind", source: "/sys/fs/fuse", target: "/sys/fs/fuse", readOnly: false },
    ]),
    readOnlyTree: fc.boolean(),
    tmpfs: fc.subarray(["/run", "/run/lock", "/tmp", "/var/log"].map((at) => ({ path: at, options: [] }))),
    securityOptions: fc.subarray([
      "writable-cgroups=true",
      "seccomp=unconfined",
      "apparmor=unconfined",
      "no-new-privileges=true",
    ]),
    capabilities: fc.subarray(["SYS_ADMIN", "NET_ADMIN"]),
    stopSignal: fc.constantFrom(undefined, "SIGTERM", "SIGRTMIN+3"),
    restart: maybe("always"),
    readOnly: maybe(true),
  })
  .map(({ readOnlyTree, mounts, tmpfs, ...rest }) => ({
    ...bareSpec,
    ...rest,
    mounts: readOnlyTree ? mounts.map((mount) => (mount.target === path ? bind(true) : mount)) : mounts,
    tmpfs: tmpfs.filter((mount) => !mounts.some(({ target }) => target === mount.path)),
  }))
  // The option with the host's namespace is neither recipe of the plan: no one has measured what it does.
  .filter(
    ({ cgroupNamespace, securityOptions: [option] }) =>
      cgroupNamespace !== "host" || !option?.startsWith("writable"),
  );

const projects = fc.record({
  run: runs,
  image: fc.constantFrom(...Object.values(images)),
  engine: fc.constantFrom(...engines),
});

function inputFor(spec: ContainerSpec, image: string, target: Target) {
  const text = renderCompose(spec, "web").replace(/^ {2}web:.*$/m, "  web:\n    build: .");
  const files: Record<string, string> = { "file:///example/Dockerfile": image };
  const snapshot = { runFiles: [], read: (asked: string) => files[asked] };
  return { uri, text, kind: "compose" as const, snapshot, settings: { rules: {}, target } };
}

type Input = ReturnType<typeof inputFor>;

/** Does the container of this text boot on an engine: nothing that the engine's plan needs is missing. */
function boots(input: Input, text: string, engine: EngineFacts): boolean {
  const [subject] = subjectsOf({ ...input, text, target: engine }).containers;
  if (!subject) throw new Error("no service in the text");
  const { plan, source } = subject;
  if ("refused" in plan) return false;
  const { spec } = source;
  const option = spec.securityOptions.some((it) => it.startsWith("writable"));
  const refused = option && (majorVersion(engine) ?? 0) < 28;
  // The option acts on the engine's own mount of the tree, which a bind replaces.
  const defeated =
    option && spec.cgroupNamespace !== "host" && spec.mounts.some(({ target }) => target === path);
  const needed = plan.requirements.filter(({ advice, id }) => !advice && id !== "stop-signal");
  const lacks = needed.flatMap((requirement) => missing(spec, requirement, plan.image.volumes));
  return !spec.init && !refused && !(defeated && engine.cgroupVersion === 2) && lacks.length === 0;
}

/** Fix All, then the preferred fix of the first error that is left, until there is none. */
function preferred(input: Input): FixResult {
  const fixed = fixAll(input);
  const open = fixed.result.findings.find(({ severity, fixes }) => severity === "error" && fixes[0]);
  if (!open?.fixes[0]) return fixed;
  return preferred({ ...input, text: applyEdits(fixed.text, open.fixes[0].edits) });
}

describe("repairs of a run", () => {
  test("never stop a container that boots, when all safe ones are applied and nothing is known of the engine", () => {
    fc.assert(
      fc.property(projects, ({ run, image, engine }) => {
        const input = inputFor(run, image, undefined);
        fc.pre(boots(input, input.text, engine));
        expect(boots(input, fixAll(input).text, engine)).toBe(true);
      }),
      { numRuns: 100 },
    );
  });

  test("make every container boot, when the preferred ones are applied for a stated engine", () => {
    fc.assert(
      fc.property(projects, ({ run, image, engine }) => {
        // A VOLUME over the cgroup tree is the Dockerfile's fault and fixed there.
        fc.pre(image !== images.volume);
        // On cgroup 1 a private namespace boots in the host's root group, which is not a recipe of the plan.
        fc.pre(engine.cgroupVersion === 2 || run.cgroupNamespace !== "private");
        const { text, result } = preferred(inputFor(run, image, engine));
        expect(result.failures).toEqual([]);
        const serious = result.findings
          .filter(({ severity }) => severity === "error")
          .map(({ rule }) => rule);
        expect(serious).toEqual([]);
        expect(boots(inputFor(run, image, engine), text, engine)).toBe(true);
      }),
      { numRuns: 100 },
    );
  });

  test("leave an error only where its fix widens what the container can do, when all safe ones are applied", () => {
    fc.assert(
      fc.property(projects, ({ run, image, engine }) => {
        fc.pre(image !== images.volume);
        const { findings } = fixAll(inputFor(run, image, engine)).result;
        const errors = findings.filter(({ severity }) => severity === "error");
        for (const { fixes } of errors) expect(fixes[0]?.title.key).toMatch(/\.opens$/);
      }),
      { numRuns: 100 },
    );
  });

  test("never stop a container that boots, in any combination, for a stated engine", () => {
    const picks = fc.array(fc.nat(3), { minLength: 20, maxLength: 20 });
    fc.assert(
      fc.property(projects, picks, ({ run, image, engine }, pick) => {
        const input = inputFor(run, image, engine);
        fc.pre(boots(input, input.text, engine));
        const edits: Edit[] = [];
        for (const [index, { fixes }] of lint(input).findings.entries()) {
          // Of the alternatives of a finding one, or none.
          const fix = fixes[pick[index % pick.length] ?? 0];
          if (fix && !fix.edits.some((edit) => edits.some((other) => conflict(edit, other))))
            edits.push(...fix.edits);
        }
        expect(boots(input, applyEdits(input.text, edits), engine)).toBe(true);
      }),
      { numRuns: 100 },
    );
  });
});
