import { resolveUri } from "../../base/uri";
import { late } from "../late";
import { unlessQuiet } from "../quiet";
import type { Surface } from "../surface";

/** `devcontainer.json`, which defines the container in which a project is developed. */
export const devcontainerSurface = {
  kind: "devcontainer",
  languageIds: [],
  namedIn: ["jsonc", "json"],
  names: ["devcontainer.json", ".devcontainer.json"],
  except: [],
  activates: false,
  starts: true,
  comment: "//",
  pages: "jsonc",
  looksLike: (text) => /"(overrideCommand|runArgs|remoteUser|postCreateCommand)"\s*:/.test(text),
  mayLink: (text) => /"(dockerFile|build)"\s*:/.test(text),
  read: (uri, text, read) => {
    const readAll = () => late().readDevcontainer(uri, text, read);
    return /"dockerComposeFile"/.test(text) ? readAll() : unlessQuiet(readBoth(uri, text, read), readAll);
  },
} as const satisfies Surface;

/** The content together with that of the Dockerfile beside the file, where systemd is usually mentioned. */
function readBoth(uri: string, text: string, read: (uri: string) => string | undefined): string {
  const named = /"(?:dockerfile|dockerFile)"\s*:\s*"([^"\\]*)"/.exec(text)?.[1];
  const other = named === undefined ? undefined : resolveUri(uri, named);
  return `${text}${(other && read(other)) ?? ""}`;
}
