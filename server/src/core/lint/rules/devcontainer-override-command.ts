import type { SpecChange } from "../../container/spec";
import { stepsFix } from "../queries/fixes";
import { imageBoot } from "../queries/replaced-init";
import { hidesSystemd, isSetUp } from "../queries/stand-in";
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
    const { source } = subject;
    if (source.standIn?.tool !== "devcontainer" || !hidesSystemd(subject)) return;
    const step: SpecChange = { do: "unset", key: "command" };
    const what = source.toDisplay(step);
    yield {
      span: source.standIn.span,
      severity: isSetUp(subject) || imageBoot(subject) === "certain" ? "error" : "warning",
      message: say("found", { what }),
      get fixes() {
        return [stepsFix(source, [step], say("fix", { what }), false)];
      },
    };
  },
});
