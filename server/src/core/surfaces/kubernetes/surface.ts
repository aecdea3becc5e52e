import { late } from "../late";
import { unlessQuiet } from "../quiet";
import type { Surface } from "../surface";
import { yamlByContent } from "../yaml-by-content";

/** Manifests of Kubernetes that have pods. Only what is in them shows it. */
export const kubernetesSurface = {
  ...yamlByContent,
  kind: "kubernetes",
  namedIn: ["yaml"],
  looksLike: (text) =>
    text.includes("apiVersion:") &&
    /^apiVersion:/m.test(text) &&
    /^kind:[ \t]*["']?(?:Pod|Deployment|StatefulSet|DaemonSet)\b/m.test(text),
  // A template of a chart is not YAML yet.
  read: (uri, text, read) =>
    unlessQuiet(text.includes("{{") ? "" : text, () => late().readKubernetes(uri, text, read)),
} as const satisfies Surface;
