import { late } from "../late";
import { unlessQuiet } from "../quiet";
import type { Surface } from "../surface";
import { yamlByContent } from "../yaml-by-content";

const kinds = /^kind:[ \t]*["']?(?:Pod|(?:Cron)?Job|Deployment|List|(?:Daemon|Replica|Stateful)Set)\b/m;

/** Kubernetes manifests that define pods. They can only be recognized by their content. */
export const kubernetesSurface = {
  ...yamlByContent,
  kind: "kubernetes",
  namedIn: ["yaml"],
  looksLike: (text) =>
    text.includes("apiVersion") &&
    (/^\s*\{/.test(text)
      ? /"apiVersion"\s*:/.test(text) && /"containers"\s*:/.test(text)
      : /^apiVersion:/m.test(text) && kinds.test(text)),
  // The template of a Helm chart is not YAML until it is rendered.
  read: (uri, text, read) =>
    unlessQuiet(text.includes("{{") ? "" : text, () => late().readKubernetes(uri, text, read)),
} as const satisfies Surface;
