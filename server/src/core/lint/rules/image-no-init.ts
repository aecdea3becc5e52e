import { listed, type Message, message } from "../../base/message";
import { entryScript } from "../../image/entry-script";
import type { Image, Program } from "../../image/image";
import { isOtherInit } from "../../image/init";
import { enabledUnits } from "../../image/units";
import type { ImageSubject } from "../../project/subject";
import { isRightSignal } from "../../systemd/signal";
import { onPodman } from "../queries/engine";
import { editFix } from "../queries/fixes";
import { hasSystemd, isIdle, isIdleList, isOtherKind, lastProgram } from "../queries/idle-image";
import { meantForSystemd } from "../queries/meant-for-systemd";
import { setsContainer } from "../queries/misspelled-container";
import { startCommands } from "../queries/start-scripts";
import { managerCall, replacesSystemctl } from "../queries/systemctl";
import { bringsInitPath } from "../queries/systemd-packages";
import { type Fix, imageRule, type SayOf, type Violation } from "../rule";

const messages = {
  advice: "{unit} is enabled, but PID 1 is {program}, so systemd never starts it. Start init with CMD.",
  replaced:
    "{program} replaces the base image's init, so systemd never starts {unit}. Run the program as a unit, or start init with CMD.",
  calls:
    "{call} fails at container start (System has not been booted with systemd). Enable the unit, and start init with CMD.",
  meant:
    "PID 1 is {program}, so systemd never starts {unit}, although {by} expects systemd. Start init with CMD; privileges alone do not start systemd.",
} as const;

const fixes = {
  add: "Add {what}",
  replace: "Start systemd with {what}",
} as const;

type Say = SayOf<typeof messages & typeof fixes>;

export const imageNoInit = imageRule({
  id: "image-no-init",
  title: "Start systemd in images that enable services",
  severity: "information",
  always: true,
  why: `
    \`systemctl enable\` creates links that systemd reads when it boots. systemd boots only as PID 1, so the
    image must start it in CMD or ENTRYPOINT. If CMD is a shell, or is inherited from a base image whose CMD
    is a shell, the units are installed and enabled but never started. \`systemctl\` then reports "System has
    not been booted with systemd as init system (PID 1)". \`privileged\`, mounts and capabilities do not change
    that.
  `,
  consequence: "systemd never runs, so no enabled unit starts.",
  symptoms: ["no-effect"],
  ignore:
    "If the image is only a base for other images, or its containers are started with init, you can disable this rule.",
  evidence: {
    sourced:
      "sd_booted(3): systemctl checks for /run/systemd/system, which systemd creates as PID 1; Dockerfile " +
      "reference, CMD; initscripts, /usr/sbin/service calls systemctl",
    why: "a container whose PID 1 is a shell keeps running, and no engine reports that its services never start.",
  },
  messages,
  fixes,
  *check(subject, say) {
    const { image, boot } = subject;
    if (boot.boots === "no") yield* failingCalls(subject, say);
    const unit = enabledUnits(image).find((name) => !/^systemd-|^(getty|console-getty)/.test(name));
    if (boot.boots !== "no" || unit === undefined) return;
    const program = lastProgram(image);
    if (program && replacesInit(subject, program)) {
      const message = say("replaced", { unit, program: program.words[0]?.value ?? "" });
      yield { span: program.span, severity: "warning", message, fixes: [initFix(subject, program, say)] };
      return;
    }
    if (!hasSystemd(image) || isOtherKind(image, subject.readBeside)) return;
    if (program && !isIdle(program)) return;
    if (!program && image.base?.cmd) return;
    const startsOther = subject.containers.map(({ source: { spec } }) => spec.entrypoint ?? spec.command);
    if (startsOther.length > 0 && startsOther.every((argv) => argv && !isIdleList(argv.words))) return;
    const { started, by } = meantForSystemd(subject);
    if (started || subject.isBuiltOn()) return;
    const names = { unit, program: program?.words[0]?.value ?? ofBase(image) };
    yield {
      span: program?.span ?? image.from.argumentsSpan,
      severity: by === undefined ? "information" : "warning",
      message: by === undefined ? say("advice", names) : say("meant", { ...names, by }),
      fixes: [initFix(subject, program, say)],
    };
  },
});

/** Reports that the program of the image calls systemd, which is not running. */
function* failingCalls(subject: ImageSubject, say: Say): Generator<Violation, void> {
  const { image, boot } = subject;
  const call = managerCall(startCommands(subject), image.base);
  if (call === undefined || boot.evidence !== "none" || replacesSystemctl(image)) return;
  yield {
    span: lastProgram(image)?.span ?? image.from.argumentsSpan,
    severity: "warning",
    message: say("calls", { call }),
  };
}

/** Whether a program of the distribution runs instead of init in an image that is known to boot systemd. */
function replacesInit({ image, readFile }: ImageSubject, { form, words }: Program): boolean {
  const name = words[0]?.value;
  if (!image.base?.bootsSystemd || form !== "exec" || name === undefined || name.includes("$")) return false;
  if (isOtherInit(name)) return false;
  return entryScript(image, name, readFile) === undefined && !/\.sh$|^\/(?!usr\/|bin\/|sbin\/)/.test(name);
}

function ofBase({ base }: Image): Message {
  return base
    ? message("image.base-shell", "the base image's shell")
    : message("image.base-program", "the base image's program");
}

/**
 * Sets CMD or ENTRYPOINT to init, and adds the signal that stops it and the variable by which it detects Docker.
 * Undefined if words of CMD would become arguments of init.
 */
function initFix(subject: ImageSubject, program: Program | undefined, say: Say): Fix | undefined {
  const { image } = subject;
  const keyword = program?.instruction.keyword === "ENTRYPOINT" ? "ENTRYPOINT" : "CMD";
  if (keyword === "ENTRYPOINT" && image.cmd) return undefined;
  if (program && program.instruction.stage !== image.from.stage) return undefined;
  const debian = image.base?.family === "debian" || image.base?.family === "ubuntu" || !image.base;
  const linked = [...image.packages.keys()].some(bringsInitPath);
  const path = debian && !linked ? "/lib/systemd/systemd" : (image.base?.initPath ?? "/sbin/init");
  const isSet = isRightSignal(image.stopSignal?.value ?? image.base?.stopSignal ?? "");
  const isDetected = !image.base || setsContainer(image) || onPodman(subject);
  const signal = "SIGRTMIN+3";
  const what = listed([
    `${keyword} ["${path}"]`,
    ...(isDetected ? [] : ["ENV container=docker"]),
    ...(isSet ? [] : [`STOPSIGNAL ${signal}`]),
  ]);
  const edits = [
    ...(isDetected ? [] : image.edit.setEnv("container", "docker")),
    ...(isSet ? [] : image.edit.setStopSignal(signal)),
    ...image.edit.setProgram(keyword, [path]),
  ];
  return editFix(edits, say(program ? "replace" : "add", { what }), false);
}
