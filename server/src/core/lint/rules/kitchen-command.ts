import type { SpecChange } from "../../container/spec";
import { stepsFix } from "../queries/fixes";
import { placeOf } from "../queries/run-file";
import { replacedSystemd } from "../queries/stand-in";
import { containerRule } from "../rule";

/** A path that leads to systemd on every distribution, including those that keep it in another directory. */
const anywhere = "/usr/lib/systemd/systemd";

export const kitchenCommand = containerRule({
  id: "kitchen-command",
  title: "Set the init that Test Kitchen starts",
  severity: "error",
  always: true,
  why: `
    Without \`pid_one_command\`, the \`dokken\` driver starts a shell loop for each platform. Without \`run_command\`,
    the \`docker\` driver starts sshd. In both cases, the image's init is not started, so every resource that manages
    a service fails.

    The path of the init must exist in the image. Only the Debian and Ubuntu packages contain \`/bin/systemd\`; the
    packages of all current distributions contain \`/usr/lib/systemd/systemd\`.
  `,
  consequence: 'Services do not start: "System has not been booted with systemd as init system (PID 1)."',
  symptoms: ["not-started"],
  ignore:
    "If no resource manages a service and the container does not have to boot systemd, you can disable this rule.",
  evidence: {
    sourced:
      "kitchen-dokken, lib/kitchen/driver/dokken.rb; kitchen-docker, README; file lists of the packages",
    why: "our tests start containers directly with the engines, not with Test Kitchen.",
  },
  messages: {
    found:
      "Test Kitchen starts {program} here in place of the image's init, so systemd is not started. Set {what}.",
    unsure:
      "Test Kitchen starts {program} here. If the image has init in CMD and not in ENTRYPOINT, systemd is not started. Set {what}.",
    path: "{image} has no {path}, which only the Debian and Ubuntu packages contain, so the container does not start. Use {right}.",
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
        unsure: say("unsure", { program, what }),
        title: say("fix", { what }),
      }),
    });
    if (source.standIn || !source.forTest || program !== "/bin/systemd") return;
    if (subject.base?.family !== "rpm") return;
    yield {
      span: placeOf(source, { key: "command" }),
      message: say("path", { image: source.spec.image ?? "", path: program, right: anywhere }),
      fixes: () => {
        return [stepsFix(source, [step], say("fix", { what: source.toDisplay(step) }), true)];
      },
    };
  },
});
