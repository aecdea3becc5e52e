import { firstIndex, type Span } from "../base/text";
import { readDockerfile } from "../image/dockerfile";
import type { Dockerfile } from "../image/image";
import { late } from "./late";
import type { Surface, SurfaceFile } from "./surface";

/** Templates, text files and backups whose names only begin like that of a Dockerfile. */
const others = [
  ...[
    "*.j2",
    "*.jinja",
    "*.jinja2",
    "*.tmpl",
    "*.tpl",
    "*.template",
    "*.erb",
    "*.ejs",
    "*.hbs",
    "*.mustache",
  ],
  ...["*.m4", "*.md", "*.markdown", "*.rst", "*.adoc", "*.txt", "*.html"],
  ...["*.bak", "*.orig", "*.rej", "*.swp", "*.patch", "*.diff", "*~"],
  ...["*.json", "*.yaml", "*.yml", "*.lock", "*.log", "*.sh", "*ignore", ".dockerfile", ".containerfile"],
];

/** `Dockerfile`, `Containerfile.web`, `base.dockerfile`, and so on. */
export const dockerfileSurface = {
  kind: "dockerfile",
  languageIds: ["dockerfile"],
  names: [
    ...["Dockerfile", "Containerfile", "Dockerfile.*", "Containerfile.*"],
    ...["*.dockerfile", "*.Dockerfile", "*.containerfile", "*.Containerfile"],
  ],
  except: others,
  activates: true,
  starts: false,
  comment: "#",
  pages: "dockerfile",
  looksLike: (text) =>
    /^([ \t]*(#.*)?\r?\n|ARG[ \t].*\r?\n)*FROM[ \t]+(--\S+[ \t]+)*\S+([ \t]+AS[ \t]+\S+)?[ \t]*(\r?\n|$)/i.test(
      text,
    ),
  mayLink: () => false,
  read: (uri, text, read) => {
    const file = fileOf(readDockerfile(text, read));
    return runs.test(text) ? late().withComments(uri, file) : file;
  },
} as const satisfies Surface;

/** Matches a command that starts a container, to find it in comments. Most files do not contain one. */
const runs = /\b(?:docker|podman|nerdctl)[ \t]+(?:container[ \t]+)?run\b/;

/** The content of a Dockerfile as a file of a surface. */
export function fileOf(dockerfile: Dockerfile): SurfaceFile & { readonly dockerfile: Dockerfile } {
  return {
    dockerfile,
    containers: [],
    includes: [],
    problems: () => (dockerfile.problem ? [dockerfile.problem] : []),
    regionAfter: (offset) => instructionAfter(dockerfile, offset),
    commentPlace: (offset) => holderOf(dockerfile, offset) ?? offset,
  };
}

function instructionAfter({ instructions, text }: Dockerfile, offset: number): Span {
  const next =
    instructions[firstIndex(instructions.length, (at) => (instructions[at]?.span.end ?? 0) > offset)];
  return next?.span ?? { start: text.length, end: text.length };
}

/** The start of the instruction whose heredoc contains an offset. */
function holderOf({ instructions }: Dockerfile, offset: number): number | undefined {
  const holder = instructions.find(({ heredocs }) =>
    heredocs.some(({ span }) => span.start <= offset && offset < span.end),
  );
  return holder?.span.start;
}
