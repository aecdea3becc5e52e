import { settingsOf, unitFiles } from "../../image/unit-files";
import { defaultFix, passFix } from "../queries/environment-fixes";
import { environmentUses } from "../queries/unit-environment";
import { imageRule } from "../rule";

export const imageEnvironment = imageRule({
  id: "image-environment",
  title: "Pass ENV variables on to services",
  severity: "information",
  why: `
    ENV sets variables of PID 1. systemd does not pass them on: a service starts with a small environment, and
    \`ConditionEnvironment=\` sees that of the system manager without them. What a service reads has to be handed
    to it:

    - \`PassEnvironment=NAME\` in the unit: this service sees the value of PID 1, also one that \`docker run -e\`
      sets. Conditions do not.
    - \`DefaultEnvironment=NAME=value\` in system.conf: all units and conditions see a value that the build knows.
    - \`systemd.setenv=NAME=value\` as a word behind init (\`command:\`): the same for a value of the run.
    - An executable in \`/etc/systemd/system-environment-generators\` that prints \`NAME=value\` lines which it takes
      from /proc/1/environ: the same for all values of the run.

    \`ManagerEnvironment=\` does not reach services, and a unit with \`EnvironmentFile=/proc/1/environ\` fails. Secrets
    that are passed in these ways are seen by \`systemctl show-environment\`; give those by LoadCredential= or a file.
  `,
  consequence: "The service does not see the variable, or a condition skips it.",
  symptoms: ["no-effect"],
  ignore: "If the service sets the variable in a way that is not seen here, you can disable this rule.",
  evidence: {
    measured:
      "Docker 28.5, cgroup v2, systemd 252: a variable of ENV or -e is seen by no service and no ConditionEnvironment=; " +
      "with PassEnvironment=, DefaultEnvironment=, systemd.setenv= or a generator it is. ManagerEnvironment= changes nothing, " +
      "EnvironmentFile=/proc/1/environ fails the unit.",
  },
  sources: ["systemd.exec(5), Environment Variables in Spawned Processes", "systemd-system.conf(5)"],
  messages: {
    exec: "{unit} reads {name}, but ENV sets it for PID 1 only: services do not inherit it. Pass it with PassEnvironment=.",
    condition:
      "ConditionEnvironment= of {unit} does not see {name}: ENV sets it for PID 1 only. Set it with DefaultEnvironment=.",
    file: "{unit} fails with EnvironmentFile=/proc/1/environ: the file is not in the form that systemd reads. Use PassEnvironment=.",
  },
  *check(subject, say) {
    const { image, uri, fileUri } = subject;
    for (const use of environmentUses(subject)) {
      const { name, unit, condition } = use;
      const { nameSpan, value } = image.env.get(name) ?? {};
      if (!nameSpan) continue;
      const pass = condition ? undefined : passFix({ dockerfile: { uri, text: image.text }, fileUri }, use);
      yield {
        span: nameSpan,
        message: condition ? say("condition", { unit, name }) : say("exec", { unit, name }),
        fixes: [pass, defaultFix({ edit: image.edit, uri }, name, value)],
      };
    }
    for (const file of unitFiles(subject)) {
      if (!settingsOf(file).some(({ key, value }) => key === "EnvironmentFile" && environ.test(value)))
        continue;
      yield {
        span: file.instruction.argumentsSpan,
        severity: "warning",
        message: say("file", { unit: file.unit }),
      };
    }
  },
});

const environ = /^-?\/proc\/(1|self)\/environ$/;
