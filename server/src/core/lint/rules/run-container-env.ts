import type { SpecChange } from "../../container/spec";
import { usesSysbox } from "../../plan/missing";
import type { ContainerSubject } from "../../project/subject";
import { detectsDocker } from "../../systemd/docker-detection";
import { onPodman } from "../queries/engine";
import { addTitle, editFix, stepsFix } from "../queries/fixes";
import { placeOf } from "../queries/run-file";
import { containerRule } from "../rule";

export const runContainerEnv = containerRule({
  id: "run-container-env",
  title: "Set the environment variable container",
  severity: "information",
  why: `
    systemd reads the \`container\` environment variable to detect that it runs in a container. It then does not manage
    the host's clock, kernel modules or power. Docker does not set the variable. From version 248 on, systemd also
    detects Docker from the file \`/.dockerenv\`; older versions need the variable. An empty value disables container
    detection. Sysbox sets the variable itself if the container's program is \`/sbin/init\`.

    Molecule reads the variables of a platform from \`env\`. Up to molecule-plugins 26.7.8, it ignores \`environment\`;
    later versions reject the file.
  `,
  consequence:
    "With systemd before 248, or with an empty value, the container boots but never shuts down cleanly: it is killed after 10 seconds (exit code 137).",
  symptoms: ["killed-on-stop"],
  ignore: "If the image has systemd 248 or later and Docker is the only engine, you can disable this rule.",
  evidence: {
    measured:
      "Docker 28.5, cgroup v2: without the variable, systemd 247 is killed after 10.1 s (exit code 137); 252 and 262 stop " +
      "within a second (exit code 0). With an empty value, 252 is killed after 10.1 s (exit code 137). Podman 5.8 with an empty " +
      "value: 247 and 252 are killed after 10.1 s (exit code 137).",
  },
  sources: [
    "systemd, docs/CONTAINER_INTERFACE.md",
    "molecule-plugins, playbooks/create.yml and schema/driver.json of the docker and podman drivers",
    "sysbox-runc, libsysbox/syscont/spec.go (cfgSystemdEnv; not booted)",
  ],
  messages: {
    old: "systemd {version} does not detect Docker. Without `container`, it boots but never shuts down cleanly (killed after 10 seconds, exit code 137).",
    advice:
      "`container` is not set. systemd 248 or later detects Docker from /.dockerenv; without the variable, older versions boot but never shut down cleanly.",
    detected:
      "`container` is not set. systemd {version} detects Docker without it, but needs it on other engines, and some scripts use it.",
    empty:
      "An empty `container` disables container detection. systemd tries to power off the host and is killed after 10 seconds (exit code 137).",
    misnamed:
      "Molecule does not read {key}. Up to molecule-plugins 26.7.8, it ignores the variables in it; later versions reject the file. Use {right}.",
  },
  fixes: {
    rename: "Rename {key} to {right}",
  },
  *check(subject, say) {
    const { source } = subject;
    const { misnamed } = source;
    if (misnamed?.names.includes("container") && !("container" in source.spec.environment)) {
      const { key, right, span, rename } = misnamed;
      yield {
        span,
        severity: "warning",
        message: say("misnamed", { key, right }),
        fixes: [editFix(rename && [rename], say("rename", { key, right }), true)],
      };
    }
    if (setBySysbox(subject)) return;
    const { environment } = source.spec;
    const empty = environment.container === "";
    // Podman sets the variable automatically, but does not replace an empty value.
    if (!empty && (onPodman(subject) || source.forTest)) return;
    // A variable without a value is passed on from the shell. If there is a Dockerfile, the rule for Dockerfiles
    // reports it.
    if (!empty && ("container" in environment || subject.image)) return;
    const base = subject.base;
    // The environment and the systemd version of an unknown image cannot be determined.
    if (!empty && (!base || base.env?.container !== undefined)) return;
    const version = base?.systemdVersion;
    const old = version !== undefined && version < detectsDocker;
    const name = empty ? "empty" : old ? "old" : version !== undefined ? "detected" : "advice";
    const steps: SpecChange[] = [
      { do: "setEnv", name: "container", value: onPodman(subject) ? "podman" : "docker" },
    ];
    yield {
      span: placeOf(source, { variable: "container" }),
      severity: empty || old ? "warning" : version !== undefined ? "hint" : "information",
      message: say(name, { version: String(version) }),
      fixes: () => [stepsFix(source, steps, addTitle(source, steps), true)],
    };
  },
});

/** Whether the runtime is Sysbox, which replaces the variable if this is the path of the program. */
function setBySysbox({ source, boot }: ContainerSubject): boolean {
  return usesSysbox(source.spec) && boot.argv[0] === "/sbin/init";
}
