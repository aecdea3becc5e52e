import type { Image, Instruction, Variable } from "../../image/image";
import { editFix } from "../queries/fixes";
import { imageRule } from "../rule";

/** What PID 1, shells and package managers read; services get their own PATH and locale from systemd. */
const notForServices =
  /^(container|PATH|HOME|TERM|SHELL|LANG|LANGUAGE|LC_\w+|TZ|DEBIAN_FRONTEND|DEBCONF_\w+|SYSTEMD_\w+|PIP_\w+|init)$/;

/** Drop-ins for all units of a type are read from here on (systemd NEWS 244). */
const typeDropIns = 244;

export const imageEnvironment = imageRule({
  id: "image-environment",
  title: "Pass the environment on to services",
  severity: "hint",
  off: true,
  why: `
    ENV sets variables of PID 1. systemd does not hand them on: a service starts with a small environment of
    its own. What a service is to see has to be named in its unit, by \`Environment=\`, \`EnvironmentFile=\`, or
    \`PassEnvironment=\`, which takes the value that PID 1 has, and with it what \`docker run -e\` sets.
  `,
  consequence: "Services do not see the variable.",
  symptoms: ["no-effect"],
  ignore:
    "The variable is meant for PID 1, for `docker exec` or for a shell, not for services. The rule is off until you switch it on.",
  evidence: {
    sourced: "systemd.exec(5), Environment Variables in Spawned Processes",
    why: "Whether a service misses a variable is the service's affair; the boot is the same.",
  },
  sources: ["systemd.exec(5)"],
  messages: {
    found:
      "Services do not inherit {name}: systemd gives them an environment of their own. Pass it on with PassEnvironment=.",
  },
  fixes: {
    fix: "Pass {names} on to all services",
  },
  *check({ image }, say) {
    const uses = usesOf(image);
    const variables = [...image.env].filter((entry): entry is [string, Variable] =>
      isForServices(entry, uses),
    );
    const names = variables.map(([name]) => name).join(" ");
    const fix =
      (image.base?.systemdVersion ?? typeDropIns) >= typeDropIns
        ? image.edit.insert(dropIn(names), "before-program")
        : undefined;
    for (const [index, [name, { span, nameSpan }]] of variables.entries()) {
      const place = nameSpan ?? span;
      if (!place) continue;
      // One drop-in passes all of them on, so it is offered once.
      const fixes = index === 0 ? [editFix(fix, say("fix", { names }), false)] : [];
      yield { span: place, message: say("found", { name }), fixes };
    }
  },
});

/** Set here, not a matter of the build, and not named by something that passes it on. */
function isForServices([name, { instruction }]: [string, Variable], uses: Uses): boolean {
  if (!instruction || notForServices.test(name)) return false;
  return ![...(uses.get(name) ?? [])].some((step) => step !== instruction);
}

/** The first two instructions that use a variable, by its name: one of them is not the one that sets it. */
type Uses = ReadonlyMap<string, ReadonlySet<Instruction>>;

function usesOf({ instructions }: Image): Uses {
  const uses = new Map<string, Set<Instruction>>();
  for (const step of instructions) {
    for (const text of [step.arguments, ...step.heredocs.map(({ body }) => body)]) {
      for (const name of namesIn(text)) {
        const steps = uses.get(name) ?? new Set();
        if (steps.size < 2) steps.add(step);
        uses.set(name, steps);
      }
    }
  }
  return uses;
}

/** The variables that a text puts in, or lists to be passed on. */
function namesIn(text: string): string[] {
  const used = [...text.matchAll(/\$\{?(\w+)/g)].map(([, name = ""]) => name);
  const passed = [...text.matchAll(/PassEnvironment=([^\n]*)/g)].flatMap(
    ([, list]) => list?.match(/\w+/g) ?? [],
  );
  return [...used, ...passed];
}

function dropIn(names: string): string {
  const folder = "/etc/systemd/system/service.d";
  return `RUN mkdir -p ${folder} && printf '[Service]\\nPassEnvironment=${names}\\n' > ${folder}/environment.conf`;
}
