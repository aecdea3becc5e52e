import { late } from "../late";
import { unlessQuiet } from "../quiet";
import type { Surface } from "../surface";
import { yamlByContent } from "../yaml-by-content";

/** Manifests of Kubernetes that contain pods. They are recognized only by their content. */
export const kubernetesSurface = {
  ...yamlByContent,
  kind: "kubernetes",
  namedIn: ["yaml"],
  looksLike: (text) =>
    text.includes("apiVersion:") &&
    /^apiVersion:/m.test(text) &&
    /^kind:[ \t]*["']?(?:Pod|Deployment|StatefulSet|DaemonSet)\b/m.test(text),
  // A chart template is not valid YAML before it is rendered.
  read: (uri, text, read) =>
    unlessQuiet(text.includes("{{") ? "" : text, () => late().readKubernetes(uri, text, read)),
} as const satisfies Surface;
