import { type Message, message } from "../base/message";
import type { Span } from "../base/text";
import { bootTarget } from "../boot/target";
import type { BaseImage, SeenFacts } from "../image/base-image";
import type { ImageSubject } from "../project/subject";
import type { Description } from "./description";

const table = message("base.source", "Source: the extension's table of base images.");

/**
 * What the table contains about the base image of a stage, and how the stage boots, or what was seen in the image;
 * undefined if nothing is known about it.
 */
export function describeBase(subject: ImageSubject, span: Span): Description | undefined {
  const { base } = subject.image;
  if (!base || base.seen) return base && describeNamed(base, span);
  return { span, lines: [contents(base), ...(base.family === "none" ? [] : [bootOf(subject, base)]), table] };
}

/** What the table contains about an image, or what was seen in it. */
export function describeNamed(base: BaseImage, span: Span): Description {
  const { seen } = base;
  if (!seen) return { span, lines: [contents(base), table] };
  const { releaseName, image } = seen;
  const source = message("base.seen", "Source: the contents of {image}.", { image });
  return {
    span,
    lines: [seenContents(base, releaseName ?? base.name), seenBoot(base, seen), source],
    always: true,
  };
}

function seenContents({ hasSystemd, systemdVersion, initPath: path, otherInit }: BaseImage, name: string) {
  const systemd = systemdVersion === undefined ? "systemd" : `systemd ${systemdVersion}`;
  if (hasSystemd === "yes")
    return message("base.has", "{name} contains {systemd}. Its init is {path}.", { name, systemd, path });
  if (otherInit === undefined) return message("base.seen-none", "{name} contains no init.", { name });
  return message("base.seen-other", "{name} does not contain systemd. Its init is {path}.", {
    ...{ name, path: otherInit },
  });
}

/** How the image is set to boot and to stop. */
function seenBoot({ stopSignal }: BaseImage, { defaultTarget, user = "root", enabled }: SeenFacts): Message {
  return message(
    "base.seen-boot",
    "Default target: {target}. Stop signal: {signal}. User: {user}. Enabled units: {count}.",
    {
      target: defaultTarget ?? message("base.seen-unset", "not set"),
      signal: stopSignal ?? noSignal,
      ...{ user, count: String(enabled.length) },
    },
  );
}

const noSignal = message("base.no-signal", "not set, so the engine sends SIGTERM");

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
      "{name} contains {systemd}, but its init does not start systemd in a container.",
      {
        name,
        systemd,
      },
    );
  if (hasSystemd === "yes")
    return message("base.has", "{name} contains {systemd}. Its init is {path}.", { name, systemd, path });
  if (hasSystemd === "unknown")
    return message(
      "base.unknown",
      "{name}: some versions of the image contain {systemd}, with {path} as init.",
      {
        ...{ name, systemd, path },
      },
    );
  return message(
    "base.lacks",
    "{name} does not contain systemd. Its distribution's packages install {systemd}, with {path} as init.",
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
  const signal = facts.stopSignal ?? base.stopSignal ?? noSignal;
  return message("base.boot", "Boot target: {target}. Stop signal: {signal}.", { target, signal });
}
