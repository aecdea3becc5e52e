import type { Argv } from "../../container/spec";
import { signalNumber } from "../../systemd/signal";
import { Raw } from "../../yaml/write";
import type { Dialect, Field } from "../compose/dialect";
import { argv, boolean, itemReaders, lists, text } from "../compose/fields";
import { valueIn } from "../compose/items";
import { docker as dockerPlatform, podman as podmanPlatform } from "../molecule/dialects";

const itself = (value: string) => value;

/** The parameters that both modules have, besides the keys that Molecule passes to them. */
const common = {
  name: text("name"),
  user: text("user"),
  memory: text("memory"),
  init: boolean("init"),
  readOnly: boolean("read_only"),
  stopGrace: seconds("stop_timeout"),
};

/** The parameters of the `community.docker.docker_container` module (its documentation). */
export const docker: Dialect = {
  ...dockerPlatform,
  singles: {
    ...dockerPlatform.singles,
    ...common,
    entrypoint: argv("entrypoint"),
    usernsMode: text("userns_mode"),
  },
  items: { ...dockerPlatform.items, mounts: itemReaders.volumes },
  escape: itself,
};

/**
 * The parameters of the `containers.podman.podman_container` module (`podman_container_lib.py`); `tmpfs` is a
 * mapping.
 */
const podmanNames: Dialect = {
  singles: {
    ...podmanPlatform.singles,
    ...common,
    entrypoint: { ...argv("entrypoint"), write: program },
    stopSignal: {
      ...text("stop_signal"),
      write: (signal) => new Raw(String(signalNumber(signal) ?? signal)),
    },
    cgroupNamespace: { ...(dockerPlatform.singles.cgroupNamespace as Namespace), name: "cgroupns" },
    pid: text("pid"),
    usernsMode: text("userns"),
  },
  lists: {
    mounts: { ...lists.mounts, name: "volume" },
    securityOptions: { ...lists.securityOptions, name: "security_opt" },
    capabilities: { ...lists.capabilities, name: "cap_add" },
    devices: { ...lists.devices, name: "device" },
    ports: { ...lists.ports, name: "publish" },
  },
  items: {
    volume: itemReaders.volumes,
    security_opt: itemReaders.security_opt,
    cap_add: itemReaders.cap_add,
    device: itemReaders.devices,
    publish: itemReaders.ports,
    tmpfs: itemReaders.tmpfs,
  },
  environment: "env",
  escape: itself,
};

type Namespace = Field<"host" | "private">;

/** Aliases of parameters. */
const aliases: Readonly<Record<string, readonly string[]>> = {
  cap_add: ["capabilities"],
  volume: ["volumes"],
  device: ["devices"],
  publish: ["ports", "published", "published_ports"],
  pid: ["pid_mode"],
  network: ["net", "network_mode"],
  userns: ["userns_mode"],
};

/** The parameters of `podman_container`, under the names that a task uses. */
export function podman(isUsed: (name: string) => boolean): Dialect {
  const written = (name: string) => aliases[name]?.find(isUsed) ?? name;
  const { singles, lists: all, items } = podmanNames;
  const renamed = <Row extends { readonly name: string }>(rows: Readonly<Record<string, Row>>) =>
    Object.fromEntries(Object.entries(rows).map(([key, row]) => [key, { ...row, name: written(row.name) }]));
  return {
    ...podmanNames,
    singles: renamed(singles),
    lists: renamed(all),
    items: Object.fromEntries(Object.entries(items).map(([name, read]) => [written(name), read])),
  };
}

/** A key whose value is in whole seconds. */
function seconds(name: string): Field<number> {
  return {
    name,
    read: (file, node) => {
      const value = Number(valueIn(file, node) || Number.NaN);
      return Number.isNaN(value) ? undefined : value;
    },
    write: (value) => new Raw(String(Math.ceil(value))),
  };
}

/** A program as Podman expects it: a single word unchanged, or several words as a JSON list. */
function program({ words }: Argv): string {
  const [only = ""] = words;
  return words.length > 1 ? JSON.stringify(words) : only;
}
