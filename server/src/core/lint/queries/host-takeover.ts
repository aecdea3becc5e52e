import { bootTarget } from "../../boot/target";
import type { Image } from "../../image/image";
import { startedUnits, valuesOf } from "../../image/unit-files";
import { enabledUnits } from "../../image/units";
import { writtenFiles } from "../../image/written-files";
import type { ContainerSubject } from "../../project/subject";
import { isShell, scriptOperand } from "../../shell/interpreter";
import type { ShellCommand } from "../../shell/reader";
import type { FileEdit } from "../rule";
import { onPodman } from "./engine";
import { deletions } from "./wants-links";

/** What a privileged systemd takes over from the host through services that distributions enable. */
export interface Takeover {
  /** Gettys on the host's terminals: getty@tty1 at boot, and one for each terminal that logind detects as in use. */
  readonly terminals: boolean;
  /** udev, which manages the host's devices once `/sys` is writable. */
  readonly devices: boolean;
  /** systemd-sysctl, which writes the settings of the image's sysctl files to the host's kernel. */
  readonly settings: boolean;
  /** hostnamectl and systemd-hostnamed, which set the host's name if the container shares it. */
  readonly hostname: boolean;
  /**
   * What makes the boot wait 90 s for a device: systemd waits once `/sys` is writable, but no udev in the container
   * reports devices.
   */
  readonly waits?: string;
}

const nothing: Takeover = { terminals: false, devices: false, settings: false, hostname: false };

/**
 * What this container is known to take over if it is privileged. Nothing is known for an image without a Dockerfile,
 * or with a base that is made to boot systemd and masks such units. Podman hides the terminals (since 4.3).
 */
export function takeoverOf(subject: ContainerSubject): Takeover {
  const image = subject.image?.image;
  const base = image?.base;
  const hostname = subject.source.sharesHostName === true;
  if (!image || !base || base.bootsSystemd || base.family === "none") return { ...nothing, hostname };
  const devices = hasUdev(image) && !isMasked(image, ["systemd-udevd.service"]);
  return {
    hostname,
    devices,
    waits: devices ? undefined : waitsForDevice(subject),
    terminals: !onPodman(subject) && startsGettys(image, subject.boot.argv),
    settings: writesSettings(subject) && !isMasked(image, ["systemd-sysctl.service"]),
  };
}

/**
 * Whether gettys are known to start. Deleting or disabling their units is not enough, because logind starts getty@ on a terminal
 * that is in use.
 */
function startsGettys(image: Image, argv: readonly string[]): boolean {
  if (isMasked(image, ["getty.target", "getty@.service", "getty@tty1.service", "autovt@.service"]))
    return false;
  if (image.runs.some(({ script }) => script.some(isScriptCall))) return false;
  const target = bootTarget(image, argv)?.unit ?? "graphical.target";
  if (target !== "multi-user.target" && target !== "graphical.target") return false;
  const link = { folder: "lib", target: "multi-user.target", unit: "getty.target" } as const;
  return !deletions(image).some((deletion) => deletion.removes(link));
}

/** Whether a command runs a script of the project, which may mask units. Scripts that a build step runs are not read. */
function isScriptCall({ words }: ShellCommand): boolean {
  const [name = ""] = words;
  if (isShell(name))
    return scriptOperand(words, 1) !== undefined && !words.some((word) => /^-\w*c$/.test(word ?? ""));
  return /\.\w*sh$/.test(name) || (name.includes("/") && !/\/s?bin\/[^/]+$/.test(name));
}

/** Whether at least one of the units is masked once the image is built. */
function isMasked({ units, base }: Image, names: readonly string[]): boolean {
  return names.some((name) => {
    const action = units.findLast(({ unit, verb }) => unit === name && /mask$/.test(verb));
    return action ? action.verb === "mask" : base?.seen?.masked.includes(name);
  });
}

/**
 * Whether udev is installed. systemd does not depend on its packages, but on Arch and CentOS 7 systemd and udev are
 * in one package.
 */
function hasUdev({ base, packages }: Image): boolean {
  if (packages.has("udev") || packages.has("systemd-udev")) return true;
  return base?.family === "arch" || (base?.family === "rpm" && base.systemdVersion === 219);
}

/** Files that systemd-sysctl reads at boot (sysctl.d(5)). */
const sysctlFile = /^\/(?:etc\/sysctl\.conf|(?:etc|run|(?:usr\/(?:local\/)?)?lib)\/sysctl\.d\/[^/]+\.conf)$/;

function writesSettings({ image }: ContainerSubject): boolean {
  return image !== undefined && writtenFiles(image).some(({ path }) => sysctlFile.test(path));
}

/**
 * A unit that depends on a device, or /etc/fstab if it mounts one (systemd.device(5), systemd-fstab-generator(8)).
 */
function waitsForDevice({ image: built }: ContainerSubject): string | undefined {
  if (!built) return undefined;
  const { image } = built;
  const getty = enabledUnits(image).find(
    (unit) => unit.startsWith("serial-getty@") && !isMasked(image, [unit, "serial-getty@.service"]),
  );
  if (getty !== undefined) return getty;
  const unit = startedUnits(built).find(
    (one) =>
      valuesOf(one, "What").some((value) => value.startsWith("/dev/")) ||
      ["BindsTo", "Requires", "Requisite"].some((key) =>
        valuesOf(one, key).some((value) => /\.device(\s|$)/.test(value)),
      ),
  );
  if (unit) return unit.unit;
  const fstab = writtenFiles(built).findLast(({ path }) => path === "/etc/fstab");
  return /^[ \t]*(\/dev\/|UUID=|LABEL=)/m.test(fstab?.text ?? "") ? "/etc/fstab" : undefined;
}

/**
 * Masks units that take over terminals and devices of the host. Serial gettys are among them, because they wait 90 s
 * for devices that udev never reports.
 */
const maskHostUnits =
  "RUN systemctl mask getty.target getty@.service serial-getty@.service console-getty.service " +
  "systemd-udevd.service systemd-udevd-control.socket systemd-udevd-kernel.socket systemd-udev-trigger.service";

/**
 * The edits that mask these units in the Dockerfile of the container's image; none if that Dockerfile is not a
 * separate file.
 */
export function maskEdits({ image }: ContainerSubject): FileEdit[] {
  const { uri } = image ?? {};
  if (!image || uri === undefined) return [];
  return image.image.edit.insert(maskHostUnits, "before-program").map((edit) => ({ ...edit, uri }));
}
