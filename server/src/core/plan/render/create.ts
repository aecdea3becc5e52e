import { rightSignal } from "../../systemd/signal";
import type { LaunchPlan, Refusal } from "../types";
import { createOptions } from "./docker-api";
import { libpodSpec } from "./libpod";

/** A request to create a container: the engine API to use, and the body, without a name. */
export interface CreateRequest {
  /** Docker's `POST /containers/create`, or Podman's `POST /libpod/containers/create`. */
  readonly api: "docker" | "libpod";
  readonly body: Readonly<Record<string, unknown>>;
}

/**
 * The request that creates the container of a plan. It uses Podman's own API if `--systemd` is needed, because the
 * Docker-compatible one does not support it. Returns a refusal if that API cannot express another setting of the
 * container. The stop signal is always set.
 */
export function createRequest({ spec, image }: LaunchPlan): CreateRequest | Refusal {
  const stopping = { ...spec, stopSignal: spec.stopSignal ?? image.stopSignal ?? rightSignal };
  if (spec.systemd === undefined) return { api: "docker", body: createOptions(stopping, image.reference) };
  const rendered = libpodSpec(stopping, image.reference);
  return "refused" in rendered ? rendered : { api: "libpod", body: rendered.spec };
}
