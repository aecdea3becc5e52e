import type { SpecChange } from "../../container/spec";
import { stepsFix } from "../queries/fixes";
import { placeOf } from "../queries/run-file";
import { baseOf } from "../queries/run-image";
import { replacedSystemd } from "../queries/stand-in";
import { containerRule } from "../rule";

/** Where the systemd of each distribution is, also of those that have another directory for it. */
const anywhere = "/usr/lib/systemd/systemd";

export const kitchenCommand = containerRule({
  id: "kitchen-command",
  title: "Name the init that Test Kitchen starts",
  severity: "error",
  always: true,
  why: `
    The driver \`dokken\` starts a shell loop in each platform without \`pid_one_command\`, and the driver \`docker\` starts
    sshd without \`run_command\`. The image's init is not started then, and each resource that manages a service fails.

    The path must exist in the image. \`/bin/systemd\` is in the package of Debian and Ubuntu only;
    \`/usr/lib/systemd/systemd\` is in the packages of all current distributions.
  `,
  consequence: 'Services are not started: "System has not been booted with systemd as init system (PID 1)."',
  symptoms: ["not-started"],
  ignore:
    "If no resource manages a service and the container does not have to boot systemd, you can disable this rule.",
  evidence: {
    sourced:
      "kitchen-dokken, lib/kitchen/driver/dokken.rb; kitchen-docker, README; lists of files of the packages",
    why: "the lab starts containers with the engines themselves and does not run Test Kitchen.",
  },
  messages: {
    found:
      "Test Kitchen starts {program} here in place of the image's init, so systemd is not started. Set {what}.",
    unsure:
      "Test Kitchen starts {program} here. If the image has init in CMD and not in ENTRYPOINT, systemd is not started. Set {what}.",
    path: "{image} has no {path}, which only the package of Debian and Ubuntu includes: the container does not start. Use {right}.",
  },
  fixes: {
    fix: "Set {what}",
  },
  *check(subject, say) {
    const { source } = subject;
    const step: SpecChange = { do: "set", key: "command", value: { words: [anywhere] } };
    const [program = ""] = source.spec.command?.words ?? [];
    yield* replacedSystemd(subject, {
      tools: ["dokken", "kitchen-docker"],
      step,
      doubtful: "information",
      texts: (what) => ({
        message: say("found", { program, what }),
        unsure: source.standIn?.tool === "dokken" ? say("unsure", { program, what }) : undefined,
        title: say("fix", { what }),
      }),
    });
    if (source.standIn || !source.forTest || program !== "/bin/systemd") return;
    if (baseOf(subject)?.family !== "rpm") return;
    yield {
      span: placeOf(source, { key: "command" }),
      message: say("path", { image: source.spec.image ?? "", path: program, right: anywhere }),
      get fixes() {
        return [stepsFix(source, [step], say("fix", { what: source.toDisplay(step) }), true)];
      },
    };
  },
});
