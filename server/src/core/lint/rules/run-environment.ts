import type { SpecChange } from "../../container/spec";
import { isInitPath } from "../../image/init";
import type { ContainerSubject } from "../../project/subject";
import { generatorFix, passFix } from "../queries/environment-fixes";
import { stepsFix } from "../queries/fixes";
import { environmentUses, setenvName } from "../queries/unit-environment";
import { containerRule, type Fix, type SayOf } from "../rule";

const messages = {
  exec: "{unit} reads {name}, which is set only for PID 1. Services do not inherit it. Pass it with PassEnvironment=.",
  condition:
    "ConditionEnvironment= in {unit} ignores {name}, which is set only for PID 1. Add systemd.setenv= to init's arguments.",
} as const;

const fixes = {
  setenv: "Add {word} to the command",
} as const;

type Say = SayOf<typeof messages & typeof fixes>;

export const runEnvironment = containerRule({
  id: "run-environment",
  title: "Pass environment variables on to services",
  severity: "information",
  why: `
    \`environment:\`, \`env_file:\` and \`-e\` set variables for PID 1. systemd does not pass them on to services, and
    \`ConditionEnvironment=\` does not find them. If a unit in the image reads a variable, pass it on in one of these
    ways:

    - \`PassEnvironment=NAME\` in the unit: for this service only, not for conditions.
    - \`systemd.setenv=NAME=value\` as an argument to init in \`command:\`: for all units and conditions.
    - An executable in the image's \`/etc/systemd/system-environment-generators\` that prints \`NAME=value\` lines from
      /proc/1/environ: for values that are set when the container starts.
    - \`DefaultEnvironment=\` in the image's system.conf: for values that are known at build time.

    \`ManagerEnvironment=\` does not set variables for services, and a unit with \`EnvironmentFile=/proc/1/environ\`
    fails.
  `,
  consequence: "A service does not receive the variable, or is skipped because its condition is not met.",
  symptoms: ["no-effect"],
  ignore:
    "If the service gets the variable in a way that this rule cannot detect, you can disable this rule.",
  evidence: {
    measured:
      "Docker 28.5, cgroup v2, systemd 252: neither services nor ConditionEnvironment= receive a variable that is " +
      "set with -e. With PassEnvironment=, DefaultEnvironment=, systemd.setenv= or a generator, services receive " +
      "it.",
  },
  sources: [
    "systemd.exec(5), Environment Variables in Spawned Processes",
    "kernel-command-line(7), systemd.setenv=",
  ],
  messages,
  fixes,
  *check(subject, say) {
    const { source, image } = subject;
    if (!image) return;
    const { environment, command } = source.spec;
    const set = new Set((command?.words ?? []).flatMap(setenvName));
    // A variable that the image also sets is reported in the Dockerfile.
    const others = environmentUses(image).filter(
      ({ name }) => !set.has(name) && !image.image.env.get(name)?.nameSpan,
    );
    if (others.length === 0) return;
    const inFiles = subject.fileVariables();
    const uses = others.filter(({ name }) => Object.hasOwn(environment, name) || inFiles.has(name));
    const { uri, fileUri } = image;
    const { edit, base } = image.image;
    const generator = generatorFix({ edit, uri }, uses, base?.systemdVersion);
    for (const use of uses) {
      const { name, unit, condition } = use;
      const dockerfile = uri === undefined ? undefined : { uri, text: image.image.text };
      yield {
        span: source.at({ variable: name }) ?? inFiles.get(name) ?? source.nameSpan,
        message: condition ? say("condition", { unit, name }) : say("exec", { unit, name }),
        fixes: [
          condition ? undefined : passFix({ dockerfile, fileUri }, use),
          setenv(subject, name, environment[name], say),
          generator,
        ],
      };
    }
  },
});

/** Adds the argument to init if the engine executes init directly and the value is a plain word. */
function setenv(
  { source, image, boot }: ContainerSubject,
  name: string,
  value: string | undefined,
  say: Say,
): Fix | undefined {
  if (value === undefined || !/^[\w.:/@,+-]+$/.test(value) || source.spec.entrypoint) return undefined;
  if (boot.executes || boot.throughShell || !isInitPath(boot.argv[0])) return undefined;
  const word = `systemd.setenv=${name}=${value}`;
  const taken = image?.image.entrypoint?.words.length ?? image?.image.base?.entrypoint?.length ?? 0;
  const words = [...boot.argv.slice(taken), word];
  const step: SpecChange = { do: "set", key: "command", value: { words } };
  return stepsFix(source, [step], say("setenv", { word }), false);
}
