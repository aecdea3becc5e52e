import { editorOf } from "../queries/build-steps";
import { editFix } from "../queries/fixes";
import { imageRule } from "../rule";

export const imageEnvLegacyForm = imageRule({
  id: "image-env-legacy-form",
  title: "Use ENV key=value",
  severity: "hint",
  buildTime: true,
  why: `
    \`ENV container docker\` is the legacy form of \`ENV container=docker\`. The rest of the line becomes the value, so
    a second variable on the line becomes part of that value. BuildKit warns about this form in every build
    (LegacyKeyValueFormat).
  `,
  consequence: "The build prints a warning, and a second variable on the line becomes part of the value.",
  symptoms: ["build"],
  ignore: "There is no known reason to disable this rule. Old builders also accept the equals sign.",
  evidence: {
    sourced: "Dockerfile reference, ENV; BuildKit build check LegacyKeyValueFormat",
    why: "both forms set the same value, so a boot shows no difference.",
  },
  sources: ["https://docs.docker.com/reference/build-checks/legacy-key-value-format/"],
  messages: {
    found:
      "ENV with a space instead of = is deprecated: everything after the key becomes the value. Use {fixed}.",
  },
  fixes: {
    fix: "Replace with {fixed}",
    all: "Replace with {fixed}, and convert every other ENV in the stage",
  },
  *check(subject, say) {
    const set = subject.image.env.get("container");
    if (!set?.legacyForm || !set.instruction || !set.span || !set.value || /[\s"']/.test(set.value)) return;
    const fixed = `container=${set.value}`;
    // A stage that mixes both forms is harder to read, so all ENV instructions in it are converted.
    const edits = editorOf(subject, set.instruction).modernEnv();
    yield {
      span: set.span,
      message: say("found", { fixed }),
      fixes: [editFix(edits, say((edits?.length ?? 0) > 1 ? "all" : "fix", { fixed }), true)],
    };
  },
});
