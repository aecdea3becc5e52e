import { late } from "../late";
import { unlessQuiet } from "../quiet";
import type { Surface } from "../surface";

/** A setting that refers to another file, which may mention systemd. */
const naming = /^[ \t]*(Image[ \t]*=.*\.(build|image)|Yaml[ \t]*=)/m;

/** Quadlet files: units that Podman turns into services. */
export const quadletSurface = {
  kind: "quadlet",
  languageIds: [],
  namedIn: ["plaintext", "ini", "properties", "systemd-conf", "systemd-unit-file", "quadlet"],
  names: ["*.container", "*.container.d/*.conf", "*.kube", "*.build"],
  except: ["meson.build"],
  activates: false,
  starts: true,
  comment: "#",
  pages: "ini",
  looksLike: (text) => /^\[Container\][ \t]*$/m.test(text) && /^(Image|Rootfs)[ \t]*=/m.test(text),
  mayLink: (text) => naming.test(text),
  read: (uri, text, read) => {
    const main = mainOf(uri);
    if (main !== undefined)
      return unlessQuiet(`${text}\n${read(main) ?? ""}`, () => late().readDropIn(main, text, read));
    const readAll = () => late().readQuadlet(uri, text, read);
    if (!/^[ \t]*\[(Container|Kube)\]/m.test(text)) return unlessQuiet("", readAll);
    return naming.test(text) ? readAll() : unlessQuiet(text, readAll);
  },
} as const satisfies Surface;

/** The URI of the file that a drop-in file extends; undefined for other files. */
function mainOf(uri: string): string | undefined {
  return /^(.*\.container)\.d\/[^/]*\.conf$/i.exec(uri)?.[1];
}
