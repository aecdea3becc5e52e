import { message } from "../base/message";
import { isRoot } from "../container/user";
import { debian, rpm } from "../image/base-families";
import type { BaseImage } from "../image/base-image";
import type { Image, Program } from "../image/image";
import { commandsOf } from "../image/programs";
import { baseLabel } from "../lint/queries/base-label";
import { isIdleList } from "../lint/queries/idle-image";
import { setsContainer } from "../lint/queries/misspelled-container";
import { copyLines, createdFiles, type StartingUnits, startingUnits } from "../lint/queries/starting-units";
import { systemdInstalls } from "../lint/queries/systemd-packages";
import type { FileContext } from "../project/subjects";
import { isRightSignal } from "../systemd/signal";
import { type Changed, imageOf, invalid, refuse, rewritten, type Unchanged, unitTaken } from "./conversion";

/** Docker Official Images whose tags are built on Debian, unless the tag names another distribution. */
const onDebian =
  /^(?:docker\.io\/)?(?:library\/)?(?:buildpack-deps|golang|haproxy|httpd|mariadb|memcached|mongo|nginx|node|openjdk|perl|php|postgres|pypy|python|redis|ruby|rust|tomcat)(?::(?!.*(?:alpine|windows|nanoserver|oraclelinux|centos))[\w.-]+)?(?:@.*)?$/;

/**
 * Makes the last stage of a Dockerfile boot systemd. It installs systemd, moves the stage's program into a unit that
 * keeps its directory, user and variables, and starts init instead. Only the program and the lines added before it
 * change.
 */
export function bootSystemd(context: FileContext): Changed | Unchanged {
  const subject = imageOf(context);
  if (!subject) return invalid;
  if (subject.boot.boots !== "no")
    return refuse(message("convert.boots", "This image already starts systemd."));
  const { image } = subject;
  const base = baseLabel(image);
  const install = installation(image);
  if (install === undefined)
    return refuse(
      message(
        "convert.base",
        "There is no known way to install systemd in {base}. Use Debian, Ubuntu, Fedora or an Enterprise Linux distribution.",
        { base },
      ),
    );
  const words = wordsOf(image);
  if (words === undefined)
    return refuse(
      message("convert.program", "The default command of {base} is not known. Set it with CMD first.", {
        base,
      }),
    );
  const unit = words.length === 0 || isIdleList(words) ? undefined : startingUnits(subject, words);
  const taken = unit && unitTaken(subject, unit);
  if (taken) return taken;
  const programs = image.own.filter(({ keyword }) => keyword === "ENTRYPOINT" || keyword === "CMD");
  const changed = rewritten(context, image.edit.remove(...programs), added(image, install, unit), "end");
  if ("refused" in changed) return changed;
  const hidden = image.base === undefined && image.entrypoint === undefined && unit !== undefined;
  return {
    changed,
    created: unit ? createdFiles(subject, unit) : [],
    ...(hidden && {
      doubt: message("convert.entrypoint", "{base} might set an ENTRYPOINT. The unit runs CMD without it.", {
        base,
      }),
    }),
  };
}

/**
 * The command that installs systemd; empty if the image already has it, undefined if no way to install it is known.
 */
function installation(image: Image): string | undefined {
  const { base } = image;
  if (base?.family === "none" || base?.otherInit !== undefined) return undefined;
  if (base?.hasSystemd === "yes" || systemdInstalls(image).length > 0) return "";
  return (base ?? likelyBase(image))?.install;
}

/** The likely properties of an unknown base image, guessed from the package manager that is used or from its name. */
function likelyBase(image: Image): BaseImage | undefined {
  const runs = (...programs: readonly string[]) => commandsOf(image, ...programs).length > 0;
  if (runs("apt-get", "apt") || onDebian.test(image.baseReference ?? "")) return debian("");
  return runs("dnf", "microdnf", "yum") ? rpm("", undefined, "no") : undefined;
}

/**
 * The command line of PID 1; empty if a known base image has no program, undefined if the program of the base image
 * is unknown.
 */
function wordsOf({ entrypoint, cmd, base, shell }: Image): readonly string[] | undefined {
  const wordsIn = ({ form, words, script }: Program) =>
    form === "shell" && words.length === 0 ? [...shell, script ?? ""] : words.map(({ value }) => value);
  if (entrypoint?.form === "shell") return wordsIn(entrypoint);
  if (entrypoint || cmd) return [entrypoint, cmd].flatMap((program) => (program ? wordsIn(program) : []));
  return base ? [...(base.entrypoint ?? []), ...(base.cmd ?? [])] : undefined;
}

/** The instructions that are added at the end of the stage. */
function added(image: Image, install: string, unit: StartingUnits | undefined): string[] {
  const { base, user, stopSignal } = image;
  const enable = [
    "systemctl set-default multi-user.target",
    ...(unit ? [`systemctl enable ${unit.names.join(" ")}`] : []),
  ];
  const init = JSON.stringify(base?.initPath ?? "/sbin/init");
  // ENTRYPOINT also discards the ENTRYPOINT and CMD of the base image.
  const keyword = image.entrypoint || !base || base.entrypoint ? "ENTRYPOINT" : "CMD";
  return [
    ...(user === undefined || isRoot(user.value) ? [] : ["USER root"]),
    // Installing systemd writes a machine ID that every container of the image would share.
    ...(install === "" ? [] : [`RUN ${install} && : > /etc/machine-id`]),
    ...(unit ? copyLines(unit) : []),
    `RUN ${enable.join(" && ")}`,
    ...(setsContainer(image) ? [] : ["ENV container=docker"]),
    ...(isRightSignal(stopSignal?.value ?? base?.stopSignal ?? "") ? [] : ["STOPSIGNAL SIGRTMIN+3"]),
    `${keyword} [${init}]`,
  ];
}
