import { editFix } from "../queries/fixes";
import { misspelledContainer } from "../queries/misspelled-container";
import { imageRule } from "../rule";

export const imageContainerEnvValue = imageRule({
  id: "image-container-env-value",
  title: "Set a valid value for the environment variable container",
  severity: "warning",
  why: `
    systemd reads the \`container\` environment variable, which contains a short lower-case word such as
    \`docker\` or \`podman\`. An empty value means "this is not a container", so systemd does not try to detect a container in
    another way. A variable with a misspelled name has no effect.
  `,
  consequence:
    "With an empty value, the container boots but never stops cleanly: it is killed after 10 seconds (exit code 137).",
  symptoms: ["killed-on-stop"],
  ignore:
    "If a program needs the variable with this name and value, and systemd detects the container in another way, you can disable this rule.",
  evidence: {
    measured:
      "Docker 28.5, cgroup v2, systemd 252: with container= (empty), systemd boots and is killed after 10.1 s " +
      '(exit code 137): "Failed to invoke reboot(): Operation not permitted".',
  },
  sources: ["systemd, docs/CONTAINER_INTERFACE.md", "systemd, src/basic/virt.c"],
  messages: {
    empty:
      "An empty container= disables container detection: systemd never stops cleanly (killed after 10 s, exit code 137). Set container=docker.",
    form: '"{value}" is not a valid value for the environment variable container, which must be a short lower-case word. Set container=docker.',
    name: "systemd does not read {name}. Rename it to container.",
  },
  fixes: {
    set: "Set container=docker",
    rename: "Rename {name} to container",
  },
  *check({ image }, say) {
    const set = image.env.get("container");
    // If the value seems to contain further variables, the fix would delete them, so it is only a suggestion.
    const fix = editFix(image.edit.setEnv("container", "docker"), say("set"), !set?.value?.includes("="));
    if (set?.span && set.value === "") {
      yield { span: set.span, message: say("empty"), fixes: [fix] };
    } else if (set?.span && set.value !== undefined && /[\sA-Z]/.test(set.value)) {
      yield { span: set.span, message: say("form", { value: set.value }), fixes: [fix] };
    }
    const name = misspelledContainer(image);
    const wrong = name === undefined ? undefined : image.env.get(name);
    const span = wrong?.nameSpan ?? wrong?.span;
    if (name === undefined || !span) return;
    yield {
      span,
      message: say("name", { name }),
      fixes: [editFix(image.edit.renameEnv(name, "container"), say("rename", { name }), true)],
    };
  },
});
