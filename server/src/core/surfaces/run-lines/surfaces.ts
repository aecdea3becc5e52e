import { late } from "../late";
import { unlessQuiet } from "../quiet";
import type { Surface, SurfaceFile } from "../surface";
import type { Writing } from "./regions";

/** Whether a file contains `docker run` or the equivalent of another program. */
export function runs(text: string): boolean {
  return /\b(?:docker|podman|nerdctl)\b/.test(text) && /\b(?:run|create)\b/.test(text);
}

/** A kind of file in which commands start containers. Only files whose content `runs` accepts are read. */
function lines<Kind extends string>(
  kind: Kind,
  namedIn: readonly string[],
  names: readonly string[],
  writing: Writing,
) {
  const read = (uri: string, text: string): SurfaceFile =>
    unlessQuiet(runs(text) ? text : "", () => late().readRunLines(uri, text, writing));
  return {
    kind,
    languageIds: [],
    namedIn,
    names,
    except: [],
    activates: false,
    starts: true,
    common: true,
    comment: "#",
    pages: { script: "sh", makefile: "makefile", prose: "markdown", unit: "ini" }[writing],
    looksLike: () => false,
    mayLink: runs,
    read,
  } as const satisfies Surface;
}

export const scriptSurface = lines("script", ["shellscript"], ["*.sh", "*.bash"], "script");
export const makefileSurface = lines(
  "makefile",
  ["makefile"],
  ["Makefile", "GNUmakefile", "*.mk"],
  "makefile",
);
export const markdownSurface = lines("markdown", ["markdown"], ["*.md"], "prose");

/** The language IDs that editors use for units. */
const ini = ["plaintext", "ini", "properties", "systemd-conf", "systemd-unit-file"];

/**
 * A systemd service on the host that starts a container. Other units can have such names too, so the content decides.
 */
export const unitSurface = {
  ...lines("unit", ini, ["*.service"], "unit"),
  byContent: true,
  looksLike: (text) => /^ExecStart.*(?:docker|podman|nerdctl)[ \t]/m.test(text),
  mayLink: () => false,
} as const satisfies Surface;
