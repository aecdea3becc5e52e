import type { FaultMessage, VerifyParams } from "../../../../server/src/verify-protocol";
import type { Engine, Labels, Server } from "../../ports";

/** The image whose units are verified. */
export interface ImageToVerify extends Pick<VerifyParams, "uri" | "name"> {
  /** A reference that the engine has. */
  readonly image: string;
  /** Labels for the container in which the units are verified. */
  readonly labels: Labels;
}

/** What is known before the units are verified. */
export interface KnownUnits {
  /** The major version of systemd in the image. */
  readonly systemd?: number;
  /** The units to verify, as absolute paths in the image. */
  readonly units: readonly string[];
}

/** The result of a verification. */
export interface VerifiedImage extends KnownUnits {
  /**
   * `no-systemd`: the image has no systemd-analyze; `not-verified`: systemd-analyze could not check any unit, or there
   * is no answer about its output.
   */
  readonly state: "no-systemd" | "other-architecture" | "no-units" | "not-verified" | "verified";
  /** The architecture that the image is for. */
  readonly architecture: string;
  readonly faults: readonly FaultMessage[];
  /** Why the units are not verified: the output of systemd-analyze, or a sentence. */
  readonly output: string;
}

/**
 * Inspects an image, and verifies the units that a file adds to it with the image's own systemd. `known` is called
 * before systemd-analyze runs. The palette and the command line share this flow.
 */
export async function verifyImage(
  { server }: { readonly server: Pick<Server, "verify"> },
  engine: Pick<Engine, "facts" | "look" | "verifyUnits">,
  { uri, name, image, labels }: ImageToVerify,
  { known, signal }: { known(units: KnownUnits): void; readonly signal: AbortSignal },
): Promise<VerifiedImage> {
  const { image: seen, native, architecture } = await engine.look(image, signal);
  const { systemd, ownUnitFiles: present } = seen;
  const asked = { uri, name, facts: engine.facts, present };
  const step = await server.verify(asked);
  const units = "refused" in step ? [] : step.paths;
  known({ systemd, units });
  const result = { systemd, units, architecture, faults: [], output: "" };
  if ("refused" in step) return { ...result, state: "not-verified", output: step.refused };
  if (systemd === undefined) return { ...result, state: "no-systemd" };
  if (!native) return { ...result, state: "other-architecture" };
  if (units.length === 0) return { ...result, state: "no-units" };
  const verified = await engine.verifyUnits({ image, paths: units, files: step.files, labels }, signal);
  if (!verified) return { ...result, state: "no-systemd" };
  const answer = await server.verify({ ...asked, verified });
  const output = "refused" in answer ? answer.refused : answer.broken;
  if ("refused" in answer || output !== undefined)
    return { ...result, state: "not-verified", output: output ?? "" };
  return { ...result, state: "verified", faults: answer.faults };
}
