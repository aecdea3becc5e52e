import { settingsOf, unitFiles } from "../../image/unit-files";
import { defaultFix, generatorFix, passFix } from "../queries/environment-fixes";
import { environmentUses } from "../queries/unit-environment";
import { imageRule } from "../rule";

export const imageEnvironment = imageRule({
  id: "image-environment",
  title: "Pass ENV variables on to services",
  severity: "information",
  why: `
    ENV sets variables for PID 1. systemd does not pass them on: services start with a minimal environment, and
    \`ConditionEnvironment=\` ignores these variables. Pass on each variable that a service reads:

    - \`PassEnvironment=NAME\` in the unit passes PID 1's value on to this service, even a value set with \`docker run
      -e\`. Conditions ignore it.
    - \`DefaultEnvironment=NAME=value\` in system.conf sets a value that is known at build time, for all units and
      conditions.
    - \`systemd.setenv=NAME=value\` as an argument to init (\`command:\`) does the same with a value that is set at start.
    - An executable in \`/etc/systemd/system-environment-generators\` that reads /proc/1/environ and prints
      \`NAME=value\` lines does the same with all values that are set at start.

    \`ManagerEnvironment=\` does not reach services, and a unit with \`EnvironmentFile=/proc/1/environ\` fails.
    \`systemctl show-environment\` shows secrets passed in these ways; use LoadCredential= or a file for secrets.
  `,
  consequence:
    "A service runs without the variable, or is skipped because a condition on the variable is not met.",
  symptoms: ["no-effect"],
  ignore:
    "If the service receives the variable in a way that this rule does not detect, you can disable this rule.",
  evidence: {
    measured:
      "Docker 28.5, cgroup v2, systemd 252: a variable set with ENV or -e reaches neither services nor " +
      "ConditionEnvironment=. With PassEnvironment=, DefaultEnvironment=, systemd.setenv= or a generator, it reaches " +
      "services. ManagerEnvironment= changes nothing, and EnvironmentFile=/proc/1/environ makes the unit fail.",
  },
  sources: ["systemd.exec(5), Environment Variables in Spawned Processes", "systemd-system.conf(5)"],
  messages: {
    exec: "{unit} reads {name}, but services do not inherit variables that ENV sets. Pass it with PassEnvironment=.",
    condition:
      "ConditionEnvironment= in {unit} ignores {name}: ENV sets it only for PID 1. Set it with DefaultEnvironment=.",
    file: "{unit} fails: systemd cannot read the format of EnvironmentFile=/proc/1/environ. Use PassEnvironment=.",
  },
  *check(subject, say) {
    const { image, uri, fileUri } = subject;
    const uses = environmentUses(subject).filter(({ name }) => image.env.get(name)?.nameSpan);
    const generator = generatorFix({ edit: image.edit, uri }, uses, image.base?.systemdVersion);
    for (const use of uses) {
      const { name, unit, condition } = use;
      const { nameSpan, value } = image.env.get(name) ?? {};
      if (!nameSpan) continue;
      const pass = condition ? undefined : passFix({ dockerfile: { uri, text: image.text }, fileUri }, use);
      yield {
        span: nameSpan,
        message: condition ? say("condition", { unit, name }) : say("exec", { unit, name }),
        fixes: [pass, defaultFix({ edit: image.edit, uri }, name, value), generator],
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
