import { onceFor } from "../../base/once";
import type { Span } from "../../base/text";
import type { Command, Image } from "../../image/image";
import { commandsOf, programOf } from "../../image/programs";
import { unitAt } from "../../image/unit-files";
import { type BuiltImage, writtenFiles } from "../../image/written-files";

/**
 * Since version 260, systemd does not read scripts in /etc/init.d (according to its release notes; measured with
 * 262).
 */
const withoutScripts = 260;
const scriptPath = /^\/etc\/(?:rc\.d\/)?init\.d\/([^/]+)$/;

/**
 * The scripts that the Dockerfile puts into /etc/init.d without a unit, if this version of systemd does not read
 * them.
 */
export const unreadScripts: (built: BuiltImage) => ReadonlySet<string> = onceFor((built) => {
  const version = built.image.base?.systemdVersion;
  if (version === undefined || version < withoutScripts) return new Set();
  const paths = writtenFiles(built).map(({ path }) => path);
  const units = new Set(paths.flatMap((path) => unitAt(path) ?? []));
  const scripts = paths.flatMap((path) => scriptPath.exec(path)?.[1] ?? []);
  return new Set(scripts.filter((name) => !units.has(`${name}.service`)));
});

/**
 * The names of the System V init scripts that the Dockerfile enables with update-rc.d and similar tools, and where.
 */
export function enabledScripts(image: Image): { readonly name: string; readonly span: Span }[] {
  const tools = commandsOf(image, "update-rc.d", "chkconfig", "insserv", "systemd-sysv-install", "ln");
  return tools.flatMap((command) => {
    const name = enabledBy(command);
    return name === undefined ? [] : [{ name, span: command.span }];
  });
}

function enabledBy(command: Command): string | undefined {
  const words = command.words.slice(1).filter((word) => word !== undefined);
  const [first, second] = words.filter((word) => !word.startsWith("-") && !/^\d+$/.test(word));
  switch (programOf(command)) {
    case "update-rc.d":
      return /^(defaults|enable)$/.test(second ?? "") ? first : undefined;
    case "chkconfig":
      return second === "on" || words.includes("--add") ? first : undefined;
    case "insserv":
      return words.includes("-r") ? undefined : first;
    case "systemd-sysv-install":
      return first === "enable" ? second : undefined;
    case "ln":
      return /^\/etc\/(?:rc\.d\/)?rc[2-5]\.d\//.test(words.at(-1) ?? "")
        ? words.map((word) => /(?:^|\/)init\.d\/([^/]+)$/.exec(word)?.[1]).find((name) => name)
        : undefined;
    default:
      return undefined;
  }
}
