import { flags } from "../../container/flags";
import { readLongMount, writeLongMount } from "../../container/mount";
import type { BuildLink } from "../../container/source";
import { bareSpec, type ContainerSpec, sameItem } from "../../container/spec";
import type { EngineFacts } from "../../engine";
import { podmanRun } from "./arguments";
import { dockerRun } from "./docker-run";
import { defined, filled, record } from "./fields";
import { literalRun, type Rendered, unsaidOf } from "./rendered";

/** The variables that the tool replaces with their values (devcontainers/cli, variableSubstitution.ts). */
const variables =
  /\$\{(?:env|localEnv|containerEnv|devcontainerId|(?:local|container)WorkspaceFolder(?:Basename)?)[:}]/;

/** The container to start, and the origin of its image: the image name, or the Dockerfile if it is known. */
export interface ImageRun {
  readonly spec: ContainerSpec;
  readonly reference: string;
  readonly engine: EngineFacts["engine"];
  readonly build?: BuildLink;
  /** The URI of the directory in which `.devcontainer/devcontainer.json` is created. */
  readonly folder?: string;
}

/**
 * A `devcontainer.json` that starts the given container. Reading it returns the same spec, except for what `unsaid`
 * lists. Settings without a property are written to `runArgs`. The tool can only start the program of the image.
 */
export function renderDevcontainer({ spec, engine, ...origin }: ImageRun, name: string): Rendered {
  // The tool starts a shell first, so Podman does not detect systemd.
  const run =
    engine === "podman" ? { ...podmanRun(spec), systemd: spec.systemd ?? "always" } : dockerRun(spec);
  const { command: _, entrypoint: __, image: ___, ...said } = literalRun(run, variables);
  const { privileged, init, user, environment, capabilities, securityOptions, mounts, ...rest } = said;
  const set = Object.entries(environment).filter(
    (entry): entry is [string, string] => entry[1] !== undefined,
  );
  const isLong = (mount: ContainerSpec["mounts"][number]) =>
    sameItem(sorted(readLongMount(writeLongMount(mount))), sorted(mount));
  const args = flags({
    ...bareSpec,
    ...rest,
    environment: Object.fromEntries(Object.entries(environment).filter(([, value]) => value === undefined)),
    mounts: mounts.filter((mount) => !isLong(mount)),
  });
  const properties = {
    name,
    ...imageOf(origin),
    overrideCommand: false,
    init,
    privileged,
    containerUser: user,
    containerEnv: record(set),
    mounts: filled(mounts.filter(isLong).map(writeLongMount)),
    capAdd: filled(capabilities),
    securityOpt: filled(securityOptions),
    runArgs: filled(args),
  };
  return {
    text: `${JSON.stringify(defined(properties), null, 2)}\n`,
    unsaid: unsaidOf(engine === "podman" ? run : spec, said),
    notes: [],
  };
}

function sorted(record: object): unknown {
  return Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1));
}

function imageOf({
  reference,
  build,
  folder,
}: Pick<ImageRun, "reference" | "build" | "folder">): Record<string, unknown> {
  const dockerfile = pathTo(build?.dockerfile, folder);
  if (dockerfile === undefined) return { image: reference };
  const context = pathTo(build?.context, folder) ?? dockerfile.replace(/\/[^/]*$/, "");
  const args = record(
    Object.entries(build?.args ?? {}).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
  return { build: defined({ dockerfile, context, target: build?.target, args }) };
}

/** The relative path to `uri` from the `.devcontainer` directory in `folder`; undefined if it is unknown. */
function pathTo(uri: string | undefined, folder: string | undefined): string | undefined {
  if (uri === undefined || folder === undefined) return undefined;
  const from = folder.split("/");
  const to = uri.split("/");
  const shared = from.findIndex((part, index) => part !== to[index]);
  const common = shared === -1 ? from.length : shared;
  // Two URIs that only share `file://` have no common directory.
  if (common <= 3 && shared !== -1) return undefined;
  const up = Array.from({ length: from.length - common + 1 }, () => "..");
  return [...up, ...to.slice(common).map(decodeURIComponent)].join("/");
}
