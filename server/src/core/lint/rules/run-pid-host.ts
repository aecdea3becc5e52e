import { stepsFix } from "../queries/fixes";
import { placeOf } from "../queries/run-file";
import { containerRule } from "../rule";

export const runPidHost = containerRule({
  id: "run-pid-host",
  title: "A process namespace of its own",
  severity: "error",
  why: `
    In the host's process namespace PID 1 is the host's init, and what the container starts has some other
    number. systemd is a system manager only as PID 1; as any other process \`/sbin/init\` takes itself for
    the old \`telinit\` and gives up.
  `,
  consequence: 'The container exits 1: "Couldn\'t find an alternative telinit implementation to spawn."',
  symptoms: ["exit-1"],
  ignore: "Never while systemd is to be PID 1.",
  evidence: {
    measured: "pid: host on Docker 28.5, cgroup v2, systemd 252: exit 1 with the telinit message.",
  },
  messages: {
    found: "In the host's process namespace systemd is not PID 1 and exits 1 (telinit). Remove {what}.",
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
