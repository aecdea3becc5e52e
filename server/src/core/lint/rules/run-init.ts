import { stepsFix } from "../queries/fixes";
import { placeOf } from "../queries/run-file";
import { containerRule } from "../rule";

export const runInit = containerRule({
  id: "run-init",
  title: "Do not use the engine's init with systemd",
  severity: "error",
  why: `
    With \`init\`, the engine starts a small init program as PID 1, which starts the image's command.
    systemd is a system manager only as PID 1. As any other process, \`/sbin/init\` behaves like the old
    \`telinit\` and exits.
  `,
  consequence:
    'The container exits with code 1: "Couldn\'t find an alternative telinit implementation to spawn."',
  symptoms: ["exit-1"],
  ignore: "There is no known reason to disable this rule while systemd is PID 1.",
  evidence: {
    measured:
      "Docker 20.10, 26.1 and 28.5, cgroup v1 and v2: with the engine's init, systemd 247, 252, 257 and 262 exit " +
      "with code 1. With the same options but without the engine's init, they boot.",
  },
  messages: {
    found:
      "The engine's init is PID 1, so systemd is not PID 1 and exits with code 1 (telinit error). Remove {what}.",
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
      fixes: () => {
        return [stepsFix(source, [{ do: "unset", key: "init" }], say("fix", { what }), true)];
      },
    };
  },
});
