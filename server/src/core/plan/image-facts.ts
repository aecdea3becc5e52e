import type { BootDetection } from "../boot/detect";
import { isRoot } from "../container/user";
import type { BaseImage } from "../image/base-image";
import { isInitPath } from "../image/init";
import type { BuiltImage } from "../image/written-files";
import { needsOfImage } from "./image-needs";
import type { ImageFacts } from "./types";

/**
 * The facts that the launch plan needs about an image that a Dockerfile describes. `reference` is the image to run.
 * An image whose CMD is not systemd gets the argv that makes systemd PID 1.
 */
export function imageFacts(built: BuiltImage, boot: BootDetection, reference: string): ImageFacts {
  const { image } = built;
  const { base } = image;
  const known = baseFacts(base, boot, reference);
  return {
    ...{ direct: isDirect(boot), ...known },
    hasEntrypoint: image.entrypoint !== undefined || known.hasEntrypoint,
    user: notRoot(image.user?.value),
    containerEnv: boot.script?.container ?? image.env.get("container")?.value ?? known.containerEnv,
    stopSignal: image.stopSignal?.value ?? known.stopSignal,
    volumes: [...image.volumes.map((volume) => volume.value), ...known.volumes],
    needs: needsOfImage(built),
  };
}

/** The USER if it is not root, in which case systemd cannot start. A user that depends on a variable is unknown. */
function notRoot(user: string | undefined): string | undefined {
  return user === undefined || user.includes("$") || isRoot(user.trim()) ? undefined : user;
}

/** What is known about a base image; `argv` and `command` are those that boot detection evaluated. */
export function baseFacts(base: BaseImage | undefined, boot: BootDetection, reference: string): ImageFacts {
  return {
    reference,
    systemdVersion: base?.systemdVersion,
    family: base?.family,
    command: boot.evidence === "run" ? boot.argv : undefined,
    argv: boot.executes ?? boot.argv,
    hasEntrypoint: base?.entrypoint !== undefined,
    user: base?.seen?.user,
    containerEnv: base?.env?.container,
    stopSignal: base?.stopSignal,
    volumes: base?.volumes ?? [],
    tmpMount: hasTmpMount(base),
    needs: [],
  };
}

/** Whether the engine directly executes systemd, according to the known argv. */
function isDirect({ argv, throughShell, script }: BootDetection): boolean {
  return !throughShell && !script && isInitPath(argv[0]);
}

/**
 * Whether tmp.mount is enabled. It is enabled in Debian 13 and later (measured: degraded without a mount on /tmp)
 * and, as in upstream systemd, in Fedora and Arch; openSUSE and Amazon Linux differ between releases.
 */
function hasTmpMount(base: BaseImage | undefined): boolean | undefined {
  if (base?.seen) return base.seen.tmpMount;
  if (!base || base.family === "suse" || base.name.startsWith("amazonlinux")) return undefined;
  if (base.family === "debian") return base.systemdVersion === undefined || base.systemdVersion >= 257;
  return base.family === "arch" || base.name.startsWith("fedora");
}
