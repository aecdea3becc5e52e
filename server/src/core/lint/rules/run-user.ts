import type { SpecChange } from "../../container/spec";
import { isRoot } from "../../container/user";
import { stepsFix } from "../queries/fixes";
import { placeOf } from "../queries/run-file";
import { containerRule } from "../rule";

export const runUser = containerRule({
  id: "run-user",
  title: "Run systemd as root",
  severity: "error",
  pods: true,
  why: `
    PID 1 runs as the container's user. As PID 1, systemd must run as root: it creates cgroups, mounts and runtime
    directories, and starts each service as the user that its unit sets. Root in an unprivileged container is not root
    on the host.
  `,
  consequence: 'PID 1 exits with code 255: "Failed to allocate manager object".',
  symptoms: ["exit-255"],
  ignore:
    "There is no known reason to disable this rule while systemd is PID 1: units set their users with User=.",
  evidence: { measured: "Docker 28.5, cgroup v2, systemd 252: with USER nobody, PID 1 exits with code 255." },
  messages: {
    found:
      "systemd must run as root. As {user}, PID 1 exits with code 255 (Failed to allocate manager object).",
  },
  fixes: {
    remove: "Remove {what}",
    set: "Set {what}",
  },
  *check({ source, image }, say) {
    const { user } = source.spec;
    // A variable gets its value where the engine is called. Another rule covers dev containers.
    if (source.worker || user === undefined || user.includes("$") || isRoot(user)) return;
    const own = image?.image.user?.value;
    const root: SpecChange = { do: "set", key: "user", value: "root" };
    const fix =
      own === undefined || isRoot(own)
        ? stepsFix(
            source,
            [{ do: "unset", key: "user" }],
            say("remove", { what: source.toDisplay({ ...root, value: user }) }),
            false,
          )
        : stepsFix(source, [root], say("set", { what: source.toDisplay(root) }), false);
    yield { span: placeOf(source, { key: "user" }), message: say("found", { user }), fixes: [fix] };
  },
});
