import type { Span } from "../../base/text";
import type { Target } from "../../engine";
import type { BaseImage } from "../../image/base-image";
import type { Instruction } from "../../image/image";
import { anyCommand } from "../../image/programs";
import { sourceSpan } from "../../shell/mapped-text";
import { bootsOnCgroup } from "../../systemd/cgroup-version";
import { baseLabel } from "../queries/base-label";
import { everyRun } from "../queries/every-run";
import { editFix } from "../queries/fixes";
import { newerBase } from "../queries/newer-base";
import { programSpan } from "../queries/program";
import { placeOf } from "../queries/run-file";
import { imageRule, type SayOf, type Violation } from "../rule";

const messages = {
  hybrid:
    "The target host has cgroup v1 without the name=systemd hierarchy: PID 1 exits with code 255. Mount the hierarchy on the host, or use a cgroup v2 host.",
  old: "{base} has systemd {version}, which does not support cgroup v2. It boots on cgroup v1 hosts only, whatever flags are used. Use a newer release.",
  refused:
    "{base} has systemd {version}, which cannot boot on a host with cgroup v{cgroup}: PID 1 exits with code 255, whatever flags are used. Use another release.",
} as const;

export const imageCgroupVersion = imageRule({
  id: "image-cgroup-version",
  title: "Use a systemd version that supports the host's cgroup version",
  severity: "warning",
  why: `
    systemd puts each service in a cgroup. Linux has two cgroup versions, and a host uses one of them. systemd
    before 230 supports only version 1; systemd 258 and later supports only version 2. A container uses the host's
    version, and no flag changes that. Current hosts, including Docker Desktop, use version 2, so \`centos:7\`,
    \`amazonlinux:2\` and \`ubuntu:16.04\` cannot boot systemd on them.

    A cgroup v1 host also needs the \`name=systemd\` hierarchy. If the host runs systemd, systemd mounts it. WSL2 and
    hosts with another init lack it, and only a privileged container can mount it. On such a host, run \`mount -t
    cgroup -o none,name=systemd cgroup /sys/fs/cgroup/systemd\`, or switch to cgroup v2.
  `,
  consequence: "PID 1 exits with code 255 on hosts whose cgroup version systemd does not support.",
  symptoms: ["exit-255"],
  ignore: "If the image runs only on hosts with cgroup v1, you can disable this rule.",
  evidence: {
    measured:
      "Docker 20.10, 26.1 and 28.5: systemd 262 exits with code 255 on cgroup v1 with every set of flags; 247, 252 and 257 boot " +
      "on both versions. According to systemd's NEWS, versions before 230 do not support cgroup v2.",
  },
  sources: [
    "systemd NEWS 230",
    "systemd v258 release notes",
    "microsoft/WSL2-Linux-Kernel, issue 37 (name=systemd hierarchy missing)",
  ],
  messages,
  fixes: {
    fix: "Replace the base image with {reference}",
  },
  *check(subject, say) {
    const { image, target } = subject;
    // systemd mounts the missing hierarchy if the container is privileged.
    if (target?.namedHierarchy === false && !everyRun(subject, ({ privileged }) => privileged === true)) {
      yield { span: programSpan(subject), severity: "error", message: say("hybrid") };
    }
    const { base } = image;
    if (!base || namesBackports(image)) return;
    const refusal = refused(base, target, baseLabel(image), say);
    if (!refusal) return;
    const { span, text } = written(image.bottom);
    const reference = newerBase(text, base);
    yield {
      span,
      ...refusal,
      fixes: [
        reference
          ? editFix(image.edit.replace(span, reference), say("fix", { reference }), false)
          : undefined,
      ],
    };
  },
  *checkContainer({ source, image, base, target }, say) {
    // A Dockerfile that names its base is reported itself.
    if (!base || source.build || image?.image.baseReference !== undefined) return;
    if (image && namesBackports(image.image)) return;
    const refusal = refused(base, target, source.spec.image ?? base.name, say);
    if (refusal) yield { span: placeOf(source, { key: "image" }), ...refusal };
  },
});

/** The finding about an image whose systemd does not boot on the host; on one with cgroup v2 if none is configured. */
function refused(
  { systemdVersion }: BaseImage,
  target: Target,
  label: string,
  say: SayOf<typeof messages>,
): Pick<Violation, "message" | "severity"> | undefined {
  const cgroup = target?.cgroupVersion;
  if (systemdVersion === undefined || bootsOnCgroup(systemdVersion, cgroup ?? 2)) return undefined;
  const version = String(systemdVersion);
  if (!cgroup) return { severity: "warning", message: say("old", { base: label, version }) };
  const message = say("refused", { base: label, version, cgroup: String(cgroup) });
  return { severity: "error", message };
}

/** Whether systemd comes from a backports repository. The release then does not determine its version. */
const namesBackports = anyCommand(({ words }) => words.some((word) => /backports/.test(word ?? "")));

/** The image reference as written in FROM. */
function written({ body, argumentsSpan }: Instruction): { span: Span; text: string } {
  const match = /^\s*(?:--\S+\s+)*(\S+)/.exec(body.text);
  const text = match?.[1];
  if (!match || text === undefined) return { span: argumentsSpan, text: "" };
  return { span: sourceSpan(body, match[0].length - text.length, match[0].length), text };
}
