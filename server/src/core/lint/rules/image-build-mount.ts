import { type Argument, message } from "../../base/message";
import type { Edit, Span } from "../../base/text";
import { flags } from "../../container/flags";
import { applySteps, bareSpec } from "../../container/spec";
import type { Image, RunInstruction } from "../../image/image";
import { isPlan } from "../../plan/plan";
import { displayCommand } from "../../plan/render/command";
import type { LaunchPlan, Refusal } from "../../plan/types";
import { sourceSpan } from "../../shell/mapped-text";
import { canonicalPath, cgroupPath, lockPath, runPath, tmpPath } from "../../systemd/paths";
import { editorOf } from "../queries/build-steps";
import { editFix } from "../queries/fixes";
import { imageRule } from "../rule";

/** Kernel file systems, which are never part of an image because the engine mounts them when the container starts. */
const kernelPaths = new Set([cgroupPath, "/sys/fs/fuse"]);
const tmpfsPaths = new Set([runPath, lockPath, tmpPath]);

export const imageBuildMount = imageRule({
  id: "image-build-mount",
  title: "Do not use RUN --mount for mounts needed at run time",
  severity: "warning",
  buildTime: true,
  why: `
    \`RUN --mount\` lasts for one build step and leaves nothing in the image. It cannot give the container a cgroup
    tree or a tmpfs; only the command that starts the container can do that. A bind mount without \`from=\` reads the
    build context, not the host: with \`source=/sys/fs/cgroup\`, the builder looks for that path in the build context.
  `,
  consequence:
    "The mount has no effect on the container. If its source is not in the build context, the build fails.",
  symptoms: ["build", "no-effect"],
  ignore:
    "There is no known reason to disable this rule. It does not report mounts that a command in the same step uses.",
  evidence: {
    measured:
      'Docker 28.5: with source=/sys/fs/cgroup, the build fails ("/sys/fs/cgroup": not found). Without source=, ' +
      "the build context is mounted at the target. A RUN with a mount but without a command does not fail the build. " +
      "If a space follows --mount, the Dockerfile cannot be parsed.",
  },
  sources: ["Dockerfile reference, RUN --mount"],
  messages: {
    fails: "The build fails: the build context has no {path}{instead}.",
    kernel: "This mount of {path} exists only in this build step{instead}.",
    alone: "RUN --mount without a command has no effect{instead}.",
    blank: "The build fails: a space after --mount ends the flag. Use --mount=.",
  },
  fixes: {
    remove: "Remove the mount",
    equals: "Replace the space with an equals sign: --mount=",
  },
  *check(subject, say) {
    for (const run of subject.image.runs) {
      const { mounts, command } = readMounts(run);
      const [first] = mounts;
      if (!first) continue;
      const kernel = mounts.filter(({ target }) => kernelPaths.has(target));
      const wrong = !command
        ? mounts
        : mounts.filter((mount) => kernel.includes(mount) || (kernel.length > 0 && isTmpfs(mount)));
      const blank = mounts.find(({ broken }) => broken);
      const { image } = subject;
      if (wrong.length > 0) {
        const failing = wrong.find(({ fails }) => fails);
        const path = failing?.target ?? kernel[0]?.target ?? "";
        const name = failing ? "fails" : blank ? "blank" : kernel.length > 0 ? "kernel" : "alone";
        yield {
          span: {
            start: wrong[0]?.span.start ?? first.span.start,
            end: wrong.at(-1)?.span.end ?? first.span.end,
          },
          severity: failing || blank ? "error" : "warning",
          message: say(name, { path, instead: instead(subject.plan) }),
          fixes: [
            editFix(
              command ? without(image, wrong) : editorOf(subject, run).remove(run),
              say("remove"),
              true,
            ),
          ],
        };
      } else if (blank) {
        yield {
          span: blank.span,
          severity: "error",
          message: say("blank"),
          fixes: [editFix(equals(image, blank), say("equals"), true)],
        };
      }
    }
  },
});

interface BuildMount {
  readonly target: string;
  readonly type: string;
  /** There is a space after `--mount`, which ends the flag. */
  readonly broken: boolean;
  /** The builder cannot find the source of the mount. */
  readonly fails: boolean;
  /** The flag and its options. */
  readonly span: Span;
  /** The span from the flag to the next word. */
  readonly reach: Span;
}

/** The mounts at the start of a RUN, including those with a space after `--mount`, and whether a command follows. */
function readMounts({ body, heredocs, argumentsSpan }: RunInstruction): {
  mounts: BuildMount[];
  command: boolean;
} {
  const mounts: BuildMount[] = [];
  const flag = /\s*(--mount(?:=|\s+(?=(?:type|target|source|from|dst|src)=))(\S*)|--(?!mount)\S+)\s*/y;
  let end = 0;
  for (let match = flag.exec(body.text); match; match = flag.exec(body.text)) {
    const [whole, written = "", options] = match;
    const start = match.index + whole.indexOf("--");
    end = flag.lastIndex;
    if (options === undefined) continue;
    const pairs = options.split(",").map((pair) => /^([^=]*)=?(.*)$/s.exec(pair)?.slice(1) ?? []);
    const values = new Map(
      pairs.map(([name = "", value = ""]) => [name.toLowerCase(), value.replace(/["']/g, "")]),
    );
    const target = canonicalPath(
      values.get("target") ?? values.get("dst") ?? values.get("destination") ?? "",
    );
    const source = values.get("source") ?? values.get("src");
    const type = values.get("type") ?? "bind";
    const broken = !written.startsWith("--mount=");
    const fails = type === "bind" && !values.has("from") && kernelPaths.has(canonicalPath(source ?? ""));
    const next = end < body.text.length ? sourceSpan(body, end, end + 1).start : argumentsSpan.end;
    const span = sourceSpan(body, start, start + written.trimEnd().length);
    // Content from another stage or image is only for the build, wherever it is mounted.
    const own = type === "bind" && values.has("from") ? "" : target;
    mounts.push({ target: own, type, broken, fails, span, reach: { start: span.start, end: next } });
  }
  return { mounts, command: end < body.text.length || heredocs.length > 0 };
}

function isTmpfs({ type, target }: BuildMount): boolean {
  return type === "tmpfs" && tmpfsPaths.has(target);
}

function without({ edit }: Image, mounts: readonly BuildMount[]): readonly Edit[] {
  return mounts.flatMap(({ reach }) => edit.replace(reach, ""));
}

function equals({ text, edit }: Image, { span }: BuildMount): readonly Edit[] {
  const written = text.slice(span.start, span.end);
  return edit.replace(
    { start: span.start, end: span.start + (/^--mount\s+/.exec(written)?.[0].length ?? 0) },
    "--mount=",
  );
}

/** The flags for starting the container that replace the mount, from the plan for this image. */
function instead(plan: LaunchPlan | Refusal): Argument {
  if (!isPlan(plan)) return "";
  const steps = plan.requirements
    .filter(({ id }) => /^(cgroup-writable|tmpfs-run)/.test(id))
    .flatMap((one) => one.steps.filter((step) => step.do !== "set" || step.key !== "cgroupNamespace"));
  const words = displayCommand(flags(applySteps(bareSpec, steps)));
  return words === "" ? "" : message("advice.start", ". Start the container with {words}", { words });
}
