import type { Command, Image } from "../../image/image";
import { commandsOf } from "../../image/programs";
import { writtenFiles } from "../../image/written-files";
import { builtInTargets } from "../../systemd/unit-names";
import { editFix } from "../queries/fixes";
import { imageRule } from "../rule";

/** The first version of systemd that has its basic targets built in (measured). */
const firstBuiltIn = 262;

/** A unit that a package installs; links in wants and requires directories are handled elsewhere. */
const vendorUnit = /^(\/usr)?\/lib\/systemd\/system\/([^/]+)$/;
const unitSuffix = /\.(service|socket|target|timer|mount|automount|path|slice)$/;

export const imageUnitDeleted = imageRule({
  id: "image-unit-deleted",
  title: "Mask units instead of deleting them",
  severity: "hint",
  why: `
    Files in \`/lib/systemd/system\` belong to packages. A deleted file returns with the next upgrade of its
    package, in the running container or in an image based on this one. \`systemctl mask\` is permanent: it
    links the unit to \`/dev/null\` in \`/etc\`, where packages do not write.
  `,
  consequence: "A deleted unit reappears when its package is upgraded.",
  symptoms: ["no-effect"],
  ignore: "If you always rebuild the image and never upgrade its packages, you can disable this rule.",
  evidence: {
    sourced:
      "systemctl(1), mask; systemd.unit(5), unit load path. On Debian sid with systemd 262, multi-user.target becomes active at boot even without its file",
    why: "the problem becomes visible only when packages are upgraded in a container, and booting an image does not upgrade any.",
  },
  sources: ["systemd.unit(5)"],
  messages: {
    found: "{unit} returns with the next upgrade of its package. Mask it instead.",
    builtIn: "systemd {version} has {unit} built in, so deleting the file has no effect.",
  },
  fixes: {
    fix: "Mask {units} instead",
  },
  *check(subject, say) {
    const { image } = subject;
    const own = new Set(writtenFiles(subject).map(({ path }) => path.replace(/^\/usr\/lib\//, "/lib/")));
    for (const command of commandsOf(image, "rm")) {
      const paths = command.words.slice(1).filter((word) => word === undefined || !word.startsWith("-"));
      const units = paths.flatMap((path) => unitOf(path) ?? []);
      if (paths.some((path) => own.has(path?.replace(/^\/usr\/lib\//, "/lib/") ?? ""))) continue;
      const maskable = units.length === paths.length;
      const edits =
        maskable && isPlain(command)
          ? image.edit.replace(command.span, `systemctl mask ${units.join(" ")}`)
          : undefined;
      for (const [index, path] of command.words.entries()) {
        const unit = index > 0 ? unitOf(path) : undefined;
        const span = command.wordSpans[index];
        if (!unit || !span) continue;
        const builtIn = isBuiltIn(image, unit);
        yield {
          span,
          message: builtIn
            ? say("builtIn", { unit, version: String(image.base?.systemdVersion) })
            : say("found", { unit }),
          fixes: builtIn ? [] : [editFix(edits, say("fix", { units: units.join(" ") }), false)],
        };
        // A single edit masks all of them, so one finding covers the command.
        break;
      }
    }
  },
});

/** Whether a target is built into systemd, since version 262. */
function isBuiltIn({ base }: Image, unit: string): boolean {
  return (base?.systemdVersion ?? 0) >= firstBuiltIn && builtInTargets.has(unit);
}

function unitOf(path: string | undefined): string | undefined {
  const name = vendorUnit.exec(path ?? "")?.[2];
  return name !== undefined && unitSuffix.test(name) && !/[*?[]/.test(name) ? name : undefined;
}

/** Whether the span contains only the command itself, without a redirection or a variable set for it. */
function isPlain({ redirections, environment }: Command): boolean {
  return redirections.length === 0 && environment.size === 0;
}
