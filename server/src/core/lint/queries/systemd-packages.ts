import type { Span } from "../../base/text";
import type { Command } from "../../image/image";
import { installedBy } from "../../image/packages";
import { commandsThat } from "../../image/programs";

/** Packages that install systemd as an init, on every distribution. */
const systemd =
  /^(systemd|systemd-sysv|systemd-sysvinit|systemd-sysvcompat|init|systemd-cron|libpam-systemd)$/;

/** The packages of systemd itself, without those that depend on it. */
const itself = /^(systemd|systemd-sysv|systemd-sysvinit|systemd-sysvcompat|init)$/;

/** A package, and the span of its name. */
export interface PlacedPackage {
  readonly name: string;
  readonly span: Span;
}

/**
 * The package with which a command installs systemd: systemd itself, or the last package that depends on it;
 * undefined if there is none.
 */
export function installsSystemd(command: Command): PlacedPackage | undefined {
  const name = systemdPackage(command);
  return name === undefined ? undefined : { name, span: wordSpan(command, name) };
}

function systemdPackage(command: Pick<Command, "words">): string | undefined {
  const names = installedBy(command);
  return names?.findLast((each) => itself.test(each)) ?? names?.findLast((each) => systemd.test(each));
}

/** The commands of an image that install systemd, in file order. */
export const systemdInstalls = commandsThat((command) => systemdPackage(command) !== undefined);

/** Whether a package of Debian or Ubuntu is systemd-sysv, which contains `/sbin/init`, or depends on it. */
export function bringsInitPath(name: string): boolean {
  return (
    /^(systemd-sysv|init|systemd-cron|libpam-systemd|dbus-user-session|policykit-1|polkitd|pkexec)$/.test(
      name,
    ) ||
    /^(network-manager|udisks2|snapd|gdm3|lightdm|sddm|lxd|live-boot|cockpit|cockpit-.*|task-.*)$/.test(
      name,
    ) ||
    /^(ubuntu|kubuntu|xubuntu|lubuntu|kde|gnome|xfce4|mate|cinnamon|plasma)(-.*)?$/.test(name)
  );
}

/** The span of a word in a command; the entire command if the word comes from elsewhere. */
function wordSpan({ words, wordSpans, span }: Command, word: string): Span {
  const at = words.lastIndexOf(word);
  return wordSpans[at] ?? span;
}
