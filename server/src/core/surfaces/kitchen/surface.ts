import { late } from "../late";
import { unlessQuiet } from "../quiet";
import type { Surface } from "../surface";

/** `kitchen.yml`, `kitchen.dokken.yml` and similar files: what Test Kitchen starts to test a cookbook or formula. */
export const kitchenSurface = {
  kind: "kitchen",
  languageIds: [],
  namedIn: ["yaml"],
  names: ["kitchen.yml", ".kitchen.yml", "kitchen.*.yml", ".kitchen.*.yml"],
  except: [],
  activates: false,
  starts: true,
  comment: "#",
  pages: "yaml",
  looksLike: (text) => /^driver:/m.test(text) && /^platforms:/m.test(text) && /^suites:/m.test(text),
  mayLink: (text) => /\bdockerfile:/.test(text),
  read: (uri, text) => unlessQuiet(text, () => late().readKitchen(uri, text)),
} as const satisfies Surface;
