import { type Message, message } from "../base/message";
import { hasTmpfsOnRun, mountsCgroupTree } from "../container/settings";
import type { ContainerSpec } from "../container/spec";
import type { BootDetection } from "./detect";

/**
 * How certain it is that systemd boots. `certain`: the program that is started was read. `known`: the image is in the
 * table, or receives the path of init. `named`: only a name or settings indicate it. `unseen`: the program at an init
 * path is started, but it could be another init. `intended`: systemd is meant to boot, but something else is PID 1.
 */
export type Grade = "certain" | "known" | "named" | "unseen" | "intended";

/** The names of the grades, as shown to the reader. */
export const gradeNames: Readonly<Record<Grade, Message>> = {
  certain: message("grade.certain", "certain"),
  known: message("grade.known", "known"),
  named: message("grade.named", "named"),
  unseen: message("grade.unseen-init", "unseen"),
  intended: message("grade.intended", "intended"),
};

/** A grade with its reason, for the reader. */
export interface Graded {
  readonly grade: Grade;
  readonly reason: Message;
  /** A container of the image is set up for systemd, which confirms the facts about the image. */
  readonly confirmed: boolean;
}

/** Grades a detection; undefined if systemd does not boot. `starts` are the containers that start the image. */
export function gradeOf(boot: BootDetection, starts: readonly ContainerSpec[]): Graded | undefined {
  if (boot.boots === "no") return undefined;
  return { confirmed: starts.some(isSetUp), ...graded(boot) };
}

function graded({ boots, evidence, unseen }: BootDetection): Omit<Graded, "confirmed"> {
  if (evidence === "name") return { grade: "named", reason: reasons.name };
  if (evidence === "settings") return { grade: "named", reason: reasons.settings };
  if (unseen) return { grade: "unseen", reason: reasons.unseen };
  if (evidence === "base" && boots === "likely") return { grade: "known", reason: reasons.base };
  if (boots === "likely") return { grade: "known", reason: reasons.given };
  if (evidence === "script") return { grade: "certain", reason: reasons.script };
  return { grade: "certain", reason: evidence === "run" ? reasons.container : reasons.image };
}

/** None of the reasons contains text from a file, because hovers show them. */
const reasons = {
  image: message("grade.image", "the image starts systemd"),
  container: message("grade.container", "the container's command starts systemd"),
  script: message("grade.script", "the entrypoint script starts systemd"),
  base: message("grade.base", "the base image is known to boot systemd"),
  given: message("grade.given", "an unknown program receives the path of init as an argument"),
  name: message("grade.name", "the image name suggests systemd"),
  settings: message("grade.settings", "the settings are typical of a systemd container"),
  unseen: message("grade.unseen", "the image is unknown, and its init might not be systemd"),
  meant: message(
    "grade.meant",
    "the image or container is meant to run systemd, but another program is PID 1",
  ),
} as const;

/** The grade for a container in which systemd does not boot although it is meant to. */
export const intended: Graded = { grade: "intended", reason: reasons.meant, confirmed: false };

/**
 * Whether a container has settings that only make sense for systemd, or are typically used for it: the cgroup tree, a
 * fresh /run, or privileges.
 */
function isSetUp(spec: ContainerSpec): boolean {
  const { privileged, systemd } = spec;
  return privileged === true || systemd === "always" || mountsCgroupTree(spec) || hasTmpfsOnRun(spec);
}
