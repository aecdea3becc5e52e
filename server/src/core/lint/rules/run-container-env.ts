import type { SpecChange } from "../../container/spec";
import { detectsDocker } from "../../systemd/docker-detection";
import { onPodman } from "../queries/engine";
import { addTitle, stepsFix } from "../queries/fixes";
import { placeOf } from "../queries/run-file";
import { baseOf } from "../queries/run-image";
import { containerRule } from "../rule";

export const runContainerEnv = containerRule({
  id: "run-container-env",
  title: "Tell systemd that it runs in a container",
  severity: "information",
  why: `
    systemd asks the variable \`container\` whether it runs in a container, and leaves alone what is not its
    to manage: the clock, kernel modules, the machine's power. Docker does not set it. From version 248 on
    systemd also looks for Docker's \`/.dockerenv\`; older ones take the container for a machine. An empty
    value says outright that there is no container.
  `,
  consequence:
    "Below systemd 248, or with an empty value, the container boots but never stops cleanly: 10 seconds, then SIGKILL with exit code 137.",
  symptoms: ["killed-on-stop"],
  ignore: "The systemd of the image is 248 or newer and Docker is the only engine.",
  evidence: {
    measured:
      "Docker 28.5, cgroup v2: without the variable systemd 247 stops after 10.1 s with 137, 252 and 262 within a " +
      "second with 0; with an empty one 252 stops after 10.1 s with 137. Podman 5.8, an empty one: 247 and 252 stop " +
      "after 10.1 s with 137.",
  },
  sources: ["systemd, docs/CONTAINER_INTERFACE.md"],
  messages: {
    old: "systemd {version} does not see by itself that Docker runs it: without the variable `container` it boots but never stops cleanly (killed after 10 seconds, exit 137).",
    advice:
      "Nothing here sets the variable `container`: systemd from 248 on finds Docker by /.dockerenv, older ones boot without it but never stop cleanly.",
    detected:
      "Nothing here sets the variable `container`: systemd {version} detects Docker without it, but other engines and scripts rely on it.",
    empty:
      "An empty `container` tells systemd that it runs on a machine: it tries to power it off and is killed after 10 seconds (exit 137).",
  },
  *check(subject, say) {
    const { source } = subject;
    const { environment } = source.spec;
    const empty = environment.container === "";
    // Podman sets the variable by itself, but not in place of an empty value.
    if (!empty && onPodman(subject)) return;
    // A name without a value is handed on from the shell, and a Dockerfile's own rule speaks where there is one.
    if (!empty && ("container" in environment || subject.image)) return;
    const base = baseOf(subject);
    // Nobody knows what an unknown image sets, and which systemd it has.
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
      get fixes() {
        return [stepsFix(source, steps, addTitle(source, steps), true)];
      },
    };
  },
});
