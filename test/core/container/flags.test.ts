import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { flags, readFlags, words } from "../../../server/src/core/container/flags";
import { bareSpec, type ContainerSpec } from "../../../server/src/core/container/spec";
import { runs } from "./arbitrary";
import { asRead } from "./as-read";

/** The words behind `docker run`, as the plan writes them. */
const line = (spec: ContainerSpec) => [...flags(spec), spec.image ?? "image", ...words(spec)];

describe("the flags of a run", () => {
  test("read back as the run", () => {
    // An image that begins with a dash, or has no name, is refused before any flag is read.
    const named = runs.filter(({ image = "x" }) => image !== "" && !image.startsWith("-"));
    fc.assert(
      fc.property(named, (spec) => {
        expect(readFlags(line(spec), bareSpec)).toEqual(asRead(spec));
      }),
      { numRuns: 500 },
    );
  });

  test.each<[words: string, run: Partial<ContainerSpec>]>([
    ["-it --rm web", { tty: true, others: { interactive: [], rm: [] } }],
    ["-d -u0 web", { user: "0" }],
    ["-h db -m 1g web", { hostname: "db", memory: "1g" }],
    ["--privileged=false web", { privileged: false }],
    ["--security-opt seccomp:unconfined web", { securityOptions: ["seccomp=unconfined"] }],
    ["--cap-add cap_sys_admin web", { capabilities: ["SYS_ADMIN"] }],
    ["-e A=b=c -e D web", { environment: { A: "b=c", D: undefined } }],
    ["--network a --network name=b,alias=c web", { network: "a", others: { network: ["name=b,alias=c"] } }],
    ["--label a=b --label c=d web", { others: { label: ["a=b", "c=d"] } }],
    ["--mount type=tmpfs,dst=/t,tmpfs-size=1m web", { tmpfs: [{ path: "/t", options: ["size=1m"] }] }],
    [
      "--mount type=bind,src=/a,dst=/b,ro,bind-propagation=rslave web",
      { mounts: [{ type: "bind", source: "/a", target: "/b", readOnly: true, options: ["rslave"] }] },
    ],
  ])("are read from %s", (text, expected) => {
    expect(readFlags(text.split(" "), bareSpec)).toEqual({ ...bareSpec, image: "web", ...expected });
  });
});
