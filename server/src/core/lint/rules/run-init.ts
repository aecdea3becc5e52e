import { stepsFix } from "../queries/fixes";
import { placeOf } from "../queries/run-file";
import { containerRule } from "../rule";

export const runInit = containerRule({
  id: "run-init",
  title: "No other init in front of systemd",
  severity: "error",
  why: `
    With an init of its own the engine starts a small program as PID 1, and that starts what the image
    names. systemd is a system manager only as PID 1; started as any other process, \`/sbin/init\` takes
    itself for the old \`telinit\` and gives up.
  `,
  consequence: 'The container exits 1: "Couldn\'t find an alternative telinit implementation to spawn."',
  symptoms: ["exit-1"],
  ignore: "Never while systemd is to be PID 1.",
  evidence: {
    measured:
      "exit 1 on Docker 20.10, 26.1 and 28.5, cgroup v1 and v2, systemd 247, 252, 257 and 262, with flags that boot without it.",
  },
  messages: {
    found: "The engine's init takes PID 1, so systemd is not PID 1 and exits 1 (telinit). Remove {what}.",
  },
  fixes: {
    fix: "Remove {what}",
  },
  *check({ source }, say) {
    if (source.spec.init !== true) return;
    const what = source.toDisplay({ do: "set", key: "init", value: true });
    yield {
      span: placeOf(source, { key: "init" }),
      message: say("found", { what }),
      get fixes() {
        return [stepsFix(source, [{ do: "unset", key: "init" }], say("fix", { what }), true)];
      },
    };
  },
});
