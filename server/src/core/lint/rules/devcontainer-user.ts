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
    \`containerUser\` is the user of PID 1, which has to be root where that is systemd. \`remoteUser\` is the user of
    terminals, tasks and extensions; without it they run as \`containerUser\`, else as the last USER of the image.

    So set \`"containerUser": "root"\`, and name the developer in \`remoteUser\`.
  `,
  consequence:
    'PID 1 exits 255: "Failed to allocate manager object." Or all that you start in the container is root\'s.',
  symptoms: ["exit-255", "hindered"],
  ignore: "If you want to work as root in the dev container, you can disable this rule.",
  evidence: {
    sourced: "devcontainers/spec, docs/specs/devcontainerjson-reference.md",
    why: "the lab does not run the Dev Containers CLI. That systemd as another user exits 255 was booted, see run-user.",
  },
  messages: {
    found:
      "containerUser is the user of PID 1: as {user}, systemd exits 255. Set it to root, and set remoteUser to {user}.",
    worker:
      "PID 1 runs as root, and so do terminals and tasks, as remoteUser is not set. The image's user is {user}.",
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
