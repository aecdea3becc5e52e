import type { BaseImage } from "../../image/base-image";
import { broughtBy } from "../../image/brought";
import { entryScript } from "../../image/entry-script";
import type { CopyInstruction } from "../../image/image";
import { installedBy, installsUnread } from "../../image/packages";
import { programOf } from "../../image/programs";
import type { ImageSubject } from "../../project/subject";
import { readScriptFile } from "../../shell/commands";
import { isShell } from "../../shell/interpreter";
import type { ShellCommand } from "../../shell/reader";
import { baseLabel } from "../queries/base-label";
import { editFix } from "../queries/fixes";
import { initPath, makesInitPath } from "../queries/init-path";
import { programSpan } from "../queries/program";
import { startCommands } from "../queries/start-scripts";
import { imageRule, type SayOf } from "../rule";

/** Commands that can add any file to the image, apart from the package managers whose packages are read. */
const installers =
  /^(dpkg|rpm|tdnf|emerge|nix-env|guix|debootstrap|mmdebstrap|tasksel|make|ninja|ansible|ansible-playbook|ansible-pull|puppet|chef-client|chef-solo|salt-call|bash|sh|source|\.|cpio|unsquashfs)$/;

const messages = {
  missing:
    "{base} does not include systemd, and nothing here installs it, so {path} does not exist and the container does not start.",
  maybe: "{base} does not include systemd, and none of the packages listed here is known to install it.",
  start:
    "systemd is installed each time the container starts, which is slow and fails without a network. Install it in a RUN instruction.",
} as const;

const fixes = {
  fix: "Install systemd: {command}",
} as const;

type Say = SayOf<typeof messages & typeof fixes>;

export const imageSystemdMissing = imageRule({
  id: "image-systemd-missing",
  title: "Install systemd in images that do not include it",
  severity: "error",
  why: `
    Current base images do not include an init: Debian and Ubuntu never did, Fedora dropped it in 2020, and
    Rocky Linux 9 and AlmaLinux 9 were released without it. \`/sbin/init\` does not exist there, and the engine
    does not start the container.
  `,
  consequence: 'The container does not start: "stat /sbin/init: no such file or directory".',
  symptoms: ["not-started"],
  ignore: "If a step that this rule cannot read installs systemd, you can disable this rule.",
  evidence: {
    measured:
      "Docker 28.5, Debian 12 without systemd: the engine does not start the container (no such file or directory).",
  },
  messages,
  fixes,
  *check(subject, say) {
    const { image } = subject;
    const { base } = image;
    const path = initPath(subject);
    if (base?.hasSystemd !== "no" || base.family === "none" || !path || makesInitPath(image)) return;
    const scripts = scriptsOf(subject);
    const inScripts = [...scripts.values()].flat();
    const commands = [...image.runs.flatMap(({ script }) => script), ...inScripts];
    const packages = [...image.packages.keys(), ...inScripts.flatMap((one) => installedBy(one) ?? [])];
    const { systemd } = broughtBy(base, { packages, bare: image.bare });
    if (systemd === "yes" || commands.some(installsUnread)) return;
    const unknown = commands.some((command) => !scripts.has(command) && couldInstall(command));
    if (installsAtStart(subject, base)) {
      yield {
        span: programSpan(subject),
        severity: "warning",
        message: say("start"),
        fixes: [installFix(subject, say)],
      };
      return;
    }
    const certain = systemd === "no" && !unknown && !image.copies.some((copy) => copiesTree(copy, subject));
    const reference = baseLabel(image);
    const isUnmeasured = systemd === "unknown" && !/^(?:debian|ubuntu|rpm)$/.test(base.family);
    yield {
      span: programSpan(subject),
      severity: certain ? "error" : isUnmeasured ? "information" : "warning",
      message: certain ? say("missing", { base: reference, path }) : say("maybe", { base: reference }),
      fixes: [installFix(subject, say)],
    };
  },
});

function installFix({ image }: ImageSubject, say: Say) {
  const command = image.base?.install;
  // Installing systemd writes a machine ID that every container of the image would share.
  return command === undefined
    ? undefined
    : editFix(
        image.edit.insert(`RUN ${command} && : > /etc/machine-id`, "before-program"),
        say("fix", { command }),
        false,
      );
}

/** Whether the program, or a script that the program starts, installs systemd. */
function installsAtStart(subject: ImageSubject, base: BaseImage): boolean {
  const packages = startCommands(subject).flatMap((command) => installedBy(command) ?? []);
  return broughtBy(base, { packages, bare: new Set() }).systemd === "yes";
}

/**
 * The commands of scripts in the build context, by the command that runs each script: `/setup.sh`, `sh setup.sh`,
 * `clean-install systemd`.
 */
function scriptsOf({ image, readFile }: ImageSubject): ReadonlyMap<ShellCommand, readonly ShellCommand[]> {
  const texts = new Map<string, string | undefined>();
  const textOf = (path: string) => {
    if (!texts.has(path)) {
      const script = entryScript(image, path, readFile);
      texts.set(path, script === "missing" ? undefined : script?.text);
    }
    return texts.get(path);
  };
  const scripts = new Map<ShellCommand, readonly ShellCommand[]>();
  for (const command of image.runs.flatMap(({ script }) => script)) {
    const [program, ...args] = command.words;
    const given = isShell(program) || program === "." || program === "source";
    const [path, ...positional] = given ? args : [program, ...args];
    const text = path === undefined || path.startsWith("-") ? undefined : textOf(path);
    if (text !== undefined) scripts.set(command, readScriptFile(text, { positional }));
  }
  return scripts;
}

/**
 * Whether a command could install systemd in a way that cannot be detected: through a tool, a script, or an entire
 * directory tree.
 */
function couldInstall(command: ShellCommand): boolean {
  const [name] = command.words;
  if (name === undefined) return command.redirections.length === 0;
  const program = programOf(command);
  if (/^apt(-get)?$/.test(program)) return command.words.includes("build-dep");
  if (/^(tar|unzip|rsync|cp|mv)$/.test(program)) return command.words.some(isSystemTree);
  return installers.test(program) || (name.includes("/") && !/^(\/usr)?\/s?bin\//.test(name));
}

/** Whether a word is a directory that contains all programs, or is unknown. */
function isSystemTree(word: string | undefined): boolean {
  return word === undefined || /^(-C)?\/((usr\/)?(lib|s?bin)\/?|usr\/?)?$/.test(word);
}

/** Whether a COPY could add programs: from another stage, an archive, or a directory copied over the system's. */
function copiesTree(
  { fromStage, sources, destination }: CopyInstruction,
  { readFile }: ImageSubject,
): boolean {
  if (fromStage !== undefined) return true;
  if (sources.some((source) => /\.(tar|tgz|txz|tbz2)\b|\.tar\./.test(source))) return true;
  if (!/^\/?$|^\/(usr|lib|sbin|bin)(\/|$)/.test(destination)) return false;
  return sources.some((source) => !/\.\w+$/.test(source) && readFile(source) === undefined);
}
