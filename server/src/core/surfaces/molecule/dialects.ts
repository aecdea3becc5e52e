import type { Argv } from "../../container/spec";
import type { Dialect, Field, ItemReader } from "../compose/dialect";
import { argv, boolean, itemReaders, lists, singles, text } from "../compose/fields";
import { escapeDollars } from "../compose/interpolate";

/**
 * The keys of a platform that the playbooks of Molecule's drivers pass to the `docker_container` and
 * `podman_container` modules (molecule-plugins, `playbooks/create.yml` of both).
 */
const common = {
  image: text("image"),
  hostname: text("hostname"),
  command: command(),
  privileged: boolean("privileged"),
  tty: boolean("tty"),
  pid: text("pid_mode"),
  restart: text("restart_policy"),
};

const commonLists = {
  mounts: { ...lists.mounts, name: "volumes" },
  securityOptions: { ...lists.securityOptions, name: "security_opts" },
  capabilities: { ...lists.capabilities, name: "capabilities" },
  devices: { ...lists.devices, name: "devices" },
  ports: { ...lists.ports, name: "published_ports" },
};

const commonItems: Readonly<Record<string, ItemReader>> = {
  volumes: itemReaders.volumes,
  security_opts: itemReaders.security_opt,
  capabilities: itemReaders.cap_add,
  devices: itemReaders.devices,
  published_ports: itemReaders.ports,
  tmpfs: itemReaders.tmpfs,
};

/** A platform of the `docker` driver. */
export const docker: Dialect = {
  singles: {
    ...common,
    user: text("user"),
    memory: text("memory"),
    stopSignal: text("stop_signal"),
    cgroupNamespace: { ...singles.cgroupNamespace, name: "cgroupns_mode" },
    network: text("network_mode"),
    runtime: text("runtime"),
  },
  lists: { ...commonLists, tmpfs: { ...lists.tmpfs, name: "tmpfs" } },
  items: commonItems,
  environment: "env",
  escape: escapeDollars,
};

/** A platform of the `podman` driver, in which `tmpfs` is a mapping. Other options are in `extra_opts`. */
export const podman: Dialect = {
  singles: { ...common, systemd: text("systemd"), network: text("network") },
  lists: commonLists,
  items: commonItems,
  environment: "env",
  escape: escapeDollars,
};

/** An empty command counts as none, so the image's own command is started. */
function command(): Field<Argv> {
  const field = argv("command");
  return {
    ...field,
    read: (file, node) => {
      const found = field.read(file, node);
      return found?.words.some((word) => word !== "") ? found : undefined;
    },
  };
}
