import type { ImageSubject } from "../../project/subject";
import { detectsDocker } from "../../systemd/docker-detection";
import { onPodman } from "../queries/engine";
import { editFix } from "../queries/fixes";
import { setsContainer } from "../queries/misspelled-container";
import { programSpan } from "../queries/program";
import { imageRule } from "../rule";

/** Matches the name of an image that is made to boot systemd. */
const madeForSystemd = /systemd|(^|[^a-z])init([^a-z]|$)/i;

export const imageContainerEnv = imageRule({
  id: "image-container-env",
  title: "Set container=docker in the environment",
  severity: "information",
  why: `
    systemd reads the \`container\` environment variable to detect that it runs in a container. It then leaves the
    clock, kernel modules and mounts alone, logs to the console, and exits when it is halted. Docker does not set the
    variable. systemd 248 and later also detects Docker from \`/.dockerenv\`. Without the variable, older versions do
    not detect Docker, so they try to power off the host when they stop.
  `,
  consequence:
    "With systemd before 248, the container boots but never stops cleanly: it is killed after 10 seconds (exit code 137).",
  symptoms: ["killed-on-stop"],
  ignore:
    "If the image runs only under Podman, which sets the variable, or only under Docker with systemd 248 or later, you can disable this rule.",
  evidence: {
    measured:
      "Docker 28.5, cgroup v2, variable not set: systemd 247 is killed after 10.1 s (exit code 137); 252 and 262 stop " +
      "within a second (exit code 0). With container=docker, 247 stops in 0.3 s (exit code 0).",
  },
  sources: ["systemd, docs/CONTAINER_INTERFACE.md"],
  messages: {
    old: "systemd {version} does not detect Docker and never stops cleanly (killed after 10 s, exit code 137). Set container=docker.",
    advice:
      "The environment variable container is not set. Only systemd 248 or later detects Docker without it; on other engines, systemd needs it. Set container=docker.",
    detected:
      "The environment variable container is not set. systemd {version} needs it only on engines other than Docker, and some scripts use it. Set container=docker.",
    unknown:
      "The environment variable container is not set here. Unless the base image sets it, systemd before 248 never stops cleanly under Docker. Set container=docker.",
  },
  fixes: {
    fix: "Add ENV container=docker",
  },
  *check(subject, say) {
    const { image, boot } = subject;
    if (onPodman(subject)) return;
    if (setsContainer(image) || boot.script?.container || setBySysbox(subject)) return;
    const version = image.base?.systemdVersion;
    const old = version !== undefined && version < detectsDocker;
    // An unknown base image might set the variable; scratch does not, and an image made for systemd probably does.
    const unknown = !image.base && image.baseReference?.toLowerCase() !== "scratch";
    if (unknown && madeForSystemd.test(image.baseReference ?? image.bottom.arguments)) return;
    yield {
      span: programSpan(subject),
      severity: old ? "warning" : unknown || version !== undefined ? "hint" : "information",
      message:
        version !== undefined
          ? say(old ? "old" : "detected", { version: String(version) })
          : say(unknown ? "unknown" : "advice"),
      fixes: [editFix(image.edit.setEnv("container", "docker"), say("fix"), true)],
    };
  },
});

/** Whether a comment shows that Sysbox runs the image. Sysbox sets the variable if this is the path of the program. */
function setBySysbox({ dockerfile: { text }, boot }: ImageSubject): boolean {
  return boot.argv[0] === "/sbin/init" && /^[ \t]*#.*--runtime[= ]sysbox-runc\b/m.test(text);
}
