/** The properties that surfaces share if their YAML files are recognized only by their content. */
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
