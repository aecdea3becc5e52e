import { type Message, message } from "../base/message";
import { enabledBy } from "../boot/target";
import type { BaseImage } from "../image/base-image";
import { broughtBy } from "../image/brought";
import type { Image } from "../image/image";
import { settingsOf, unitAt, unitFiles } from "../image/unit-files";
import { writtenFiles } from "../image/written-files";
import { needsOf } from "../plan/needs";
import type { ImageSubject } from "../project/subject";
import { packageUnits } from "../systemd/package-units";
import { debianNames, rpmNames } from "../systemd/unit-names";
import { noCost, type Source, type Word } from "./words/word";

/**
 * The units that an image is known to contain, with what each needs at run time. Units that the image copies come
 * first.
 */
export function unitsOf(subject: ImageSubject): Word[] {
  const { image } = subject;
  const found = [
    ...copiedUnits(subject),
    ...packagedUnits(image),
    ...seenUnits(image),
    ...systemdUnits(image),
  ];
  return found.filter(({ word }, index) => found.findIndex((other) => other.word === word) === index);
}

/** The units that are enabled to start at boot. */
export function enabledIn({ image }: ImageSubject): ReadonlySet<string> {
  return new Set([...enabledBy(image).map(({ unit }) => unit), ...(image.base?.seen?.enabled ?? [])]);
}

/** The units that were seen in the base image. */
function seenUnits({ base }: Image): Word[] {
  const { units = [], enabled = [], masked = [], image = "" } = base?.seen ?? {};
  const factOf = (unit: string) => {
    if (masked.includes(unit)) return message("word.unit.seen-masked", "The image masks the unit.");
    return enabled.includes(unit)
      ? message("word.unit.seen-enabled", "The image enables the unit.")
      : message("word.unit.seen", "The image contains the unit.");
  };
  return units.map((unit) => toWord(unit, factOf(unit), base, { named: image }));
}

function copiedUnits(subject: ImageSubject): Word[] {
  const { image } = subject;
  const written = writtenFiles(subject).flatMap((file) => {
    const unit = unitAt(file.path);
    return unit?.includes(".") ? [{ unit, from: file.source ?? file.path }] : [];
  });
  const inDirectories = unitFiles(subject).map(({ unit, source, path }) => ({ unit, from: source ?? path }));
  return [...written, ...inDirectories].map(({ unit, from }) =>
    toWord(
      unit,
      message("word.unit.copied", "This Dockerfile adds the unit: {from}.", { from }),
      image.base,
      {
        named: from,
        programs: programsOf(subject, unit),
      },
    ),
  );
}

/** The command lines that the unit file starts. */
function programsOf(subject: ImageSubject, unit: string): string[][] {
  return unitFiles(subject)
    .filter((file) => file.unit === unit)
    .flatMap(settingsOf)
    .filter(({ key }) => key === "ExecStart")
    .map(({ value }) => value.replace(/^[-@:+!|]+/, "").split(/\s+/));
}

/**
 * The units of packages that the stage installs. The tables list well-known ones of Debian and some of RPM
 * distributions.
 */
function packagedUnits({ packages, base }: Image): Word[] {
  const isDebian = base === undefined || base.family === "debian" || base.family === "ubuntu";
  const names = base?.family === "rpm" ? rpmNames : isDebian ? debianNames : [];
  return [...packages.keys()].flatMap((name) => {
    const listed = isDebian && Object.hasOwn(packageUnits, name) ? packageUnits[name] : undefined;
    const renamed = names.filter(({ packages: having }) => having.includes(name));
    return [
      ...(listed ? [{ unit: listed.unit, source: listed.source, enables: true }] : []),
      ...renamed.map(({ right, source }) => ({ unit: right, source, enables: isDebian })),
    ].map(({ unit, source, enables }) =>
      toWord(unit, enables ? enabledByPackage(name) : ofPackage(name), base, { named: source }),
    );
  });
}

const enabledByPackage = (name: string) =>
  message("word.unit.enabled", "The package {name} installs and enables the unit.", { name });
const ofPackage = (name: string) =>
  message("word.unit.package", "The package {name} installs the unit.", { name });

/** Units of systemd itself that are worth masking in some containers. */
const maskable: readonly string[] = [
  ...["getty.target", "console-getty.service", "systemd-logind.service", "systemd-udevd.service"],
  ...["systemd-udev-trigger.service", "systemd-networkd.service", "systemd-resolved.service"],
  ...["systemd-sysctl.service", "tmp.mount"],
];

function systemdUnits(image: Image): Word[] {
  const { base, packages, bare } = image;
  const has =
    base?.hasSystemd === "yes" ||
    (base && broughtBy(base, { packages: packages.keys(), bare }).systemd === "yes");
  if (!has) return [];
  const fact = message(
    "word.unit.systemd",
    "This unit is part of systemd. Distributions package some systemd units separately.",
  );
  return maskable.map((unit) => toWord(unit, fact, base, { named: "systemd, units" }));
}

function toWord(
  word: string,
  fact: Message,
  base: BaseImage | undefined,
  { named, programs = [] }: Source & { readonly programs?: readonly (readonly string[])[] },
): Word {
  const family = base?.family;
  const [need] = needsOf([word], family, new Map([[word, programs]]));
  return { word, fact, cost: need?.reason ?? noCost, source: { named } };
}
