import { isRoot } from "../../container/user";
import type { Command, Image, RunInstruction } from "../../image/image";
import { installedBy, installsUnread } from "../../image/packages";
import { programOf } from "../queries/build-steps";
import { editFix } from "../queries/fixes";
import { installsSystemd } from "../queries/systemd-packages";
import { imageRule } from "../rule";

const file = "/etc/machine-id";

export const imageMachineId = imageRule({
  id: "image-machine-id",
  title: "Leave the machine ID empty",
  severity: "information",
  why: `
    Installing systemd writes \`/etc/machine-id\`, a number that is meant to be unique to one machine. Baked
    into an image it is the same in every container: their journals, D-Bus and DHCP leases cannot be told
    apart. An empty file makes systemd choose a new one at boot; a missing one counts as a first boot, which
    may ask questions.
  `,
  consequence: "All containers of the image share one machine ID.",
  symptoms: ["hindered"],
  ignore:
    "Only one container of the image ever runs, or something outside needs the same ID from all of them.",
  evidence: {
    sourced:
      "machine-id(5); freeipa-container keeps systemd-machine-id-setup from writing at build for this reason",
    why: "A single boot runs well with any ID: it takes a comparison of containers, which an outcome does not hold.",
  },
  sources: ["machine-id(5)"],
  messages: {
    found:
      "Installing {name} writes /etc/machine-id, so all containers of this image share one ID. Empty the file last.",
  },
  fixes: {
    fix: "Empty /etc/machine-id after the last install",
  },
  *check({ image, boot }, say) {
    const commands = image.commands;
    const at = commands.findLastIndex((command) => installsSystemd(command) !== undefined);
    const install = commands[at];
    const package_ = install && installsSystemd(install);
    if (!package_ || install.run.stage !== image.from.stage) return;
    if (commands.slice(at + 1).some(empties) || image.copies.some(({ destination }) => destination === file))
      return;
    yield {
      span: package_.span,
      severity: boot.boots === "certain" ? "information" : "hint",
      message: say("found", { name: package_.name }),
      get fixes() {
        const last = lastInstall(image, install.run);
        return [editFix(last && image.edit.insertAfter(last, `RUN : > ${file}`), say("fix"), true)];
      },
    };
  },
});

/**
 * The last RUN of the stage that installs something, from the one that installs systemd on; undefined where that
 * one does not run as root. A RUN below it runs as the same user.
 */
function lastInstall({ own, runs }: Image, systemd: RunInstruction): RunInstruction | undefined {
  const steps = own.slice(own.findIndex(({ index }) => index === systemd.index));
  const change = steps.findIndex(({ keyword, arguments: user }) => keyword === "USER" && !isRoot(user));
  const end = steps[change === -1 ? steps.length : change]?.index ?? Number.POSITIVE_INFINITY;
  const user = own.findLast(({ keyword, index }) => keyword === "USER" && index < systemd.index);
  if (user && !isRoot(user.arguments)) return undefined;
  return runs.findLast(
    ({ stage, index, commands }) =>
      stage === systemd.stage &&
      index >= systemd.index &&
      index < end &&
      commands.some((command) => installedBy(command) !== undefined || installsUnread(command)),
  );
}

/** Says whether a command leaves no ID in the file: emptied, removed, or a word in place of the ID. */
function empties(command: Command): boolean {
  const { words, redirections } = command;
  if (redirections.some(({ operator, target }) => /^(>|>\|)$/.test(operator) && target?.endsWith(file)))
    return true;
  if (!words.some((word) => word?.endsWith(file))) return false;
  return /^(truncate|rm|cp|ln|mv|tee|dd|sed|shred)$/.test(programOf(command));
}
