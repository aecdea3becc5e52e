import { message } from "../../base/message";
import type { ContainerSpec } from "../../container/spec";
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
 * container, or if only the API accepts a setting. The stop signal is always set.
 */
export function createRequest({ spec, image }: LaunchPlan): CreateRequest | Refusal {
  const option = optionWithoutValue(spec);
  if (option !== undefined) {
    const text = "The engine's command line and Compose reject the security option {option} without a value.";
    return { refused: message("create.option-without-value", text, { option }) };
  }
  const stopping = { ...spec, stopSignal: spec.stopSignal ?? image.stopSignal ?? rightSignal };
  if (spec.systemd === undefined) return { api: "docker", body: createOptions(stopping, image.reference) };
  const rendered = libpodSpec(stopping, image.reference);
  return "refused" in rendered ? rendered : { api: "libpod", body: rendered.spec };
}

/**
 * A security option that needs a value and has none. Docker's command line and Compose reject it (docker/cli,
 * cli/command/container/opts.go, parseSecurityOpts), while the API may accept it.
 */
function optionWithoutValue({ securityOptions }: ContainerSpec): string | undefined {
  return securityOptions.find((option) => !/^no-new-privileges\b|=./.test(option));
}
