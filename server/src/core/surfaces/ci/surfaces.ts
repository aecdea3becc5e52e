import { late } from "../late";
import { unlessQuiet } from "../quiet";
import { runs } from "../run-lines/surfaces";
import type { Surface } from "../surface";

/** The properties that the surfaces of CI services share. */
const ci = {
  languageIds: [],
  except: [],
  activates: false,
  starts: true,
  comment: "#",
  pages: "yaml",
  mayLink: runs,
} as const;

/** GitHub Actions workflows and composite actions. */
export const githubSurface = {
  ...ci,
  kind: "github-actions",
  // The language that GitHub's own extension assigns to workflows.
  namedIn: ["yaml", "github-actions-workflow"],
  names: [".github/workflows/*.yml", ".github/workflows/*.yaml", "action.yml", "action.yaml"],
  looksLike: (text) => /^jobs:/m.test(text) && /^["']?on["']?:/m.test(text),
  read: (uri, text) => {
    const isOfInterest = runs(text) || /^ *(?:container|services):/m.test(text);
    return unlessQuiet(isOfInterest ? text : "", () => late().readGithub(uri, text));
  },
} as const satisfies Surface;

/** The file with the commands that GitLab runs for a repository. */
export const gitlabSurface = {
  ...ci,
  kind: "gitlab-ci",
  namedIn: ["yaml"],
  names: ["*.gitlab-ci.yml"],
  looksLike: () => false,
  read: (uri, text) => unlessQuiet(runs(text) ? text : "", () => late().readGitlab(uri, text)),
} as const satisfies Surface;
