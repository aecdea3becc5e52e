import { editFix } from "../queries/fixes";
import { misspelledContainer } from "../queries/misspelled-container";
import { imageRule } from "../rule";

export const imageContainerEnvValue = imageRule({
  id: "image-container-env-value",
  title: "Give the variable container its name and a value",
  severity: "warning",
  why: `
    systemd reads the variable \`container\`: a short lower-case word such as \`docker\` or \`podman\`. Set
    but empty it says "this is not a container", which switches off the detection that would work without
    it. Under another name it says nothing at all.
  `,
  consequence: "With an empty value the container boots but never stops cleanly: 10 seconds, exit code 137.",
  symptoms: ["killed-on-stop"],
  ignore:
    "A program of yours reads a variable of this very name and value, and systemd is told in another way.",
  evidence: {
    measured:
      "Docker 28.5, cgroup v2, systemd 252, container= (empty): boots, stops after 10.1 s with exit 137, " +
      '"Failed to invoke reboot(): Operation not permitted".',
  },
  sources: ["systemd, docs/CONTAINER_INTERFACE.md", "systemd, src/basic/virt.c"],
  messages: {
    empty:
      "An empty container tells systemd that it is in no container: it never stops cleanly (killed after 10 seconds, exit 137). Set container=docker.",
    form: 'container is a short lower-case word; "{value}" names no engine. Set container=docker.',
    name: "{name} is not read by systemd; the variable is called container.",
  },
  fixes: {
    set: "Set container=docker",
    rename: "Rename {name} to container",
  },
  *check({ image }, say) {
    const set = image.env.get("container");
    const fix = editFix(image.edit.setEnv("container", "docker"), say("set"), true);
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
