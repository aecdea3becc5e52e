import { type Message, message } from "../base/message";
import { applyEdits } from "../base/text";
import { isRoot } from "../container/user";
import { debian, rpm } from "../image/base-families";
import type { BaseImage } from "../image/base-image";
import type { Image, Program } from "../image/image";
import { commandsOf } from "../image/programs";
import { baseLabel } from "../lint/queries/base-label";
import { isIdleList } from "../lint/queries/idle-image";
import { setsContainer } from "../lint/queries/misspelled-container";
import { systemdInstalls } from "../lint/queries/systemd-packages";
import { unitOfProgram, unitsFor } from "../lint/queries/unit-of-program";
import type { ImageSubject } from "../project/subject";
import { type FileContext, subjectsOf } from "../project/subjects";
import { isRightSignal } from "../systemd/signal";

/** A Dockerfile whose image boots systemd. */
export interface BootingImage {
  readonly text: string;
  /** The units that start what the image started, which the Dockerfile enables; none where that was a shell. */
  readonly units: readonly string[];
  /** New files of the build context. */
  readonly created: readonly { readonly uri: string; readonly text: string }[];
  /** What is not known of the program, for the person who reviews the edit. */
  readonly doubt?: Message;
}

/** Why a Dockerfile is left as it is. */
export interface Unchanged {
  readonly refused: Message;
}

const refuse = (refused: Message): Unchanged => ({ refused });

const invalid = refuse(message("convert.invalid", "The Dockerfile is not valid. Fix its errors first."));

/** Docker Official Images whose tags are built on Debian, unless the tag names another distribution. */
const onDebian =
  /^(?:docker\.io\/)?(?:library\/)?(?:buildpack-deps|golang|haproxy|httpd|mariadb|memcached|mongo|nginx|node|openjdk|perl|php|postgres|pypy|python|redis|ruby|rust|tomcat)(?::(?!.*(?:alpine|windows|nanoserver|oraclelinux|centos))[\w.-]+)?(?:@.*)?$/;

/**
 * Makes the last stage of a Dockerfile boot systemd: installs it, starts its program from a unit that has its directory,
 * user and variables, and starts init in its place. Edits nothing but the program and what is added before it.
 */
export function bootSystemd(context: FileContext): BootingImage | Unchanged {
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
        "How to install systemd in {base} is not known. Use Debian, Ubuntu, Fedora or an Enterprise Linux.",
        { base },
      ),
    );
  const words = wordsOf(image);
  if (words === undefined)
    return refuse(
      message("convert.program", "What {base} starts is not known. Set it with CMD first.", { base }),
    );
  const unit = words.length === 0 || isIdleList(words) ? undefined : unitFor(subject, words);
  if (unit?.file !== undefined && subject.readFile(unit.file) !== undefined)
    return refuse(
      message("convert.exists", "{name} already exists. Rename or remove it first.", { name: unit.file }),
    );
  const text = rewritten(context, image, added(image, install, unit));
  if (text === undefined) return invalid;
  const hidden = image.base === undefined && image.entrypoint === undefined && unit !== undefined;
  return {
    text,
    units: unit?.names ?? [],
    created: unit?.file === undefined ? [] : [{ uri: subject.fileUri(unit.file), text: unit.text ?? "" }],
    ...(hidden && {
      doubt: message("convert.entrypoint", "{base} may set an ENTRYPOINT. The unit runs CMD without it.", {
        base,
      }),
    }),
  };
}

/** The text without the programs of the stage, and with what is added at its end. */
function rewritten(context: FileContext, { own, edit }: Image, lines: readonly string[]): string | undefined {
  const programs = own.filter(({ keyword }) => keyword === "ENTRYPOINT" || keyword === "CMD");
  const text = applyEdits(context.text, edit.remove(...programs));
  const rest = imageOf({ ...context, text })?.image;
  return rest && applyEdits(text, rest.edit.insert(lines.join("\n"), "end"));
}

/** The last stage of a valid Dockerfile. */
function imageOf(context: FileContext): ImageSubject | undefined {
  const { file, images } = subjectsOf(context);
  return file?.dockerfile && file.problems().length === 0 ? images[0] : undefined;
}

/** The command that installs systemd; empty where the image has it, undefined where nothing is known to install it. */
function installation(image: Image): string | undefined {
  const { base } = image;
  if (base?.family === "none" || base?.otherInit !== undefined) return undefined;
  if (base?.hasSystemd === "yes" || systemdInstalls(image).length > 0) return "";
  return (base ?? likelyBase(image))?.install;
}

/** What an unknown base image is like, by its package manager or its name. */
function likelyBase(image: Image): BaseImage | undefined {
  const runs = (...programs: readonly string[]) => commandsOf(image, ...programs).length > 0;
  if (runs("apt-get", "apt") || onDebian.test(image.baseReference ?? "")) return debian("");
  return runs("dnf", "microdnf", "yum") ? rpm("", undefined, "no") : undefined;
}

/** What PID 1 runs; empty where a known base image has no program, undefined where that of the base image is not known. */
function wordsOf({ entrypoint, cmd, base, shell }: Image): readonly string[] | undefined {
  const wordsIn = ({ form, words, script }: Program) =>
    form === "shell" && words.length === 0 ? [...shell, script ?? ""] : words.map(({ value }) => value);
  if (entrypoint?.form === "shell") return wordsIn(entrypoint);
  if (entrypoint || cmd) return [entrypoint, cmd].flatMap((program) => (program ? wordsIn(program) : []));
  return base ? [...(base.entrypoint ?? []), ...(base.cmd ?? [])] : undefined;
}

interface StartingUnits {
  readonly names: readonly string[];
  /** The name and the text of a new file. */
  readonly file?: string;
  readonly text?: string;
}

function unitFor({ image, readFile }: ImageSubject, words: readonly string[]): StartingUnits {
  const own = unitsFor(image, words, readFile);
  if (own !== undefined) return { names: own.split(" ") };
  const { name, text } = unitOfProgram(image, words, readFile);
  return { names: [name], file: name, text };
}

/** The instructions that are added at the end of the stage. */
function added(image: Image, install: string, unit: StartingUnits | undefined): string[] {
  const { base, user, stopSignal } = image;
  const enable = [
    "systemctl set-default multi-user.target",
    ...(unit ? [`systemctl enable ${unit.names.join(" ")}`] : []),
  ];
  const init = JSON.stringify(base?.initPath ?? "/sbin/init");
  // ENTRYPOINT resets the one of the base image, and its CMD.
  const keyword = image.entrypoint || !base || base.entrypoint ? "ENTRYPOINT" : "CMD";
  return [
    ...(user === undefined || isRoot(user.value) ? [] : ["USER root"]),
    // The installation writes an ID that every container of the image would share.
    ...(install === "" ? [] : [`RUN ${install} && : > /etc/machine-id`]),
    ...(unit?.file === undefined ? [] : [`COPY ${unit.file} /etc/systemd/system/`]),
    `RUN ${enable.join(" && ")}`,
    ...(setsContainer(image) ? [] : ["ENV container=docker"]),
    ...(isRightSignal(stopSignal?.value ?? base?.stopSignal ?? "") ? [] : ["STOPSIGNAL SIGRTMIN+3"]),
    `${keyword} [${init}]`,
  ];
}
