import { commandFor, displayCommand } from "../../core/plan/render/command";
import type { Format } from "./format";

/** A command line of Docker. */
export const docker: Format = {
  name: "docker",
  plan: ({ plan, secrets }) => `${displayCommand(commandFor(plan, "docker", { secrets }))}\n`,
};
