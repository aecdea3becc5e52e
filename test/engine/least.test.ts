import { spawn } from "node:child_process";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { LeastRow } from "../../server/src/cli/formats/format";
import { program } from "../cli/terminal";
import { projectOf, type Workload, workloads } from "../lab/prove/workloads";
import { inFolder, inventory, type Setup, useEngine } from "./setup";

// The search for the least privilege as it is shipped, on a real engine.
const setup = useEngine("docker@28/v2", ["debian:12"]);

let all: Setup;
let before: readonly string[];
beforeEach(async (context) => {
  all = setup(context);
  before = await inventory(all);
});

afterEach(async () => {
  if (before) expect(await inventory(all)).toEqual(before);
});

const compose = `services:
  web:
    build: .
    privileged: true
    volumes:
      - data:/srv
volumes:
  data: {}
`;

/** Searches in the directory of a workload whose compose file is privileged, and gives the result. */
async function minimise(workload: Workload, ...args: readonly string[]) {
  const { files } = projectOf(workload);
  return inFolder({ ...files, "compose.yaml": compose }, async (folder) => {
    const words = ["boot", "--minimise", "--engine", `unix://${all.lab.socket}`, "--format", "json"];
    const child = spawn(process.execPath, [program, ...words, ...args, "compose.yaml#web"], { cwd: folder });
    let out = "";
    let err = "";
    child.stdout.on("data", (data) => (out += data));
    child.stderr.on("data", (data) => (err += data));
    const code = await new Promise<number | null>((resolve) => child.on("close", resolve));
    if (out === "") throw new Error(`${code}: ${err}`);
    const row: LeastRow = JSON.parse(out);
    console.log(`${workload.name}: ${row.says.join(" ")}`);
    return { code, row, err };
  });
}

function named(name: string): Workload {
  const found = workloads.find((workload) => workload.name.startsWith(name));
  if (!found) throw new Error(`There is no workload ${name}.`);
  return found;
}

/** What is searched for, with the agreement that it takes, and the set that is expected. */
const expected: readonly {
  readonly name: string;
  readonly allow?: string;
  readonly grants: readonly string[];
}[] = [
  { name: "chrony", grants: ["SYS_TIME"] },
  { name: "sshd", grants: [] },
  { name: "cron", grants: [] },
  { name: "nginx", grants: [] },
  { name: "nftables", grants: ["NET_ADMIN"] },
  { name: "a FUSE", allow: "SYS_ADMIN", grants: ["/dev/fuse", "SYS_ADMIN"] },
  { name: "PostgreSQL", grants: [] },
];

/** Services that only a privileged container runs. They are not booted with it. */
const privileged: readonly Workload[] = [
  { name: "dockerd", packages: "docker.io", unit: "docker.service", setup: "RUN systemctl enable docker" },
  {
    name: "NFS",
    packages: "nfs-kernel-server",
    unit: "nfs-server.service",
    setup: "RUN echo '/srv *(ro)' >/etc/exports && systemctl enable nfs-server",
  },
].map((workload) => ({ ...workload, rules: [], asks: "true" }));

/** The gate searches for one; the others are searched for if a variable of the environment is set. */
const isEvery = process.env.SYSTEMD_CONTAINERS_EVERY_WORKLOAD !== undefined;
const first = isEvery ? expected.length : 1;

/** Milliseconds that one search may take on a busy host. */
const limit = 900_000;

describe("the least privilege of a privileged service", () => {
  test.each(expected.slice(0, first))(
    "$name: $grants",
    async ({ name, allow, grants }) => {
      const workload = named(name);
      const allowed = allow === undefined ? [] : ["--allow", allow];
      const { code, row, err } = await minimise(workload, "--exec", workload.asks, ...allowed);
      expect([code, row.state, row.grants], err).toEqual([0, "found", grants]);
      expect(row.boots).toBeLessThanOrEqual(40);
      expect(row.needed.map(({ grant }) => grant).sort()).toEqual([...grants].sort());
      expect(row.needed.filter(({ line }) => line === "")).toEqual([]);
      expect(row.diff).toContain("-    privileged: true");
      for (const grant of grants) expect(row.diff).toContain(`+      - ${grant}`);
    },
    limit,
  );

  test.skipIf(!isEvery).each([...privileged])(
    "$name: ends with the first refusal, and asks for privileged",
    async (workload) => {
      const { code, row, err } = await minimise(workload);
      expect([code, row.state, row.grants], err).toEqual([1, "needs-agreement", undefined]);
      expect(row.refused).toContain("privileged");
      expect(row.failures.filter(({ line }) => line !== "")).not.toEqual([]);
      expect(row.diff).toBeUndefined();
    },
    limit,
  );
});
