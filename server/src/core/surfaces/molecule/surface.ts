import { late } from "../late";
import { unlessQuiet } from "../quiet";
import type { Surface } from "../surface";

/** `molecule.yml`, which defines what Molecule starts to test an Ansible role. */
export const moleculeSurface = {
  kind: "molecule",
  languageIds: [],
  namedIn: ["yaml", "ansible"],
  names: ["molecule.yml", "molecule.yaml"],
  except: [],
  activates: false,
  starts: true,
  comment: "#",
  pages: "yaml",
  looksLike: (text) =>
    /^driver:/m.test(text) && /^platforms:/m.test(text) && !/^(suites|transport):/m.test(text),
  mayLink: (text) => /\bdockerfile:/.test(text),
  read: (uri, text) => unlessQuiet(text, () => late().readMolecule(uri, text)),
} as const satisfies Surface;
