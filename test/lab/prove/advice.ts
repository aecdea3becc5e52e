import { flags } from "../../../server/src/core/container/flags";
import { type Seen, seenText } from "../../../server/src/core/docs/evidence/proofs";
import { isPlan, plan } from "../../../server/src/core/plan/plan";
import { type Boot, boot, type Engine, engineNames } from "..";
import { type Cell, cellName, cellNow, type Part } from "./part";
import { imageWith } from "./plans";
import { inFolder } from "./project";
import { inspectInto, seen } from "./prove";

/** A recipe from the web, and how it is tried. */
interface Recipe {
  readonly advice: string;
  /** The rule whose page describes what to do instead. */
  readonly rule: string;
  /** Flags of `docker run` that replace those of the plan, for an image with systemd 252. */
  readonly flags?: readonly string[];
  /** Flags that are added to those of the plan. */
  readonly extra?: readonly string[];
  readonly command?: readonly string[];
  /** Lines of a Dockerfile based on an image with systemd. The result is started with the plan's flags. */
  readonly dockerfile?: string;
  /** Other files in its build context. */
  readonly files?: Readonly<Record<string, string>>;
  /** Units that should be running. */
  readonly units?: readonly string[];
  /** Why no engine of the lab can show the outcome. */
  readonly notMeasured?: string;
}

/** The outcome of a recipe on an engine. */
export interface Advice extends Cell {
  readonly advice: string;
  readonly date: string;
  readonly seen: Seen;
}

/** An engine on which the recipes once worked, and one on which people try them today. */
export const adviceCells = ["docker@20/v1", "docker@28/v2"];

const bind = "/sys/fs/cgroup:/sys/fs/cgroup";
const tmpfs = ["--tmpfs", "/run", "--tmpfs", "/run/lock", "--tmpfs", "/tmp"];
const shell = ["-t", "--stop-signal", "SIGRTMIN+3"];
const signal = "STOPSIGNAL SIGRTMIN+3";

export const recipes: readonly Recipe[] = [
  { advice: "`docker run` with no flags", rule: "run-cgroup-writable", flags: ["-t"] },
  {
    advice:
      "`--tmpfs /run --tmpfs /run/lock --tmpfs /tmp -v /sys/fs/cgroup:/sys/fs/cgroup`, with the argument `--unit=sysinit.target`",
    rule: "run-cgroup-namespace",
    flags: [...shell, ...tmpfs, "-v", bind],
    command: ["/sbin/init", "--unit=sysinit.target"],
  },
  {
    advice: "`-v /sys/fs/cgroup:/sys/fs/cgroup:ro` and tmpfs",
    rule: "run-cgroup-read-only",
    flags: [...shell, ...tmpfs, "-v", `${bind}:ro`],
  },
  {
    advice: "`-v /sys/fs/cgroup:/sys/fs/cgroup:ro` alone",
    rule: "run-tmpfs-run",
    flags: [...shell, "-v", `${bind}:ro`],
  },
  {
    advice: "`-v /sys/fs/cgroup:/sys/fs/cgroup:rw` and tmpfs",
    rule: "run-cgroup-namespace",
    flags: [...shell, ...tmpfs, "-v", `${bind}:rw`],
  },
  {
    advice: "the same with `--cgroupns=host` (exposes the host's whole cgroup tree)",
    rule: "run-cgroup-host",
    flags: [...shell, ...tmpfs, "-v", `${bind}:rw`, "--cgroupns=host"],
  },
  {
    advice: "`--cgroupns=host` and tmpfs, no mount",
    rule: "run-cgroup-writable",
    flags: [...shell, ...tmpfs, "--cgroupns=host"],
  },
  {
    advice: "`--cap-add SYS_ADMIN` and tmpfs",
    rule: "run-capability-unneeded",
    flags: [...shell, ...tmpfs, "--cap-add", "SYS_ADMIN"],
  },
  {
    advice: "`--security-opt seccomp=unconfined` and tmpfs",
    rule: "run-cgroup-writable",
    flags: [...shell, ...tmpfs, "--security-opt", "seccomp=unconfined"],
  },
  {
    advice:
      "`--cap-add SYS_ADMIN --security-opt seccomp=unconfined -v /sys/fs/cgroup:/sys/fs/cgroup:ro` and tmpfs",
    rule: "run-capability-unneeded",
    flags: [
      ...shell,
      ...tmpfs,
      "-v",
      `${bind}:ro`,
      "--cap-add",
      "SYS_ADMIN",
      "--security-opt",
      "seccomp=unconfined",
    ],
  },
  {
    advice: '`VOLUME ["/sys/fs/cgroup"]` in the Dockerfile',
    rule: "image-cgroup-volume",
    dockerfile: `VOLUME ["/sys/fs/cgroup"]\n${signal}`,
    flags: [...shell, ...tmpfs],
  },
  { advice: "`--init`, so that PID 1 reaps zombies", rule: "run-init", extra: ["--init"] },
  { advice: "`STOPSIGNAL SIGTERM`, or none", rule: "image-stop-signal", extra: ["--stop-signal", "SIGTERM"] },
  {
    advice: "`CMD /sbin/init` in shell form",
    rule: "image-shell-form-init",
    dockerfile: `${signal}\nCMD /sbin/init`,
  },
  {
    advice: "an entrypoint script that runs `/sbin/init` last, without `exec`",
    rule: "image-entrypoint-exec",
    dockerfile: `${signal}\nCOPY --chmod=755 entry.sh /entry.sh\nENTRYPOINT ["/entry.sh"]\nCMD []`,
    files: { "entry.sh": "#!/bin/sh\nmkdir -p /var/lib/app\n/sbin/init\n" },
  },
  {
    advice: "`--unit=sysinit.target` with sshd enabled",
    rule: "image-target-skips-services",
    dockerfile: `RUN apt-get update && apt-get install -y openssh-server && systemctl enable ssh\n${signal}\nCMD ["/sbin/init", "--unit=sysinit.target"]`,
    units: ["ssh.service", "systemd-user-sessions.service"],
  },
  {
    advice: "`RUN --mount=type=bind,source=/sys/fs/cgroup,target=/sys/fs/cgroup` in the Dockerfile",
    rule: "image-build-mount",
    dockerfile: "RUN --mount=type=bind,source=/sys/fs/cgroup,target=/sys/fs/cgroup true",
  },
  {
    advice: "`RUN systemctl start cron` in the Dockerfile",
    rule: "image-systemctl-at-build",
    dockerfile: "RUN systemctl start cron",
  },
  {
    advice: "`RUN mv /var/run/nologin /tmp` in the Dockerfile",
    rule: "image-nologin",
    dockerfile: "RUN mv /var/run/nologin /tmp",
  },
  {
    advice: "`--privileged`",
    rule: "run-privileged",
    notMeasured:
      "a privileged systemd can change devices and kernel settings of the host, so it was not booted",
  },
];

