import type { CreateRequest, LaunchOptions, PlanParams, PlanResult } from "../../../server/src/protocol";
import type { Dependencies, Engine, LaunchConfiguration, Login } from "../ports";
import { plain } from "../text";
import { notices } from "../texts/notices";
import type { Build } from "./run-build";

/** A container that is planned and not there yet. */
export interface Boot {
  readonly name: string;
  /** The file that describes it. */
  readonly uri?: string;
  /** The parameters of the plan. */
  readonly asked: PlanParams;
  /** What the plan specifies of the container. */
  readonly create: CreateRequest;
  /** How long the boot may take. */
  readonly seconds: number;
  /** The image has to be built first. */
  readonly build?: Build;
  readonly login?: Login;
  /** An earlier container of the name is replaced without a question. */
  readonly replaces?: boolean;
  /** The console is what the person is after, so it is shown. */
  readonly debug?: boolean;
}

/** What a launch configuration asks of the server's plan. Every port of EXPOSE is published unless it shows which. */
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

/** A volume whose source is written relative to the workspace, with its absolute source. */
function absolute(volume: string, resolve: (path: string) => string): string {
  const [, source, rest] = /^([.~][^:]*)(:.*)$/s.exec(volume) ?? [];
  return source === undefined ? volume : `${resolve(source)}${rest}`;
}

/** What creates the container of a plan; explains why there is nothing, if that is so. */
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
