import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { bareSpec, type ContainerSpec } from "../../../server/src/core/container/spec";
import { podmanRun } from "../../../server/src/core/plan/render/arguments";
import { renderQuadlet } from "../../../server/src/core/plan/render/quadlet";
import { readQuadlet } from "../../../server/src/core/surfaces/quadlet/read";
import { runs } from "../container/arbitrary";
import { unordered, without } from "./without";

function read(text: string) {
  const file = readQuadlet("file:///p/web.container", text, () => undefined);
  expect(file.problems()).toEqual([]);
  const [source] = file.containers;
  if (!source) throw new Error("no container");
  return source;
}

/** What is left of a run without what is unsaid. The service restarts the container. */
function expected(spec: ContainerSpec, unsaid: readonly string[]): ContainerSpec {
  const { restart, ...run } = podmanRun(spec);
  return {
    ...without(run, unsaid),
    ...(restart !== undefined && !unsaid.includes(`--restart=${restart}`) && { restart }),
  };
}

describe("a file of Quadlet", () => {
  test("reads back as the run, without what is unsaid", () => {
    fc.assert(
      fc.property(runs, (spec) => {
        const { text, unsaid } = renderQuadlet(spec, spec.image ?? "image");
        const { spec: said } = read(text);
        const wanted = expected(spec, unsaid);
        const { restart: _, ...own } = unsaid.some((flag) => flag.startsWith("--restart"))
          ? said
          : { ...said, restart: undefined };
        const plain = unsaid.some((flag) => flag.startsWith("--restart")) ? own : said;
        expect(unordered(plain)).toEqual(unordered(wanted));
      }),
      { numRuns: 1000 },
    );
  });

  test("has a key for what has one, and flags for the rest", () => {
    const spec: ContainerSpec = {
      ...bareSpec,
      ...{ name: "web", hostname: "h", privileged: true, init: false, stopSignal: "SIGRTMIN+3", tty: true },
      ...{
        stopGrace: 90,
        systemd: "always",
        cgroupNamespace: "private",
        runtime: "crun",
        restart: "unless-stopped",
      },
      capabilities: ["SYS_ADMIN", "NET_ADMIN"],
      securityOptions: ["seccomp=unconfined", "label=disable", "writable-cgroups=true"],
      tmpfs: [{ path: "/srv", options: ["size=1g"] }],
      mounts: [{ type: "bind", source: "/a b", target: "/c", readOnly: true }],
      environment: { A: "100% $x", container: "docker" },
      command: { words: ["/sbin/init", "a b", "%n"] },
      others: { label: ["a=b c"], "no-healthcheck": [] },
    };
    expect(renderQuadlet(spec, "localhost/web")).toEqual({
      text: `[Container]
Image=localhost/web
Exec=/sbin/init "a b" %%n
ContainerName=web
HostName=h
RunInit=false
StopSignal=SIGRTMIN+3
StopTimeout=90
Environment="A=100%% $$x"
Tmpfs=/srv:size=1g
Volume=/a b:/c:ro
AddCapability=SYS_ADMIN
AddCapability=NET_ADMIN
SeccompProfile=unconfined
SecurityLabelDisable=true
Label="a=b c"
GlobalArgs=--runtime=crun
PodmanArgs=-t
PodmanArgs=--privileged
PodmanArgs=--systemd=always
PodmanArgs=--no-healthcheck

[Service]
Restart=always
TimeoutStopSec=100
`,
      unsaid: [],
      notes: [],
    });
  });

  test("does not drop what it cannot express", () => {
    const { text, unsaid } = renderQuadlet(
      { ...bareSpec, restart: "on-failure:3", environment: { FROM_SHELL: undefined } },
      "web",
    );
    expect(unsaid).toEqual(["--env FROM_SHELL", "--restart=on-failure:3"]);
    expect(text).toBe("[Container]\nImage=web\nEnvironment=FROM_SHELL\n\n[Service]\nRestart=on-failure\n");
    expect(renderQuadlet({ ...bareSpec, restart: "always" }, "web").unsaid).toEqual(["--restart=always"]);
  });
});
