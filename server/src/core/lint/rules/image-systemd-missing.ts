import { entryScript } from "../../image/entry-script";
import type { CopyInstruction, Image } from "../../image/image";
import { isInitPath } from "../../image/init";
import { installedBy, installsUnread } from "../../image/packages";
import type { ImageSubject } from "../../project/subject";
import { readScriptFile } from "../../shell/commands";
import { isShell } from "../../shell/interpreter";
import type { ShellCommand } from "../../shell/reader";
import { editFix } from "../queries/fixes";
import { programSpan } from "../queries/program";
import { imageRule } from "../rule";

/** Debian and Ubuntu packages that bring systemd as an init with them. */
const debianNames = /^(systemd|systemd-sysv|init|systemd-cron|libpam-systemd|dbus-user-session)$/;
/** Package managers, and programs that can bring anything with them. */
const installers =
  /^(apt|apt-get|aptitude|dpkg|dnf|microdnf|yum|zypper|pacman|apk|rpm|tdnf|emerge|nix-env|make|curl|wget|git|tar|ansible|ansible-playbook|puppet|chef-client|salt-call|pip|pip3|python|python3|perl|ruby|bash|sh|source|\.)$/;

export const imageSystemdMissing = imageRule({
  id: "image-systemd-missing",
  title: "Install systemd in an image that lacks it",
  severity: "error",
  why: `
    Base images of today hold no init: Debian and Ubuntu never did, Fedora dropped it in 2020, Rocky and
    AlmaLinux 9 came without. \`/sbin/init\` is then a path to nothing, and the engine refuses to start the
    container.
  `,
  consequence:
    'The container does not start: "exec: \\"/sbin/init\\": stat /sbin/init: no such file or directory".',
  symptoms: ["not-started"],
  ignore: "systemd comes in by a step that cannot be read.",
  evidence: {
    measured:
      "Docker 28.5, Debian 12 without systemd: the engine refuses to start the container, no such file or directory.",
  },
  messages: {
    missing:
      "{base} holds no systemd and nothing here installs it: {path} is no file, and the container does not start.",
    maybe: "{base} holds no systemd, and none of the packages named here is known to bring it.",
  },
  fixes: {
    fix: "Install it: {command}",
  },
  *check(subject, say) {
    const { image, boot } = subject;
    const { base } = image;
    const path = boot.argv.find(isInitPath);
    if (base?.hasSystemd !== "no" || base.family === "none" || !path) return;
    const brings = (command: ShellCommand) =>
      installsUnread(command) ||
      installedBy(command)?.some((name) => bringsSystemd(base.family, name)) === true;
    if (image.commands.some(brings) || commandsOfScripts(subject).some(brings)) return;
    const certain = !couldInstall(image);
    yield {
      span: programSpan(subject),
      severity: certain ? "error" : "hint",
      message: certain ? say("missing", { base: base.name, path }) : say("maybe", { base: base.name }),
      fixes: [
        base.install
          ? editFix(
              // The installation writes an ID that every container of the image would share.
              image.edit.insert(`RUN ${base.install} && : > /etc/machine-id`, "before-program"),
              say("fix", { command: base.install }),
              false,
            )
          : undefined,
      ],
    };
  },
});

/** What scripts of the build context do that a RUN starts: `/setup.sh`, `sh setup.sh`, `clean-install systemd`. */
function commandsOfScripts({ image, readFile }: ImageSubject): ShellCommand[] {
  const scripts = new Map<string, string | undefined>();
  const textOf = (path: string) => {
    if (!scripts.has(path)) {
      const script = entryScript(image, path, readFile);
      scripts.set(path, script === "missing" ? undefined : script?.text);
    }
    return scripts.get(path);
  };
  return image.commands.flatMap(({ words: [program, ...args] }) => {
    const given = isShell(program) || program === "." || program === "source";
    const [path, ...positional] = given ? args : [program, ...args];
    const text = path === undefined || path.startsWith("-") ? undefined : textOf(path);
    return text === undefined ? [] : readScriptFile(text, { positional });
  });
}

/** On RPM distributions too many packages depend on systemd for a list to be complete: any package may. */
function bringsSystemd(family: string, name: string): boolean {
  return family === "debian" || family === "ubuntu" ? debianNames.test(name) : true;
}

/** A step that may bring systemd: a package manager, a script, a tree that is copied in. */
function couldInstall({ runs, copies }: Image): boolean {
  return (
    copies.some(copiesTree) ||
    runs.some(({ commands }) =>
      commands.some(
        ({ words }) => words[0] === undefined || installers.test(words[0]) || words[0].includes("/"),
      ),
    )
  );
}

function copiesTree({ fromStage, sources, destination }: CopyInstruction): boolean {
  if (fromStage !== undefined) return true;
  if (/^\/?$|^\/(usr|lib|sbin|bin)(\/|$)/.test(destination)) return true;
  return sources.some((source) => /\.(tar|tgz|txz|tbz2)\b|\.tar\./.test(source));
}
