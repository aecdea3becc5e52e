import { readDockerfile } from "../image/dockerfile";
import { fileOf } from "./dockerfile";
import { late } from "./late";
import type { Surface, SurfaceFile } from "./surface";

/**
 * `Dockerfile.j2`: a Jinja template from which Ansible or Molecule makes a Dockerfile. What Jinja computes is unknown,
 * like a variable without a value; nothing is reported or changed in a line that contains such code.
 */
export const dockerfileTemplateSurface = {
  kind: "dockerfile-template",
  languageIds: [],
  namedIn: ["jinja", "jinja-docker"],
  names: ["Dockerfile.j2", "*.Dockerfile.j2", "Dockerfile.*.j2"],
  except: [],
  activates: false,
  starts: false,
  comment: "#",
  pages: "dockerfile",
  looksLike: () => false,
  mayLink: () => false,
  read: (_, text, read): SurfaceFile => {
    const { hasJinja, withoutJinja } = late();
    const masked = withoutJinja(text);
    const file = fileOf(readDockerfile(masked ?? "", read));
    return { ...file, problems: () => [], isOpaque: (span) => masked === undefined || hasJinja(text, span) };
  },
} as const satisfies Surface;
