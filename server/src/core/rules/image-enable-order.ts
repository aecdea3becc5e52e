import type { Image, Instruction, UnitAction } from "../image/image";
import { type ImageSubject, imageRule } from "../rule";
import type { Edit } from "../text";
import { commandsOf, editorOf, insertAfter, programOf, withoutCommand } from "./build-steps";
import { installsSystemd } from "./package-facts";
import { editFix } from "./shared";
import { writtenFiles } from "./written-files";

const unitPath = /^(\/etc|\/run|(\/usr(\/local)?)?\/lib)\/systemd\/system\/([^/]+)$/;

export const imageEnableOrder = imageRule({
  id: "image-enable-order",
  title: "Enable a unit after it is there",
  severity: "warning",
  why: `
    \`systemctl enable\` reads the unit's file and makes the links that its \`[Install]\` section asks for. The
    file has to be there by then, and so has systemctl: instructions run in the order in which they are
    written.
  `,
  consequence: 'The build fails: "Failed to enable unit: Unit file does not exist."',
  evidence: {
    measured: "Docker 28.5, systemd 252: RUN systemctl enable of a unit that does not exist fails the build.",
  },
  messages: {
    unit: "{unit} is put into the image only further down, so there is nothing to enable yet. Enable it after that.",
    systemd: "systemd is installed only further down: there is no systemctl yet. Enable {unit} after that.",
    fix: "Enable {unit} after it is there",
    later: "put into the image here",
    installed: "systemd is installed here",
  },
  *check(subject, say) {
    const { image, uri } = subject;
    const files = writtenFiles(subject);
    for (const action of image.units) {
      const { unit, verb, instruction, span } = action;
      if (verb !== "enable" || instruction.keyword !== "RUN") continue;
      const writers = files.filter(({ path }) => unitPath.exec(path)?.[4] === unit);
      const at = image.instructions.indexOf(instruction);
      const before = image.instructions.slice(0, at + 1);
      const first = writers[0]?.instruction;
      const late =
        first !== undefined && image.instructions.indexOf(first) > at && !mayProvide(image, before, unit);
      const install = late ? undefined : installedLater(image, at);
      const later = late ? first : install;
      if (!later) continue;
      const edits = moved(subject, action, later);
      yield {
        span,
        message: say(late ? "unit" : "systemd", { unit }),
        fixes: [editFix(edits, say("fix", { unit }), false)],
        related: [{ uri, span: later.argumentsSpan, message: say(late ? "later" : "installed") }],
      };
    }
  },
  examples: [
    {
      says: "The unit is copied after it is enabled.",
      source: `
        FROM debian:12
        ENV container=docker
        RUN apt-get update && apt-get install -y systemd systemd-sysv dbus
        RUN systemctl enable app.service
        #                    ^^^^^^^^^^^ nothing to enable yet
        COPY app.service /etc/systemd/system/
        RUN systemctl set-default multi-user.target
        RUN : > /etc/machine-id
        STOPSIGNAL SIGRTMIN+3
        CMD ["/sbin/init"]
      `,
      fixed: `
        FROM debian:12
        ENV container=docker
        RUN apt-get update && apt-get install -y systemd systemd-sysv dbus
        COPY app.service /etc/systemd/system/
        RUN systemctl enable app.service
        RUN systemctl set-default multi-user.target
        RUN : > /etc/machine-id
        STOPSIGNAL SIGRTMIN+3
        CMD ["/sbin/init"]
      `,
    },
    {
      says: "A package brought the unit, and a copy replaces it later.",
      source: `
        FROM debian:12
        ENV container=docker
        RUN apt-get update && apt-get install -y systemd systemd-sysv dbus nginx
        RUN systemctl enable nginx.service
        COPY nginx.service /etc/systemd/system/
        RUN systemctl set-default multi-user.target
        RUN : > /etc/machine-id
        STOPSIGNAL SIGRTMIN+3
        CMD ["/sbin/init"]
      `,
    },
    {
      says: "Copied first, then enabled.",
      source: `
        FROM debian:12
        ENV container=docker
        RUN apt-get update && apt-get install -y systemd systemd-sysv dbus
        COPY app.service /etc/systemd/system/
        RUN systemctl enable app.service
        RUN systemctl set-default multi-user.target
        RUN : > /etc/machine-id
        STOPSIGNAL SIGRTMIN+3
        CMD ["/sbin/init"]
      `,
    },
  ],
});

/** Programs that can bring a unit of any name. */
const opaque =
  /^(make|cmake|tar|unzip|dpkg|rpm|pip3?|python3?|git|bash|sh|source|\.|ansible-playbook|puppet|npm|cargo|go|curl|wget|systemctl-link)$/;

/** An earlier instruction may have brought the unit: a package of its name, a script, a tree, the base image. */
function mayProvide(
  { base, runs, packages, copies }: Image,
  before: readonly Instruction[],
  unit: string,
): boolean {
  if (base === undefined || unit.startsWith("systemd-")) return true;
  const stem = unit.replace(/[@.].*$/, "").toLowerCase();
  const earlier = new Set(before);
  for (const [name, { run }] of packages) {
    if (!earlier.has(run)) continue;
    const package_ = name.toLowerCase();
    if (package_.includes(stem) || stem.includes(package_.split("-")[0] ?? package_)) return true;
  }
  if (
    copies.some(
      (copy) =>
        earlier.has(copy) && /^\/?$|^\/(etc|usr|lib)(\/(lib|systemd|local))*\/?$/.test(copy.destination),
    )
  )
    return true;
  return runs.some(
    (run) =>
      earlier.has(run) &&
      run.commands.some(
        (command) =>
          command.words[0] === undefined || command.words[0].includes("/") || opaque.test(programOf(command)),
      ),
  );
}

/** The instruction that first installs systemd, when everything before it is known to bring none. */
function installedLater(image: Image, at: number): Instruction | undefined {
  if (image.base?.hasSystemd !== "no") return undefined;
  const first = commandsOf(image).find((command) => installsSystemd(image, command));
  if (!first || image.instructions.indexOf(first.run) <= at) return undefined;
  const before = new Set(image.instructions.slice(0, at + 1));
  const brought = [...image.packages.values()].some(({ run }) => before.has(run));
  const copied = image.copies.some((copy) => before.has(copy) && copy.fromStage !== undefined);
  return brought || copied || mayProvide(image, [...before], "systemctl.service") ? undefined : first.run;
}

/** Takes the unit out of its place and enables it after `later`. */
function moved(
  subject: ImageSubject,
  { unit, span, instruction }: UnitAction,
  later: Instruction,
): readonly Edit[] | undefined {
  const { image } = subject;
  const command = commandsOf(image).find(
    ({ run, wordSpans }) => run === instruction && wordSpans.some((word) => word.start === span.start),
  );
  const operands = command?.words.slice(1).filter((word) => !word?.startsWith("-")) ?? [];
  if (!command || operands.length !== 2 || later.stage !== instruction.stage) return undefined;
  const written = image.text.slice(span.start, span.end);
  const removal = withoutCommand(subject, command);
  if (!removal || editorOf(subject, instruction) === undefined) return undefined;
  return [
    ...removal,
    ...insertAfter(image, later, `RUN systemctl enable ${/^[\w@.:-]+$/.test(written) ? written : unit}`),
  ];
}
