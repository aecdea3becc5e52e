import type { SpecChange } from "../../container/spec";
import { isRoot } from "../../container/user";
import { stepsFix } from "../queries/fixes";
import { placeOf } from "../queries/run-file";
import { containerRule } from "../rule";

export const devcontainerUser = containerRule({
  id: "devcontainer-user",
  title: "Run systemd as root, and work as another user",
  severity: "error",
  why: `
    PID 1 runs as \`containerUser\`, and systemd must run as root. Terminals, tasks and extensions run as
    \`remoteUser\` if it is set, or else as \`containerUser\`, or else as the image's last USER.

    Set \`"containerUser": "root"\`, and set \`remoteUser\` to the developer's user.
  `,
  consequence:
    'PID 1 exits with code 255 ("Failed to allocate manager object"), or everything that you start in the container runs as root.',
  symptoms: ["exit-255", "hindered"],
  ignore: "If you want to work as root in the dev container, you can disable this rule.",
  evidence: {
    sourced: "devcontainers/spec, docs/specs/devcontainerjson-reference.md",
    why: "our tests do not start dev containers as another user. In our tests, systemd started as another user exits with code 255 (see run-user).",
  },
  messages: {
    found:
      "PID 1 runs as {user}, and systemd exits with code 255 unless it runs as root. Set containerUser to root and remoteUser to {user}.",
    worker: "remoteUser is not set, so terminals and tasks run as root. Set it to {user}, the image's user.",
  },
  fixes: {
    fix: "Set {what}",
  },
  *check({ source, image }, say) {
    if (!source.worker) return;
    const { user } = source.spec;
    if (user !== undefined && !isRoot(user) && !user.includes("$")) {
      const root: SpecChange = { do: "set", key: "user", value: "root" };
      const what = source.toDisplay(root);
      const fixes = [stepsFix(source, [root], say("fix", { what }), false)];
      yield { span: placeOf(source, { key: "user" }), message: say("found", { user }), fixes };
    }
    const own = image?.image.user?.value;
    if (user === undefined || !isRoot(user) || source.worker.user !== undefined) return;
    if (own === undefined || isRoot(own) || own.includes("$")) return;
    yield {
      span: placeOf(source, { key: "user" }),
      severity: "warning",
      message: say("worker", { user: own }),
    };
  },
});
