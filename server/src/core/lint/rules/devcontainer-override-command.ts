import { imageBoot } from "../queries/replaced-init";
import { replacedSystemd } from "../queries/stand-in";
import { containerRule } from "../rule";

export const devcontainerOverrideCommand = containerRule({
  id: "devcontainer-override-command",
  title: "Let the dev container start the image's init",
  severity: "error",
  always: true,
  why: `
    \`overrideCommand\` is true unless the file sets it to false: with \`image\` or \`build\` the container runs a shell
    loop in place of the image's program, so that it stays alive. systemd is never started. With \`dockerComposeFile\`
    it is false by default.

    With \`"overrideCommand": false\` a shell starts first, which replaces itself with the image's init. Podman does not
    recognize systemd behind it: there add \`"runArgs": ["--systemd=always"]\`.
  `,
  consequence:
    'No service starts, and systemctl reports "System has not been booted with systemd as init system".',
  symptoms: ["not-started"],
  ignore: "If systemd does not have to boot in the dev container, you can disable this rule.",
  evidence: {
    sourced:
      "devcontainers/spec, docs/specs/devcontainerjson-reference.md; devcontainers/cli, singleContainer.ts",
    why: "the lab starts containers with the engines themselves and does not run the Dev Containers CLI.",
  },
  messages: {
    found:
      "The dev container runs a shell loop in place of the image's init, so systemd is not started. Set {what}.",
  },
  fixes: {
    fix: "Set {what}",
  },
  *check(subject, say) {
    yield* replacedSystemd(subject, {
      tools: ["devcontainer"],
      step: { do: "unset", key: "command" },
      doubtful: imageBoot(subject) === "certain" ? "error" : "warning",
      texts: (what) => ({ message: say("found", { what }), title: say("fix", { what }) }),
    });
  },
});
