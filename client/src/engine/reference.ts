/** Splits `r.example:5000/web:1` into repository and tag, as the engine's calls expect them. */
export function splitReference(reference: string): { readonly repo: string; readonly tag: string } {
  const [, repo = reference, tag = "latest"] = /^(.*?)(?::([^:/]*))?$/s.exec(reference) ?? [];
  return { repo, tag };
}

/** The part before the first slash if it looks like a host, otherwise Docker Hub. */
export function registryOf(reference: string): string {
  const [first = "", ...rest] = reference.split("/");
  return rest.length > 0 && /[.:]|^localhost$/.test(first) ? first : "docker.io";
}
