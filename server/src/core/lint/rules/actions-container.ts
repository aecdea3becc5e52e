import { replacedSystemd } from "../queries/stand-in";
import { containerRule } from "../rule";

export const actionsContainer = containerRule({
  id: "actions-container",
  title: "Start systemd in a step, not as the container of a job",
  severity: "warning",
  always: true,
  why: `
    GitHub's runner creates the container of a job (\`jobs.*.container\`) with the entrypoint \`tail -f /dev/null\`, and runs
    each step in it. The image's ENTRYPOINT and CMD are not used, whatever \`options\` are set, so systemd is never PID 1
    there, and each step that manages a service fails.

    Start the image with \`docker run\` in a step of a job without \`container\`, and run commands in it with \`docker exec\`.
    A container of \`services\` keeps the program of its image.
  `,
  consequence: 'Steps fail: "System has not been booted with systemd as init system (PID 1)."',
  symptoms: ["not-started"],
  ignore:
    "If no step manages a service and the image is used for its programs only, you can disable this rule.",
  evidence: {
    sourced: "actions/runner, src/Runner.Worker/ContainerOperationProvider.cs (StartContainerAsync)",
    why: "the lab starts containers with the engines themselves and does not run GitHub's runner.",
  },
  messages: {
    found:
      "GitHub starts tail in the container of a job in place of the image's init: systemd cannot boot. Start it with docker run in a step.",
  },
  *check(subject, say) {
    yield* replacedSystemd(subject, {
      tools: ["github-actions"],
      certain: "warning",
      doubtful: "information",
      texts: () => ({ message: say("found") }),
    });
  },
});
