import { type Message, message } from "../base/message";
import type { BootDetection } from "../boot/detect";
import { distributionOf } from "../boot/seen-base";
import { isRoot } from "../container/user";
import { isInitPath } from "../image/init";
import { initPaths, isSystemdProgram } from "../image/seen-files";
import type { InspectedImage } from "../image/seen-image";
import type { ImageFacts } from "./types";

/** What the plan needs to know about an inspected image. */
export interface Inspected {
  readonly facts: ImageFacts;
  readonly boot: BootDetection;
}

/** Reads what was found in an image. Returns a message with the reason if systemd cannot boot from it. */
export function readInspected(image: InspectedImage, reference: string): Inspected | Message {
  const init = initPaths.find((path) => isSystemdProgram(image.programs[path]));
  if (init === undefined) return noSystemd(image, reference);
  const boot = detectInspected(image);
  const argv = [...image.entrypoint, ...image.command];
  const user = isRoot(image.user || "root") ? undefined : image.user;
  return {
    boot,
    facts: {
      reference,
      systemdVersion: image.systemd,
      family: distributionOf(image)?.family,
      command: boot.boots === "no" ? [init] : undefined,
      argv,
      direct: boot.boots === "certain",
      hasEntrypoint: image.entrypoint.length > 0,
      user,
      containerEnv: image.environment.container,
      stopSignal: image.stopSignal,
      volumes: image.volumes,
      tmpMount: image.tmpMount,
      needs: [],
    },
  };
}

/** Certain if the argv resolves to systemd, likely if another program receives the path of an init. */
function detectInspected({ entrypoint, command, programs }: InspectedImage): BootDetection {
  const [first = "", ...rest] = [...entrypoint, ...command];
  const common = { argv: [first, ...rest], throughShell: false } as const;
  if (isSystemdProgram(programs[first])) return { ...common, boots: "certain", evidence: "image" };
  if (rest.some(isInitPath)) return { ...common, boots: "likely", evidence: "image" };
  return { ...common, boots: "no", evidence: "none" };
}

function noSystemd({ programs }: InspectedImage, reference: string): Message {
  const other = programs["/sbin/init"];
  return other === undefined
    ? message(
        "plan.refused.no-systemd",
        "{reference} does not contain systemd ({path} does not exist). Install the packages systemd and systemd-sysv on Debian and Ubuntu, or the package systemd on other distributions.",
        { reference, path: initPaths.at(-1) ?? "" },
      )
    : message(
        "plan.refused.other-init",
        "{reference} does not contain systemd: its /sbin/init is {other}, a different init.",
        { reference, other },
      );
}
