import { commandFor, displayCommand } from "../../core/plan/render/command";
import type { Format } from "./format";

/** A command line for Docker. */
export const docker = commandLine("docker");

/** A command line for an engine, whose name is also the name of the format. */
export function commandLine(engine: "docker" | "podman"): Format {
  return {
    name: engine,
    plan: ({ plan, secrets }) => `${displayCommand(commandFor(plan, engine, { secrets }))}\n`,
  };
}
