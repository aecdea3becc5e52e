import { rightSignal } from "../../systemd/signal";
import type { LaunchPlan, Refusal } from "../types";
import { createOptions } from "./docker-api";
import { libpodSpec } from "./libpod";

/** What an engine creates a container by: one of its APIs, and the body that it takes, without a name. */
export interface CreateRequest {
  /** Docker's `POST /containers/create`, or Podman's `POST /libpod/containers/create`. */
  readonly api: "docker" | "libpod";
  readonly body: Readonly<Record<string, unknown>>;
}

/**
 * What creates the container of a plan. Podman's own API supports `--systemd`, for which its Docker-compatible one has no
 * word; a refusal where it cannot say something else of the run. The stop signal is always set.
 */
export function createRequest({ spec, image }: LaunchPlan): CreateRequest | Refusal {
  const stopping = { ...spec, stopSignal: spec.stopSignal ?? image.stopSignal ?? rightSignal };
  if (spec.systemd === undefined) return { api: "docker", body: createOptions(stopping, image.reference) };
  const rendered = libpodSpec(stopping, image.reference);
  return "refused" in rendered ? rendered : { api: "libpod", body: rendered.spec };
}
