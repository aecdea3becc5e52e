import { late } from "../late";
import { unlessQuiet } from "../quiet";
import type { Surface } from "../surface";
import { yamlByContent } from "../yaml-by-content";

/** Ansible playbooks and task files that start containers. They are recognized only by their content. */
export const ansibleSurface = {
  ...yamlByContent,
  kind: "ansible",
  namedIn: ["yaml", "ansible"],
  looksLike: (text) =>
    text.includes("_container:") &&
    /^[ \t-]*(?:community\.docker\.|containers\.podman\.)?(?:docker|podman)_container:[ \t]*(?:#.*)?\r?$/m.test(
      text,
    ),
  read: (uri, text) => unlessQuiet(text, () => late().readAnsible(uri, text)),
} as const satisfies Surface;
