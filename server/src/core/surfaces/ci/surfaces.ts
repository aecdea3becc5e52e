import { late } from "../late";
import { unlessQuiet } from "../quiet";
import { runs } from "../run-lines/surfaces";
import type { Surface } from "../surface";

/** What the files of services that run scripts for a repository have in common. */
const ci = {
  languageIds: [],
  except: [],
  activates: false,
  starts: true,
  comment: "#",
  pages: "yaml",
  mayLink: runs,
} as const;

/** A workflow of GitHub Actions, or a composite action. */
export const githubSurface = {
  ...ci,
  kind: "github-actions",
  // The language that GitHub's own extension gives to workflows.
  namedIn: ["yaml", "github-actions-workflow"],
  names: [".github/workflows/*.yml", ".github/workflows/*.yaml", "action.yml", "action.yaml"],
  looksLike: (text) => /^jobs:/m.test(text) && /^["']?on["']?:/m.test(text),
  read: (uri, text) => {
    const isOfInterest = runs(text) || /^ *(?:container|services):/m.test(text);
    return unlessQuiet(isOfInterest ? text : "", () => late().readGithub(uri, text));
  },
} as const satisfies Surface;

/** What GitLab runs for a repository. */
export const gitlabSurface = {
  ...ci,
  kind: "gitlab-ci",
  namedIn: ["yaml"],
  names: ["*.gitlab-ci.yml"],
  looksLike: () => false,
  read: (uri, text) => unlessQuiet(runs(text) ? text : "", () => late().readGitlab(uri, text)),
} as const satisfies Surface;
