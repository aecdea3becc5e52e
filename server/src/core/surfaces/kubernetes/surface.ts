import { late } from "../late";
import { unlessQuiet } from "../quiet";
import type { Surface } from "../surface";
import { yamlByContent } from "../yaml-by-content";

const kinds = /^kind:[ \t]*["']?(?:Pod|(?:Cron)?Job|Deployment|List|(?:Daemon|Replica|Stateful)Set)\b/m;

/** Manifests of Kubernetes that have pods. Only what is in them shows it. */
export const kubernetesSurface = {
  ...yamlByContent,
  kind: "kubernetes",
  namedIn: ["yaml"],
  looksLike: (text) =>
    text.includes("apiVersion") &&
    (/^\s*\{/.test(text)
      ? /"apiVersion"\s*:/.test(text) && /"containers"\s*:/.test(text)
      : /^apiVersion:/m.test(text) && kinds.test(text)),
  // A template of a chart is not YAML yet.
  read: (uri, text, read) =>
    unlessQuiet(text.includes("{{") ? "" : text, () => late().readKubernetes(uri, text, read)),
} as const satisfies Surface;
