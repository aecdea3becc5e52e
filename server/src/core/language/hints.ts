import { type Message, message } from "../base/message";
import { bootTarget } from "../boot/target";
import { broughtBy } from "../image/brought";
import type { ImageSubject } from "../project/subject";
import type { FileView } from "./view";

/** A note that is shown at the end of a line. */
export interface Hint {
  readonly offset: number;
  readonly label: string;
  readonly about: Message;
}

/** The hint at each FROM whose stage has systemd: its version and the boot target. */
export function hints(view: FileView): Hint[] {
  return (view.file.dockerfile?.stages ?? []).flatMap((_, stage) => {
    const subject = view.image(stage);
    const version = subject && versionIn(subject);
    if (!subject || version === undefined) return [];
    const target = bootTarget(subject.image, subject.boot.argv)?.unit ?? "default.target";
    return [
      {
        offset: subject.image.from.span.end,
        label: `systemd ${version} → ${target}`,
        about: message("hint.about", "systemd {version} from {name}. It boots into {target}.", {
          ...{ version: String(version), target, name: subject.image.base?.name ?? "" },
        }),
      },
    ];
  });
}

/** The version of systemd in a stage, if the base image is known and contains or installs it. */
function versionIn({ image }: ImageSubject): number | undefined {
  const { base, packages, bare } = image;
  if (base?.systemdVersion === undefined || base.otherInit !== undefined) return undefined;
  const has =
    base.hasSystemd === "yes" || broughtBy(base, { packages: packages.keys(), bare }).systemd === "yes";
  return has ? base.systemdVersion : undefined;
}
