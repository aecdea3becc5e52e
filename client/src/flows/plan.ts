import type { CreateRequest, LaunchOptions, PlanParams, PlanResult } from "../../../server/src/protocol";
import type { Dependencies, Engine, LaunchConfiguration, Login } from "../ports";
import { plain } from "../text";
import { notices } from "../texts/notices";
import type { Build } from "./run-build";

/** A planned container that does not exist yet. */
export interface Boot {
  readonly name: string;
  /** The file that defines it. */
  readonly uri?: string;
  /** The parameters from which the plan was made. */
  readonly asked: PlanParams;
  /** The request that creates the container, from the plan. */
  readonly create: CreateRequest;
  /** How long the boot may take, in seconds. */
  readonly seconds: number;
  /** The image to build first, if any. */
  readonly build?: Build;
  readonly login?: Login;
  /** Whether an earlier container of the same name is replaced without confirmation. */
  readonly replaces?: boolean;
  /** Whether to show the console after the boot. Set for boots with the debug log, whose purpose is to read it. */
  readonly debug?: boolean;
}

/**
 * The options for the server's plan, taken from a launch configuration. All ports of EXPOSE are published unless the
 * configuration lists ports.
 */
export function planOptions(
  { ui }: Dependencies,
  configuration: Partial<LaunchConfiguration>,
  uri?: string,
): LaunchOptions {
  const { hostname, memory, ports = ["exposed"], volumes, environment, debug } = configuration;
  return {
    hostname,
    memory,
    ports,
    volumes: volumes?.map((volume) => absolute(volume, (path) => ui.resolve(path, uri))),
    environment,
    debug,
  };
}

/** Makes the source of a volume absolute if it is relative to the workspace. */
function absolute(volume: string, resolve: (path: string) => string): string {
  const [, source, rest] = /^([.~][^:]*)(:.*)$/s.exec(volume) ?? [];
  return source === undefined ? volume : `${resolve(source)}${rest}`;
}

/** The request that creates the container. If the plan has none, shows the reason and returns undefined. */
export function creation(
  { ui }: Dependencies,
  engine: Engine,
  what: string,
  { refused, create }: PlanResult,
): CreateRequest | undefined {
  if (refused !== undefined) ui.tell("error", notices.cannotBoot(ui.t, what, engine.name, refused));
  else if ("refused" in create) ui.tell("error", plain(create.refused));
  else return create;
  return undefined;
}
