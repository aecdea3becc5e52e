import { readYaml } from "../../yaml/document";
import { keyPlace } from "../../yaml/key-place";
import { yamlRegions } from "../../yaml/regions";
import { beginsInScalar } from "../../yaml/spans";
import type { Surface } from "../surface";
import { composeParts } from "./parts";
import { composeProblems, readCompose } from "./read";
import { renderCompose } from "./render";

const stems = ["compose", "*docker-compose", "*podman-compose", "*container-compose"];

/** `compose.yaml`, `dev.docker-compose.yml`, `compose-test.yaml`, and so on. */
export const composeSurface = {
  kind: "compose",
  languageIds: ["dockercompose"],
  names: stems.flatMap((stem) =>
    ["", ".*", "-*", "_*"].flatMap((rest) => ["yaml", "yml"].map((ending) => `${stem}${rest}.${ending}`)),
  ),
  except: [],
  activates: true,
  starts: true,
  comment: "#",
  pages: "yaml",
  looksLike: (text) =>
    /^(services|"services"):[ \t]*(#.*)?\r?\n([ \t]*(#.*)?\r?\n)*[ \t]+[\w."'-]+:/m.test(text) &&
    /^[ \t]+(image|build|extends):/m.test(text),
  render: renderCompose,
  mayLink: (text) => /\b(build|extends|include)\b|\\[xuU]/.test(text),
  parts: composeParts,
  read: (uri, text, read, started) => ({
    ...readCompose(uri, text, read, started),
    problems: () => composeProblems(uri, text),
    regionAfter: yamlRegions(text),
    commentPlace: (offset) => (beginsInScalar(readYaml(uri, text), offset) ? undefined : offset),
    keyAt: (offset) => keyPlace(readYaml(uri, text), offset),
  }),
} as const satisfies Surface;
