import type { SeenFiles } from "./seen-files";

/** What an engine reports about an image, and what was found in the image without starting it. */
export interface InspectedImage
  extends Pick<SeenFiles, "programs" | "systemd" | "distribution" | "tmpMount"> {
  readonly entrypoint: readonly string[];
  readonly command: readonly string[];
  readonly user?: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly volumes: readonly string[];
  readonly stopSignal?: string;
  /** Exposed ports, such as `80/tcp`. */
  readonly exposed: readonly string[];
}

/** An image as found on an engine. */
export interface SeenImage extends InspectedImage, SeenFiles {
  /** `sha256:…`. */
  readonly id: string;
  /** `linux/amd64`. */
  readonly platform: string;
  readonly labels: Readonly<Record<string, string>>;
}

/** The name for an inspected image in messages: `base:1 (sha256:0123456789ab)`. */
export function seenName(reference: string, id: string): string {
  return `${reference} (${id.slice(0, "sha256:".length + 12)})`;
}
