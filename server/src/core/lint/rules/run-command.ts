import { judgeImage } from "../../boot/detect";
import type { Run, RunStep } from "../../container/spec";
import { isInitPath } from "../../image/init";
import type { RunSubject } from "../../project/subject";
import { canonicalPath, runPath } from "../../systemd/paths";
import { isRightSignal } from "../../systemd/signal";
import { atCgroupRoot, belowCgroupRoot, writableCgroups } from "../queries/cgroup";
import { commandWords } from "../queries/command-words";
import { baseOf, placeOf } from "../queries/runs";
import { idles, throughShell } from "../queries/scripts";
import { stepsFix } from "../queries/shared";
import { type Report, runRule, type SayOf } from "../rule";

const messages = {
  shell: "A shell is PID 1 here and init its child, which exits 1 (telinit). Start init itself.",
  idle: "{program} takes the place of the image's init, so systemd never boots. Remove it.",
  dropped: "An entrypoint drops the image's CMD {words}, so systemd never boots.",
  dashes: "systemd ignores {words}: options begin with two dashes.",
  target: "systemd ignores {words}, so it boots into the default target. A target is chosen by --unit=.",
  syntax: "No shell reads {words} here: systemd gets it as an argument and ignores it.",
  drop: "Remove {words} (boots as today)",
  choose: "Write {words} (changes what boots)",
  exec: "Let the shell replace itself: exec {init}",
} as const;

const fixes = {
  add: "Write {words}",
  list: "Start init itself: {what}",
  remove: "Remove {what}, so that the image's init runs",
  restore: "Give it the image's CMD: {what}",
} as const;

type Say = SayOf<typeof messages & typeof fixes>;

export const runCommand = runRule({
  id: "run-command",
  title: "Start systemd itself, as PID 1",
  severity: "error",
  always: true,
  why: `
    What a run names as its command takes the place of the image's CMD, and what it names as its entrypoint
    drops that CMD altogether. A container that is meant to boot systemd then runs something else: a shell
    that starts init as its child, \`tail -f\` to keep the container alive, a script that never hears of init.

    This is only said of a run with settings that make sense for systemd alone: its stop signal, a cgroup
    tree, a tmpfs on /run.
  `,
  consequence: "systemd does not boot: no service starts, or init exits 1 (telinit) as it is not PID 1.",
  symptoms: ["not-started", "exit-1", "degraded"],
  ignore: "systemd is not to boot in this service, and the systemd-only setting is a leftover.",
  evidence: {
    measured:
      "Docker 28.5, cgroup v2, systemd 252: /sbin/init as the child of dash exits 1 (Couldn't find an alternative " +
      "telinit implementation to spawn); bash replaces itself by its last command and boots; a script with exec boots.",
  },
  messages,
  fixes,
  *check(subject, say) {
    const { source, boot } = subject;
    const { run } = source;
    if (boot.boots !== "no" && !boot.throughShell) yield* commandWords(subject, say);
    if (!onlyForSystemd(run)) return;
    if (boot.boots !== "no") {
      if (boot.throughShell && boot.evidence === "run") yield* throughShell(subject, say);
      return;
    }
    const meant = imageBoots(subject) || (run.stopSignal !== undefined && isRightSignal(run.stopSignal));
    const program = idles(run);
    if (program && meant) {
      const unset: RunStep = { do: "unset", key: "command" };
      const what = source.spell({ do: "set", key: "command", value: run.command });
      yield {
        span: placeOf(source, { key: "command" }),
        message: say("idle", { program }),
        fixes: [run.entrypoint ? undefined : stepsFix(source, [unset], say("remove", { what }), false)],
      };
    } else if (run.entrypoint?.words.length && !run.command && imageBoots(subject)) {
      yield* droppedCmd(subject, say);
    }
  },
});

/** Settings that nothing but systemd asks for. */
function onlyForSystemd(run: Run): boolean {
  return (
    (run.stopSignal !== undefined && isRightSignal(run.stopSignal)) ||
    writableCgroups(run)?.on === true ||
    run.mounts.some((mount) => atCgroupRoot(mount) || belowCgroupRoot(mount)) ||
    run.tmpfs.some(({ path }) => canonicalPath(path) === runPath)
  );
}

function imageBoots(subject: RunSubject): boolean {
  const { image } = subject;
  return image ? judgeImage(image.image).boots !== "no" : (baseOf(subject)?.bootsSystemd ?? false);
}

function* droppedCmd({ source, image }: RunSubject, say: Say): Generator<Report, void> {
  const words = image?.image.cmd?.form === "exec" ? image.image.cmd.words.map(({ value }) => value) : [];
  if (!words.some(isInitPath)) return;
  const step: RunStep = { do: "set", key: "command", value: { words } };
  yield {
    span: placeOf(source, { key: "entrypoint" }),
    message: say("dropped", { words: words.join(" ") }),
    fixes: [stepsFix(source, [step], say("restore", { what: source.spell(step) }), false)],
  };
}
