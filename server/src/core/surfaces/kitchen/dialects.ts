import type { Argv } from "../../container/spec";
import { Raw } from "../../yaml/write";
import type { Dialect, Field } from "../compose/dialect";
import { argv, boolean, itemReaders, lists, text } from "../compose/fields";
import { readBoolean, valueIn } from "../compose/items";

const itself = (value: string) => value;

/** A program that the driver splits into words itself. */
function program(name: string): Field<Argv> {
  const quoted = (word: string) =>
    /^[\w./=:@%+-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
  return { ...argv(name), write: ({ words }) => words.map(quoted).join(" ") };
}

/** The keys of the driver `dokken` that it hands to the engine (kitchen-dokken, `lib/kitchen/driver/dokken.rb`). */
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
    // A list of `PATH:OPTIONS` is made into the mapping that the engine takes.
    tmpfs: { ...lists.tmpfs, name: "tmpfs" },
    mounts: { ...lists.mounts, name: "volumes" },
    securityOptions: { name: "security_opt", write: itself },
    capabilities: { name: "cap_add", write: itself },
    ports: { name: "ports", write: itself },
  },
  items: {
    volumes: itemReaders.volumes,
    binds: itemReaders.volumes,
    security_opt: itemReaders.security_opt,
    cap_add: itemReaders.cap_add,
    ports: itemReaders.ports,
    tmpfs: itemReaders.tmpfs,
  },
  environment: "env",
  listsVariables: true,
  escape: itself,
  replaces: true,
};

/** The keys of the driver `docker`, whose `run_options` are those of `docker run` (kitchen-docker, README and cli_helper.rb). */
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
    tmpfs: { ...lists.tmpfs, name: "tmpfs" },
    mounts: { ...lists.mounts, name: "volume" },
    securityOptions: { name: "security_opt", write: itself },
    capabilities: { name: "cap_add", write: itself },
    devices: { name: "devices", write: itself },
    ports: { name: "forward", write: itself },
  },
  items: {
    volume: itemReaders.volumes,
    security_opt: itemReaders.security_opt,
    cap_add: itemReaders.cap_add,
    devices: itemReaders.devices,
    forward: itemReaders.ports,
    tmpfs: itemReaders.tmpfs,
  },
  environment: "env_variables",
  escape: itself,
  replaces: true,
};
