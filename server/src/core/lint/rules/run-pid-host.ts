import { stepsFix } from "../queries/fixes";
import { placeOf } from "../queries/run-file";
import { containerRule } from "../rule";

export const runPidHost = containerRule({
  id: "run-pid-host",
  title: "Do not share the host's PID namespace",
  severity: "error",
  pods: true,
  why: `
    In the host's PID namespace, PID 1 is the host's init, and the container's first process has another
    PID. systemd is a system manager only as PID 1. As any other process, \`/sbin/init\` behaves like the
    old \`telinit\` and exits.
  `,
  consequence:
    'The container exits with code 1: "Couldn\'t find an alternative telinit implementation to spawn."',
  symptoms: ["exit-1"],
  ignore: "There is no known reason to disable this rule while systemd is PID 1.",
  evidence: {
    measured:
      "Docker 28.5, cgroup v2, systemd 252: with pid: host, init exits with code 1 and the telinit message.",
  },
  messages: {
    found:
      "In the host's PID namespace, systemd is not PID 1 and exits with code 1 (telinit error). Remove {what}.",
  },
  fixes: {
    fix: "Remove {what}",
  },
  *check({ source }, say) {
    if (source.spec.pid !== "host") return;
    const what = source.toDisplay({ do: "set", key: "pid", value: "host" });
    yield {
      span: placeOf(source, { key: "pid" }),
      message: say("found", { what }),
      fixes: [stepsFix(source, [{ do: "unset", key: "pid" }], say("fix", { what }), false)],
    };
  },
});
