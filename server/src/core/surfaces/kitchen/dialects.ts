import type { Argv } from "../../container/spec";
import { quoteWord } from "../../shell/quote";
import { Raw } from "../../yaml/write";
import type { Dialect, Field } from "../compose/dialect";
import { argv, boolean, itemReaders, lists, text } from "../compose/fields";
import { readBoolean, valueIn } from "../compose/items";

const itself = (value: string) => value;

/** A key with a program that the driver itself splits into words. */
function program(name: string): Field<Argv> {
  return { ...argv(name), write: ({ words }) => words.map(quoteWord).join(" ") };
}

/** The lists that have the same name in both drivers, with the functions that write and read them. */
const written = {
  securityOptions: { name: "security_opt", write: itself },
  capabilities: { name: "cap_add", write: itself },
};
const { security_opt, cap_add, tmpfs, volumes, ports, devices } = itemReaders;
const read = { security_opt, cap_add, tmpfs };

/** The keys that the `dokken` driver passes to the engine (kitchen-dokken, `lib/kitchen/driver/dokken.rb`). */
export const dokken: Dialect = {
  singles: {
    image: text("image"),
    hostname: text("hostname"),
    command: program("pid_one_command"),
    entrypoint: argv("entrypoint"),
    privileged: boolean("privileged"),
    cgroupNamespace: {
      name: "cgroupns_host",
      read: (file, node) => (readBoolean(valueIn(file, node) ?? "") ? "host" : undefined),
      write: (value) => new Raw(String(value === "host")),
    },
  },
  lists: {
    ...written,
    // The driver converts a list of `PATH:OPTIONS` to the mapping that the engine expects.
    tmpfs: { ...lists.tmpfs, name: "tmpfs" },
    mounts: { ...lists.mounts, name: "volumes" },
    ports: { name: "ports", write: itself },
  },
  items: { ...read, volumes, binds: volumes, ports },
  environment: "env",
  listsVariables: true,
  escape: itself,
  replaces: true,
};

/**
 * The keys of the `docker` driver, whose `run_options` are flags of `docker run` (kitchen-docker, README and
 * cli_helper.rb).
 */
export const docker: Dialect = {
  singles: {
    image: text("image"),
    hostname: text("hostname"),
    memory: text("memory"),
    command: program("run_command"),
    privileged: boolean("privileged"),
    tty: boolean("tty"),
  },
  lists: {
    ...written,
    tmpfs: { ...lists.tmpfs, name: "tmpfs" },
    mounts: { ...lists.mounts, name: "volume" },
    devices: { name: "devices", write: itself },
    ports: { name: "forward", write: itself },
  },
  items: { ...read, volume: volumes, devices, forward: ports },
  environment: "env_variables",
  escape: itself,
  replaces: true,
};
