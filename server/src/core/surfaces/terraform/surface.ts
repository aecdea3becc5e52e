import { late } from "../late";
import { unlessQuiet } from "../quiet";
import type { Surface } from "../surface";

/** Terraform and OpenTofu files, in which `docker_container` starts a container. */
export const terraformSurface = {
  kind: "terraform",
  languageIds: [],
  namedIn: ["terraform", "opentofu"],
  names: ["*.tf", "*.tofu"],
  except: [],
  activates: false,
  starts: true,
  common: true,
  comment: "#",
  pages: "hcl",
  looksLike: (text) => /^resource "docker_container"/m.test(text),
  mayLink: (text) => text.includes('"docker_container"') && /\bbuild\b/.test(text),
  read: (uri, text) =>
    unlessQuiet(text.includes('"docker_container"') ? text : "", () => late().readTerraform(uri, text)),
} as const satisfies Surface;
