import { editorOf } from "../queries/build-steps";
import { editFix } from "../queries/fixes";
import { imageRule } from "../rule";

export const imageEnvLegacyForm = imageRule({
  id: "image-env-legacy-form",
  title: "Write ENV with an equals sign",
  severity: "hint",
  why: `
    \`ENV container docker\` is the old form of \`ENV container=docker\`. It takes the whole rest of the line
    as the value, so that a second variable on the line becomes part of the first, and BuildKit warns of it
    at every build (LegacyKeyValueFormat).
  `,
  consequence: "The build warns; a second variable on the line would end up in the value.",
  symptoms: ["build"],
  ignore: "An old builder has to read the file. It understands the equals sign too.",
  evidence: {
    sourced: "Dockerfile reference, ENV; BuildKit build check LegacyKeyValueFormat",
    why: "Both forms set the same value, so no boot tells them apart.",
  },
  sources: ["https://docs.docker.com/reference/build-checks/legacy-key-value-format/"],
  messages: {
    found:
      "The old form of ENV: BuildKit warns of it, and all that follows on the line is the value. Write {fixed}.",
  },
  fixes: {
    fix: "Write {fixed}",
    all: "Write {fixed}, and every other ENV of the stage with an equals sign",
  },
  *check(subject, say) {
    const set = subject.image.env.get("container");
    if (!set?.legacyForm || !set.instruction || !set.span || !set.value || /[\s"']/.test(set.value)) return;
    const fixed = `container=${set.value}`;
    // A stage in which some variables have the old form and some the new one reads worse than before.
    const edits = editorOf(subject, set.instruction).modernEnv();
    yield {
      span: set.span,
      message: say("found", { fixed }),
      fixes: [editFix(edits, say((edits?.length ?? 0) > 1 ? "all" : "fix", { fixed }), true)],
    };
  },
});
