import { commandFor, displayCommand } from "../../core/plan/render/command";
import type { Format } from "./format";

/** A command line of Docker. */
export const docker = commandLine("docker");

/** The command line of an engine, which gives the format its name. */
export function commandLine(engine: "docker" | "podman"): Format {
  return {
    name: engine,
    plan: ({ plan, secrets }) => `${displayCommand(commandFor(plan, engine, { secrets }))}\n`,
  };
}
