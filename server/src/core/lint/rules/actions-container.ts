import { replacedSystemd } from "../queries/stand-in";
import { containerRule } from "../rule";

export const actionsContainer = containerRule({
  id: "actions-container",
  title: "Start the systemd container in a step, not as the job's container",
  severity: "warning",
  always: true,
  why: `
    GitHub's runner starts a job's container (\`jobs.*.container\`) with the entrypoint \`tail -f /dev/null\` and runs
    each step in it. The runner ignores the image's ENTRYPOINT and CMD, regardless of \`options\`. systemd is
    therefore never PID 1 there, and every step that manages a service fails.

    Instead, start the image with \`docker run\` in a step of a job without \`container\`, and run commands in it with
    \`docker exec\`. Containers under \`services\` run their image's own program.
  `,
  consequence: 'Steps fail: "System has not been booted with systemd as init system (PID 1)."',
  symptoms: ["not-started"],
  ignore:
    "If no step manages a service and the job uses only the image's programs, you can disable this rule.",
  evidence: {
    sourced: "actions/runner, src/Runner.Worker/ContainerOperationProvider.cs (StartContainerAsync)",
    why: "our tests start containers directly with the engines, not with GitHub's runner.",
  },
  messages: {
    found:
      "GitHub runs tail instead of the image's init in a job's container, so systemd cannot boot. Start the image with docker run in a step.",
    unsure:
      "GitHub runs tail instead of the image's program in a job's container. If that program is init, systemd cannot boot. Start the image with docker run in a step.",
  },
  *check(subject, say) {
    yield* replacedSystemd(subject, {
      tools: ["github-actions"],
      certain: "warning",
      doubtful: "information",
      texts: () => ({ message: say("found"), unsure: say("unsure") }),
    });
  },
});
