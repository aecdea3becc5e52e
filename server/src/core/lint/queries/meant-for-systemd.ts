import { type Message, message } from "../../base/message";
import { preparesImage } from "../../boot/signs";
import { hasTmpfsOnRun, mountsCgroupTree } from "../../container/settings";
import type { ContainerSource } from "../../container/source";
import type { ImageSubject } from "../../project/subject";
import { isRightSignal } from "../../systemd/signal";
import { writableCgroups } from "./cgroup-tree";

/** Files that often show how an image is meant to be used. */
const besides = ["Makefile", "README.md", "run.sh", "start.sh", "test.sh", "build.sh"];

/** Whether a line calls systemd in a running container. */
function asksSystemctl(line: string): boolean {
  return (
    /\b(?:docker|podman|compose)\b/.test(line) &&
    /\bexec\b/.test(line) &&
    /\b(?:systemctl|journalctl|loginctl|hostnamectl)\b/.test(line)
  );
}

const namesInit = /(?:^|[\s"'[,=])(?:\/usr)?\/(?:s?bin\/init|lib\/systemd\/systemd)\b/m;

/** Evidence about systemd in the files next to a Dockerfile. */
export interface Meant {
  /** One of the files starts init. */
  readonly started: boolean;
  /** What shows that systemd is expected to run: a file, a service, or the Dockerfile. */
  readonly by?: string | Message;
}

/** Looks for evidence that the image is meant to boot systemd or that something starts it with systemd. */
export function meantForSystemd({ image, containers, readBeside }: ImageSubject): Meant {
  const texts = besides.flatMap((name) => {
    const text = readBeside(name);
    return text === undefined ? [] : [{ name, text }];
  });
  if (texts.some(({ text }) => namesInit.test(text))) return { started: true };
  if (preparesImage(image) || /\bsystemctl\b/.test(image.healthcheck?.arguments ?? ""))
    return { started: false, by: message("image.dockerfile", "the Dockerfile") };
  const service = containers.find(({ source }) => asksForSystemd(source));
  return {
    started: false,
    by: service?.source.name ?? texts.find(({ text }) => text.split("\n").some(asksSystemctl))?.name,
  };
}

/** Whether a container has privileges or mounts that systemd needs, or a health check that calls systemd. */
export function asksForSystemd(source: ContainerSource): boolean {
  const { spec } = source;
  const { privileged, capabilities, cgroupNamespace, stopSignal } = spec;
  return (
    privileged === true ||
    capabilities.includes("SYS_ADMIN") ||
    cgroupNamespace === "host" ||
    writableCgroups(spec)?.on === true ||
    mountsCgroupTree(spec) ||
    hasTmpfsOnRun(spec) ||
    (stopSignal !== undefined && isRightSignal(stopSignal)) ||
    (source.start().spec.others?.["health-cmd"]?.some((command) => command.includes("systemctl")) ?? false)
  );
}