/** Advice from the web. Nothing is claimed about it, so there are no contradictions. */
export const advicePart: Part<Advice> = {
  name: "advice",
  jobs: (cell) =>
    recipes
      .filter(({ notMeasured }) => notMeasured === undefined && adviceCells.includes(cell))
      .map((recipe) => ({
        title: recipe.advice,
        work: async (engine) => {
          const proof = { advice: recipe.advice, ...cellNow(engine), seen: await tryRecipe(engine, recipe) };
          return { proof, contradictions: [] };
        },
      })),
  cellOf: (row) => (recipeOf(row) === -1 ? undefined : cellName(row)),
  order: (row) => recipeOf(row) * 100 + engineNames.indexOf(cellName(row)),
  text: (row) => `${row.advice}\n  ${cellName(row)} ${seenText(row.seen)}`,
};

function recipeOf({ advice }: Advice): number {
  return recipes.findIndex((recipe) => recipe.advice === advice);
}

async function tryRecipe(engine: Engine, recipe: Recipe): Promise<Seen> {
  const watch = { units: recipe.units ?? [], inactive: [], systemd: 0 };
  const args = [...(recipe.flags ?? planned(engine)), ...(recipe.extra ?? [])];
  const { command } = recipe;
  const inspect = inspectInto(watch);
  const start = (): Promise<Boot> =>
    recipe.dockerfile === undefined
      ? boot(engine, { image: "systemd-test:252", args, command, inspect })
      : inFolder(
          {
            path: "Dockerfile",
            files: { Dockerfile: `FROM systemd-test:252\n${recipe.dockerfile}\n`, ...recipe.files },
          },
          (context) => boot(engine, { context, args, command, inspect }),
        );
  return seen(await start(), undefined, watch.inactive);
}

function planned({ facts }: Engine): string[] {
  const made = plan({ ...imageWith(252), stopSignal: "SIGRTMIN+3" }, facts);
  if (!isPlan(made)) throw new Error("There is no plan for the recipe's image.");
  return flags(made.spec).filter((flag) => !flag.startsWith("--init"));
}
