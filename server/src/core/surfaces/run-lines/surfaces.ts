import { late } from "../late";
import { unlessQuiet } from "../quiet";
import type { Surface, SurfaceFile } from "../surface";
import type { Writing } from "./regions";

/** Whether a text contains `docker run` or the equivalent of another program. */
export function runs(text: string): boolean {
  return /\b(?:docker|podman|nerdctl)\b/.test(text) && /\b(?:run|create)\b/.test(text);
}

/**
 * A kind of text in which commands start containers. It is read only if it mentions both such a command and systemd.
 */
function lines<Kind extends string>(kind: Kind, namedIn: string, names: readonly string[], writing: Writing) {
  const read = (uri: string, text: string): SurfaceFile =>
    unlessQuiet(runs(text) ? text : "", () => late().readRunLines(uri, text, writing));
  return {
    kind,
    languageIds: [],
    namedIn: [namedIn],
    names,
    except: [],
    activates: false,
    starts: true,
    common: true,
    comment: "#",
    pages: writing === "prose" ? "markdown" : writing === "makefile" ? "makefile" : "sh",
    looksLike: () => false,
    mayLink: runs,
    read,
  } as const satisfies Surface;
}

export const scriptSurface = lines("script", "shellscript", ["*.sh", "*.bash"], "script");
export const makefileSurface = lines("makefile", "makefile", ["Makefile", "GNUmakefile", "*.mk"], "makefile");
export const markdownSurface = lines("markdown", "markdown", ["*.md"], "prose");
