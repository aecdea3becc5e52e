import { onceFor } from "../base/once";
import type { Span } from "../base/text";
import type { Command, Image, Placed } from "../image/image";
import { commandsThat } from "../image/programs";
import { enabledUnits } from "../image/units";
import { packageUnits } from "../systemd/package-units";

/** The target that systemd boots, and where it is set. */
export interface BootTarget {
  readonly unit: string;
  /** Where the image's own file sets it; undefined if a container sets it. */
  readonly span?: Span;
  readonly by: "argument" | "set-default";
}

/** The words on the kernel command line that select a target (systemd, src/core/main.c; kernel-command-line(7)). */
const words: Readonly<Record<string, string>> = {
  emergency: "emergency.target",
  "-b": "emergency.target",
  rescue: "rescue.target",
  single: "rescue.target",
  s: "rescue.target",
  S: "rescue.target",
  "1": "rescue.target",
  "2": "multi-user.target",
  "3": "multi-user.target",
  "4": "multi-user.target",
  "5": "graphical.target",
};

/** The target that the argv of PID 1 selects, and the word that sets it. */
export function targetArgument(argv: readonly string[]): { unit: string; word: string } | undefined {
  const arguments_ = argv.slice(1);
  for (const [index, word] of arguments_.entries()) {
    const named =
      /^(?:--unit|systemd\.unit)=(.+)$/.exec(word)?.[1] ??
      (Object.hasOwn(words, word) ? words[word] : undefined);
    const unit = word === "--unit" ? arguments_[index + 1] : named;
    if (unit !== undefined) return { unit, word };
  }
  return undefined;
}

/** The target that the argv of PID 1 or the image selects; undefined if it is the default of the distribution. */
export function bootTarget(image: Image, argv: readonly string[]): BootTarget | undefined {
  const chosen = targetArgument(argv);
  if (chosen) return { unit: chosen.unit, span: wordSpan(image, chosen.word), by: "argument" };
  const action = image.units.findLast(({ verb }) => verb === "set-default");
  if (action) return { unit: action.target ?? action.unit, span: action.span, by: "set-default" };
  const own = image.base?.seen?.defaultTarget;
  return own === undefined || own === usual ? undefined : { unit: own, by: "set-default" };
}

/** The target that most distributions boot into. */
const usual = "graphical.target";

/** Where a word is in the ENTRYPOINT or CMD of the image. */
function wordSpan({ entrypoint, cmd }: Image, word: string): Span | undefined {
  return placedWords({ entrypoint, cmd }).find(({ value }) => value === word)?.span;
}

/** The words of ENTRYPOINT and CMD that PID 1 receives; a shell-form ENTRYPOINT discards CMD. */
export function placedWords({
  entrypoint,
  cmd,
}: Pick<Image, "entrypoint" | "cmd">): readonly Placed<string>[] {
  if (!entrypoint) return cmd?.words ?? [];
  return entrypoint.form === "shell" || cmd?.form === "shell"
    ? entrypoint.words
    : [...entrypoint.words, ...(cmd?.words ?? [])];
}

/** Targets that do not include the services of multi-user.target. */
const early = new Set([
  "sysinit.target",
  "basic.target",
  "rescue.target",
  "emergency.target",
  "local-fs.target",
  "sockets.target",
]);

/** Whether the boot into a target completes without the services that `systemctl enable` adds. */
export function isEarly(unit: string): boolean {
  return early.has(unit);
}

/** A unit that the image starts at boot, and what enables it. */
export interface Enabled {
  readonly unit: string;
  readonly span?: Span;
}

/**
 * Units that this Dockerfile enables: with systemctl, with a link, or by installing a package that enables its units.
 */
export const enabledBy: (image: Image) => readonly Enabled[] = onceFor(readEnabled);

function readEnabled(image: Image): Enabled[] {
  const off = new Set(
    image.units.filter(({ verb }) => verb === "disable" || verb === "mask").map(({ unit }) => unit),
  );
  const spans = new Map(image.units.map(({ unit, span }) => [unit, span]));
  const enabled: Enabled[] = enabledUnits(image).map((unit) => ({ unit, span: spans.get(unit) }));
  if (image.base?.family !== "debian" && image.base?.family !== "ubuntu") return enabled;
  const known = new Set(enabled.map(({ unit }) => unit));
  for (const [name, command] of [...image.packages, ...installScripts(image)]) {
    const unit = Object.hasOwn(packageUnits, name) ? packageUnits[name]?.unit : undefined;
    if (!unit || off.has(unit) || known.has(unit)) continue;
    known.add(unit);
    enabled.push({ unit, span: command.span });
  }
  return enabled;
}

/** The addresses of scripts that install a package that enables its service. */
const scripts: readonly (readonly [address: RegExp, name: string])[] = [
  [/^(https?:\/\/)?get\.docker\.com\/?$/, "docker-ce"],
  [/^(https?:\/\/)?get\.k3s\.io\/?$/, "k3s"],
  [/^(https?:\/\/)?get\.rke2\.io\/?$/, "rke2-server"],
];

const installs = scripts.map(([address, name]) => {
  const fetches = commandsThat(({ words }) => words.some((word) => address.test(word ?? "")));
  return { name, fetches };
});

function installScripts(image: Image): [string, Command][] {
  return installs.flatMap(({ name, fetches }): [string, Command][] => {
    const [command] = fetches(image);
    return command ? [[name, command]] : [];
  });
}

/** Units that are enabled and not part of an early target. */
export function skippedBy(image: Image, target: string): Enabled[] {
  const added = new Set(
    image.units
      .filter((action) => action.verb === "add-wants" && action.target === target)
      .map(({ unit }) => unit),
  );
  return enabledBy(image).filter(({ unit }) => {
    // systemd's own units are part of the early boot phase to which they belong.
    if (unit.startsWith("systemd-") || added.has(unit)) return false;
    return target !== "basic.target" || !/\.(socket|timer|path)$/.test(unit);
  });
}
