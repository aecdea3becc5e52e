import { imageBoot } from "../queries/replaced-init";
import { replacedSystemd } from "../queries/stand-in";
import { containerRule } from "../rule";

export const devcontainerOverrideCommand = containerRule({
  id: "devcontainer-override-command",
  title: "Let the dev container start the image's init",
  severity: "error",
  always: true,
  why: `
    With \`image\` or \`build\`, \`overrideCommand\` defaults to true: to stay alive, the container runs a shell loop
    instead of the image's program, and systemd never starts. With \`dockerComposeFile\`, the default is false.

    With \`"overrideCommand": false\`, a shell starts first and then replaces itself with the image's init. Podman
    does not recognize systemd behind this shell: with Podman, also add \`"runArgs": ["--systemd=always"]\`.
  `,
  consequence:
    'No service starts, and systemctl reports "System has not been booted with systemd as init system".',
  symptoms: ["not-started"],
  ignore: "If systemd does not have to boot in the dev container, you can disable this rule.",
  evidence: {
    measured:
      "Docker 28.5, cgroup v2, systemd 252, Dev Containers CLI 0.89: with overrideCommand true, PID 1 is a shell. With " +
      "false, PID 1 is the image's init, and systemd boots.",
  },
  sources: [
    "devcontainers/spec, docs/specs/devcontainerjson-reference.md",
    "devcontainers/cli, singleContainer.ts",
  ],
  messages: {
    found:
      "The dev container runs a shell loop in place of the image's init, so systemd is not started. Set {what}.",
    unsure:
      "The dev container runs a shell loop in place of the image's program. If that program is init, systemd is not started. Set {what}.",
  },
  fixes: {
    fix: "Set {what}",
  },
  *check(subject, say) {
    yield* replacedSystemd(subject, {
      tools: ["devcontainer"],
      step: { do: "unset", key: "command" },
      doubtful: imageBoot(subject) === "certain" ? "error" : "warning",
      texts: (what) => ({
        message: say("found", { what }),
        unsure: say("unsure", { what }),
        title: say("fix", { what }),
      }),
    });
  },
});
