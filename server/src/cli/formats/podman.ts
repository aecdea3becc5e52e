import { commandFor, displayCommand } from "../../core/plan/render/command";
import type { Format } from "./format";

/** A command line of Podman. */
export const podman: Format = {
  name: "podman",
  plan: ({ plan, secrets }) => `${displayCommand(commandFor(plan, "podman", { secrets }))}\n`,
};
