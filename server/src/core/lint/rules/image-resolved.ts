import type { Instruction } from "../../image/image";
import { commandsThat, programOf } from "../../image/programs";
import type { ShellCommand } from "../../shell/reader";
import { withoutCommand } from "../queries/build-steps";
import { editFix } from "../queries/fixes";
import { imageRule } from "../rule";

const file = "/etc/resolv.conf";
const services = /^systemd-(resolved|networkd|networkd-wait-online)\.(service|socket)$/;

export const imageResolved = imageRule({
  id: "image-resolved",
  title: "Leave DNS and networking to the container engine",
  severity: "information",
  why: `
    The engine gives a container its interfaces and addresses, and mounts its own \`/etc/resolv.conf\` over the one in
    the image. systemd-networkd and systemd-resolved would try to manage the same settings. If the build
    writes to \`/etc/resolv.conf\`, the result is never used. Replacing the file fails, because a mounted file cannot
    be moved.
  `,
  consequence: "Changes to DNS have no effect, or a service competes with the engine for the same settings.",
  symptoms: ["hindered", "no-effect"],
  ignore:
    "If the container manages a separate network (`network_mode: none`, with interfaces moved into it) and needs the service for that, you can disable this rule.",
  evidence: {
    sourced:
      'Docker\'s documentation of container networking; "ln: /etc/resolv.conf: Device or resource busy"',
    why: "DNS and addresses do not affect whether a container boots.",
  },
  messages: {
    file: "The engine mounts its own {file} over this one in every container and during the build. Remove this change.",
    unit: "{unit} conflicts with the networking that the engine manages. Mask it.",
  },
  fixes: {
    drop: "Remove the command",
    mask: "Mask {unit}",
    remove: "Remove the line",
  },
  *check(subject, say) {
    const { image } = subject;
    for (const command of replacing(image)) {
      yield {
        span: command.span,
        message: say("file", { file }),
        fixes: [editFix(withoutCommand(subject, command), say("drop"), false)],
      };
    }
    for (const copy of image.copies) {
      if (copy.destination !== file) continue;
      const own = image.own.includes(copy as Instruction);
      yield {
        span: copy.argumentsSpan,
        message: say("file", { file }),
        fixes: [own ? editFix(image.edit.remove(copy), say("remove"), false) : undefined],
      };
    }
    for (const { unit, verb, span } of image.units) {
      if (verb !== "enable" || !services.test(unit)) continue;
      if (image.units.findLast((action) => action.unit === unit)?.verb !== "enable") continue;
      const mask = image.edit.insert(`RUN systemctl mask ${unit}`, "before-program");
      yield {
        span,
        message: say("unit", { unit }),
        fixes: [editFix(alone(subject.image.text, span) ?? mask, say("mask", { unit }), false)],
      };
    }
  },
});

const replacing = commandsThat(replaces);

function replaces(command: ShellCommand): boolean {
  const { words, redirections } = command;
  if (redirections.some(({ operator, target }) => operator.startsWith(">") && target === file)) return true;
  const operands = words.slice(1).filter((word) => !word?.startsWith("-"));
  const program = programOf(command);
  if (/^(rm|unlink|tee)$/.test(program)) return operands.includes(file);
  return (
    /^(ln|cp|mv|install)$/.test(program) &&
    (operands.at(-1) === file || (program === "mv" && operands.includes(file)))
  );
}

/** The span of `enable` in a `systemctl enable unit` that enables only this unit, so that `mask` can replace it. */
function alone(text: string, span: { start: number; end: number }) {
  const before = /\bsystemctl\s+(enable)\s+$/.exec(text.slice(Math.max(0, span.start - 60), span.start));
  if (!before?.[1] || !/^\s*($|\n|\r|&&|;)/.test(text.slice(span.end, span.end + 20))) return undefined;
  const start = span.start - before[0].length + before[0].indexOf("enable");
  return [{ span: { start, end: start + "enable".length }, text: "mask" }];
}
