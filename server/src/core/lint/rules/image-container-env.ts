import { detectsDocker } from "../../systemd/docker-detection";
import { onPodman } from "../queries/engine";
import { editFix } from "../queries/fixes";
import { misspelledContainer } from "../queries/misspelled-container";
import { programSpan } from "../queries/program";
import { imageRule } from "../rule";

/** A name by which an image says that it is there to boot systemd. */
const madeForSystemd = /systemd|(^|[^a-z])init([^a-z]|$)/i;

export const imageContainerEnv = imageRule({
  id: "image-container-env",
  title: "Tell systemd that it runs in a container",
  severity: "information",
  why: `
    systemd asks the variable \`container\` whether it runs in a container, and behaves accordingly: it
    leaves the clock, kernel modules and mounts alone, logs to the console, and exits when it is told to
    halt. Docker does not set the variable. From version 248 on systemd also looks for Docker's
    \`/.dockerenv\`; older ones take the container for a machine and try to power it off.
  `,
  consequence:
    "Below systemd 248 the container boots but never stops cleanly: 10 seconds, then SIGKILL with exit code 137.",
  symptoms: ["killed-on-stop"],
  ignore:
    "The image runs under Podman alone, which sets the variable, or its systemd is 248 or newer and Docker is the only engine.",
  evidence: {
    measured:
      "Docker 28.5, cgroup v2, no variable: systemd 247 stops after 10.1 s with 137, 252 and 262 within a second with 0; " +
      "247 with container=docker stops in 0.3 s with 0.",
  },
  sources: ["systemd, docs/CONTAINER_INTERFACE.md"],
  messages: {
    old: "systemd {version} does not see by itself that Docker runs it: without ENV container=docker it boots but never stops cleanly (killed after 10 seconds, exit 137).",
    advice:
      "No ENV container: systemd from 248 on finds Docker by /.dockerenv, but older ones and other engines rely on the variable. Set container=docker.",
    detected:
      "No ENV container: systemd {version} detects Docker without it, but other engines and scripts rely on it. Set container=docker.",
    unknown:
      "No ENV container here. Unless the base image sets it, a systemd below 248 does not see that Docker runs it and never stops cleanly. Set container=docker.",
  },
  fixes: {
    fix: "Add ENV container=docker",
  },
  *check(subject, say) {
    const { image, boot } = subject;
    if (onPodman(subject)) return;
    const known = image.env.has("container") || image.base?.env?.container !== undefined;
    if (known || boot.script?.container || misspelledContainer(image)) return;
    const version = image.base?.systemdVersion;
    const old = version !== undefined && version < detectsDocker;
    // Nobody knows what an unknown base image sets; an empty one sets nothing, one that is made for systemd likely does.
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
