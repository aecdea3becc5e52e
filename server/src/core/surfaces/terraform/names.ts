import { readCapability, readSecurityOption } from "../../container/options";
import type { Body, Value } from "./hcl";
import { blocksOf, itemsIn } from "./values";

/**
 * The attributes of the `docker_container` resource for single-valued settings (its documentation,
 * kreuzwerker/docker).
 */
export const names = {
  image: "image",
  name: "name",
  hostname: "hostname",
  user: "user",
  command: "command",
  entrypoint: "entrypoint",
  privileged: "privileged",
  init: "init",
  tty: "tty",
  readOnly: "read_only",
  stopSignal: "stop_signal",
  stopGrace: "stop_timeout",
  cgroupNamespace: "cgroupns_mode",
  pid: "pid_mode",
  network: "network_mode",
  usernsMode: "userns_mode",
  runtime: "runtime",
  restart: "restart",
  memory: "memory",
} as const;

/** Lists of strings: where their items are, and how to read an item. */
export const lists = {
  securityOptions: {
    list: (body: Body): readonly Value[] => itemsIn(body, "security_opts"),
    read: readSecurityOption,
  },
  capabilities: {
    list: (body: Body): readonly Value[] =>
      blocksOf(body, "capabilities").flatMap((each) => itemsIn(each.body, "add")),
    read: readCapability,
  },
} as const;
