/** What kinds of YAML files have in common of which only the content shows what they are. */
export const yamlByContent = {
  languageIds: [],
  names: ["*.yml", "*.yaml"],
  except: [],
  activates: false,
  starts: true,
  common: true,
  byContent: true,
  comment: "#",
  pages: "yaml",
  mayLink: () => false,
} as const;
