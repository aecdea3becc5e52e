import { replacedSystemd } from "../queries/stand-in";
import { containerRule } from "../rule";

export const moleculeCommand = containerRule({
  id: "molecule-command",
  title: "Let Molecule start the image's init",
  severity: "error",
  always: true,
  why: `
    The \`docker\` and \`podman\` drivers start a shell loop (\`while true; do sleep 10000; done\`) for each platform
    that sets neither \`command\` nor \`override_command: false\`. The image's init is not started, so every task that
    manages a service fails.

    The loop replaces only CMD. An image whose ENTRYPOINT is init still boots systemd, which receives the loop as
    arguments and ignores them.

    \`override_command: false\` starts the image's own program. \`command: /sbin/init\` also works for an image that
    starts another program. With an empty \`command\`, the image's own CMD is used.
  `,
  consequence: 'Tasks fail: "System has not been booted with systemd as init system (PID 1)."',
  symptoms: ["not-started"],
  ignore:
    "If the role manages no services and the container does not have to boot systemd, you can disable this rule.",
  evidence: {
    sourced: "molecule-plugins, playbooks/create.yml of the docker and podman drivers",
    why: "our tests start containers directly with the engines, not with Molecule.",
  },
  messages: {
    found:
      "Molecule starts a shell loop here in place of the image's init, so systemd is not started. Set {what}.",
    unsure:
      "Molecule starts a shell loop here. If the image has init in CMD and not in ENTRYPOINT, systemd is not started. Set {what}.",
  },
  fixes: {
    fix: "Set {what}",
  },
  *check(subject, say) {
    yield* replacedSystemd(subject, {
      tools: ["molecule"],
      step: { do: "unset", key: "command" },
      doubtful: "information",
      texts: (what) => ({
        message: say("found", { what }),
        unsure: say("unsure", { what }),
        title: say("fix", { what }),
      }),
    });
  },
});
