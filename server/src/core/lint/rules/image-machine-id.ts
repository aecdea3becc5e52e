import { isRoot } from "../../container/user";
import type { Image, RunInstruction } from "../../image/image";
import { installedBy, installsUnread } from "../../image/packages";
import { commandsThat, programOf } from "../../image/programs";
import type { ShellCommand } from "../../shell/reader";
import { editFix } from "../queries/fixes";
import { installsSystemd } from "../queries/systemd-packages";
import { imageRule } from "../rule";

const file = "/etc/machine-id";

export const imageMachineId = imageRule({
  id: "image-machine-id",
  title: "Leave /etc/machine-id empty in the image",
  severity: "information",
  why: `
    Installing systemd writes \`/etc/machine-id\`, an ID that must be unique to each host. If it is part of an image,
    all containers of that image share it, and their journals, D-Bus daemons and DHCP leases cannot be distinguished. If
    the file is empty, systemd generates a new ID at boot. If the file is missing, systemd treats the boot as a first
    boot and can prompt for settings.
  `,
  consequence: "All containers that are created from the image share one machine ID.",
  symptoms: ["hindered"],
  ignore:
    "If only one container of the image ever runs, or if all its containers must have the same ID, you can disable this rule.",
  evidence: {
    sourced:
      "machine-id(5); for this reason, freeipa-container prevents systemd-machine-id-setup from writing the file during the build",
    why: "a single boot works with any ID; the problem becomes visible only when containers are compared.",
  },
  sources: ["machine-id(5)"],
  messages: {
    found:
      "Installing {name} writes /etc/machine-id, so all containers of this image share one machine ID. Empty the file after the last install.",
  },
  fixes: {
    fix: "Empty /etc/machine-id after the last install",
  },
  *check({ image, boot }, say) {
    const commands = thatMatter(image);
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
      fixes: () => {
        const last = lastInstall(image, install.run);
        return [editFix(last && image.edit.insertAfter(last, `RUN : > ${file}`), say("fix"), true)];
      },
    };
  },
});

/**
 * The last RUN of the stage that installs something, starting with the one that installs systemd; undefined if the
 * latter does not run as root. Only instructions that run as the same user are considered.
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

const thatMatter = commandsThat((command) => installedBy(command) !== undefined || empties(command));

/** Whether a command clears the ID: by emptying the file, removing it, or replacing its content. */
function empties(command: ShellCommand): boolean {
  const { words, redirections } = command;
  if (redirections.some(({ operator, target }) => /^(>|>\|)$/.test(operator) && target?.endsWith(file)))
    return true;
  if (!words.some((word) => word?.endsWith(file))) return false;
  return /^(truncate|rm|cp|ln|mv|tee|dd|sed|shred)$/.test(programOf(command));
}
