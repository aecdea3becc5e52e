import { type Message, message } from "../base/message";
import type { Span } from "../base/text";
import { bootTarget } from "../boot/target";
import type { BaseImage } from "../image/base-image";
import type { ImageSubject } from "../project/subject";
import type { Description } from "./description";

const table = message("base.source", "Source: the extension's table of base images.");

/**
 * What the table lists for the base image of a stage, and how the stage boots; undefined if the image is not in the
 * table.
 */
export function describeBase(subject: ImageSubject, span: Span): Description | undefined {
  const { base } = subject.image;
  if (!base) return undefined;
  return { span, lines: [contents(base), ...(base.family === "none" ? [] : [bootOf(subject, base)]), table] };
}

function contents({
  name,
  family,
  otherInit,
  systemdVersion,
  hasSystemd,
  initPath: path,
}: BaseImage): Message {
  if (family === "none")
    return message("base.none", "{name}: this distribution does not provide systemd.", { name });
  const systemd = systemdVersion === undefined ? "systemd" : `systemd ${systemdVersion}`;
  if (otherInit !== undefined)
    return message(
      "base.other-init",
      "{name}: contains {systemd}, but its init does not start systemd in a container.",
      {
        name,
        systemd,
      },
    );
  if (hasSystemd === "yes")
    return message("base.has", "{name}: contains {systemd}. Its init is {path}.", { name, systemd, path });
  if (hasSystemd === "unknown")
    return message(
      "base.unknown",
      "{name}: some versions of the image contain {systemd}. Its init is {path}.",
      {
        ...{ name, systemd, path },
      },
    );
  return message(
    "base.lacks",
    "{name}: does not contain systemd. Its distribution's packages install {systemd}, with {path} as init.",
    {
      ...{ name, systemd, path },
    },
  );
}

/** The boot target and the stop signal of the stage. */
function bootOf({ image, boot, facts }: ImageSubject, base: BaseImage): Message {
  const chosen = bootTarget(image, boot.argv)?.unit;
  const target =
    chosen ?? message("base.default-target", "the distribution's default, often graphical.target");
  const signal =
    facts.stopSignal ?? base.stopSignal ?? message("base.no-signal", "not set, so the engine sends SIGTERM");
  return message("base.boot", "Boot target: {target}. Stop signal: {signal}.", { target, signal });
}
