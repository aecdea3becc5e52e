import { late } from "../late";
import { unlessQuiet } from "../quiet";
import type { Surface } from "../surface";

const inventories = ["molecule/*/inventory/*.yml", "molecule/*/inventory/*.yaml"];

/**
 * `molecule.yml`, which defines what Molecule starts to test an Ansible role, and inventories of scenarios whose hosts
 * are containers.
 */
export const moleculeSurface = {
  kind: "molecule",
  languageIds: [],
  namedIn: ["yaml", "ansible"],
  names: ["molecule.yml", "molecule.yaml", ...inventories],
  except: [],
  activates: false,
  starts: true,
  comment: "#",
  pages: "yaml",
  looksLike: (text) =>
    /^driver:/m.test(text) && /^platforms:/m.test(text) && !/^(suites|transport):/m.test(text),
  mayLink: (text) => /^platforms:/m.test(text),
  read: (uri, text, read) =>
    unlessQuiet(text, () =>
      isInventory(uri, text) ? late().readInventory(uri, text, read) : late().readMolecule(uri, text, read),
    ),
} as const satisfies Surface;

/** Whether a file sets container variables for the hosts of an inventory. */
function isInventory(uri: string, text: string): boolean {
  return /\/inventory\/[^/]*$/.test(uri) && /^[ \t]+container_(?:image|command|systemd)[ \t]*:/m.test(text);
}
