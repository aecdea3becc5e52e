import type { Edit } from "../../base/text";
import { isRoot } from "../../container/user";
import type { Image } from "../../image/image";
import { everyRun } from "../queries/every-run";
import { editFix } from "../queries/fixes";
import { imageRule } from "../rule";

export const imageUserNotRoot = imageRule({
  id: "image-user-not-root",
  title: "Let systemd start as root",
  severity: "error",
  why: `
    The last USER of an image is who PID 1 runs as. systemd has to set up cgroups, mounts and the users of its
    services, and cannot do that as somebody else. Services run as whom their units say (\`User=\`), and
    whoever enters the container is chosen there (\`docker exec --user\`, \`remoteUser\` of a dev container):
    neither needs USER.
  `,
  consequence: 'PID 1 exits 255: "Failed to allocate manager object."',
  symptoms: ["exit-255"],
  ignore: "Something that cannot be seen here raises itself to root before it starts systemd.",
  evidence: {
    measured:
      'USER nobody on Docker 28.5, cgroup v2, systemd 252: exit 255, "Failed to allocate manager object."',
  },
  messages: {
    found:
      "PID 1 would run as {user}, and systemd exits 255. Let the image end as root; units name their users themselves.",
    raised:
      "PID 1 would start as {user}: systemd comes up only if {program} becomes root before it starts it. Let the image end as root where nothing keeps you from it.",
  },
  fixes: {
    fix: "End as root (USER root)",
  },
  *check(subject, say) {
    const { image, boot } = subject;
    const { user } = image;
    if (!user || user.value.includes("$") || isRoot(user.value)) return;
    if (everyRun(subject, (spec) => isRoot(spec.user ?? ""))) return;
    // A program that is not known, between the engine and init, may raise itself to root.
    const [program] = boot.argv;
    const raised = boot.boots === "likely" && boot.evidence !== "base" && program !== undefined;
    if (boot.evidence === "settings" || boot.evidence === "name") return;
    yield {
      span: user.span,
      severity: raised ? "hint" : "error",
      message: raised ? say("raised", { user: user.value, program }) : say("found", { user: user.value }),
      fixes: [editFix(endAsRoot(image), say("fix"), false)],
    };
  },
});

/** Sets the last USER, where no step of the build after it needs that user; else adds one before the program. */
function endAsRoot({ own, user, edit }: Image): readonly Edit[] {
  const at = own.findLastIndex(({ keyword }) => keyword === "USER");
  const step = own.findLastIndex(
    ({ keyword }) => keyword === "RUN" || keyword === "COPY" || keyword === "ADD",
  );
  if (user && at !== -1 && at > step) return edit.replace(user.span, "root");
  const program = own
    .slice(Math.max(at, step) + 1)
    .find(({ keyword }) => keyword === "CMD" || keyword === "ENTRYPOINT");
  if (!program) return edit.insert("USER root", "end");
  return edit.insertBefore(program, "USER root");
}
