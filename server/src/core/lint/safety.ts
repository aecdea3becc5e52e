import { message } from "../base/message";
import type { BootDetection } from "../boot/detect";
import { bareSpec } from "../container/spec";
import { type Access, accessText, openedBetween, openedBy } from "../plan/access";
import { hasWritableCgroups } from "../plan/adapt";
import { isPlan } from "../plan/plan";
import type { ContainerSubject, ImageSubject } from "../project/subject";
import { bindsHostTree } from "./queries/cgroup-tree";
import type { Fix } from "./rule";

// This file decides for every rule which fixes Fix All can apply. A rule only marks the fixes that never stop a
// container from booting.

/**
 * Whether the program that boots is known well enough for Fix All: it was read, or it is the program of an image in
 * the table. If only a name or settings suggest systemd, or the program cannot be read, every fix is a suggestion.
 */
export function isFixable({ boots, evidence, unseen }: BootDetection): boolean {
  return !unseen && (boots !== "likely" || evidence === "base");
}

/**
 * The final form of a finding's fix. If a fix gives the container more access, its title mentions that, and the fix
 * is a suggestion. Fixes are also suggestions if no fix makes the container boot, if its init cannot be seen, if the
 * container as written starts another program, or if the file shows the output of the command that starts it.
 */
export function settled({ shared, ...fix }: Fix, subject: ImageSubject | ContainerSubject): Fix {
  return { ...decided(fix, subject), ...(shared && { shared: decided(shared, subject) }) };
}

function decided(fix: Fix, subject: ImageSubject | ContainerSubject): Fix {
  const spec = "source" in subject ? subject.source.spec : bareSpec;
  const { before, steps = [] } = fix;
  const opened = before ? openedBetween(before, spec) : steps.length > 0 ? openedBy(spec, steps) : [];
  const changed = "source" in subject && subject.isChanged === true;
  const recorded = "source" in subject && subject.source.recorded === true;
  const helpless = changed || recorded || !isPlan(subject.plan) || !isFixable(subject.boot);
  const widens = opened.length > 0 && !("source" in subject && completesHostTree(subject, opened));
  const safe = fix.safe && !helpless && !widens;
  if (opened.length === 0) return { ...fix, safe };
  const title = message(`${fix.title.key}.opens`, "{fix} (lets the container {access})", {
    fix: fix.title,
    access: accessText(opened),
  });
  return { ...fix, title, safe };
}

/**
 * The one exception is the host's cgroup namespace, for a configured engine without `writable-cgroups`, if the author
 * has bound the host's cgroup tree read-write. That bind already gives access to the tree.
 */
function completesHostTree({ source, plan, target }: ContainerSubject, opened: readonly Access[]): boolean {
  if (!target || !isPlan(plan) || plan.assumed || hasWritableCgroups(plan.facts)) return false;
  if (plan.spec.cgroupNamespace !== "host") return false;
  return opened.every(({ id }) => /^cgroup /.test(id)) && source.spec.mounts.some(bindsHostTree);
}
