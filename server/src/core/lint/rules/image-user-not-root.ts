import type { Edit } from "../../base/text";
import { isRoot } from "../../container/user";
import type { Image } from "../../image/image";
import { everyRun } from "../queries/every-run";
import { editFix } from "../queries/fixes";
import { imageRule } from "../rule";

export const imageUserNotRoot = imageRule({
  id: "image-user-not-root",
  title: "Start systemd as root",
  severity: "error",
  why: `
    The last USER of an image is the user that PID 1 runs as. systemd must set up cgroups and mounts and start each
    service as the right user, which only root can do. Services and shells do not need USER: units set the user of
    each service (\`User=\`), and you choose the user of a shell when you enter the container (\`docker exec --user\`, or
    \`remoteUser\` in a dev container).
  `,
  consequence: 'PID 1 exits with code 255: "Failed to allocate manager object."',
  symptoms: ["exit-255"],
  ignore:
    "If a program that this rule cannot read becomes root before it starts systemd, you can disable this rule.",
  evidence: {
    measured:
      'Docker 28.5, cgroup v2, systemd 252: with USER nobody, PID 1 exits with code 255, "Failed to allocate manager object."',
  },
  messages: {
    found:
      "PID 1 runs as {user}, so systemd exits with code 255. Set the last USER to root, and set User= in the service units.",
    raised:
      "PID 1 runs as {user}. systemd boots only if {program} becomes root first. Set the last USER to root if possible.",
  },
  fixes: {
    fix: "Set the last USER to root",
  },
  *check(subject, say) {
    const { image, boot } = subject;
    const { user } = image;
    if (!user || user.value.includes("$") || isRoot(user.value)) return;
    if (everyRun(subject, (spec) => isRoot(spec.user ?? ""))) return;
    // An unknown program between the engine and init might switch to root.
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

/** Changes the last USER, unless a later build step needs that user; otherwise adds a USER before the program. */
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
