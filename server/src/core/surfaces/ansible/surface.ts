import { late } from "../late";
import { unlessQuiet } from "../quiet";
import type { Surface } from "../surface";

/** Playbooks and task files of Ansible that start containers. Only what is in them shows it. */
export const ansibleSurface = {
  kind: "ansible",
  languageIds: [],
  namedIn: ["yaml", "ansible"],
  names: ["*.yml", "*.yaml"],
  except: [],
  activates: false,
  starts: true,
  common: true,
  byContent: true,
  comment: "#",
  pages: "yaml",
  looksLike: (text) =>
    text.includes("_container:") &&
    /^[ \t-]*(?:community\.docker\.|containers\.podman\.)?(?:docker|podman)_container:[ \t]*(?:#.*)?\r?$/m.test(
      text,
    ),
  mayLink: () => false,
  read: (uri, text) => unlessQuiet(text, () => late().readAnsible(uri, text)),
} as const satisfies Surface;
