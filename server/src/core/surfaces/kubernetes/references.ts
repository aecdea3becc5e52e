// A kubelet replaces `$(NAME)` in commands and variables, and treats `$$` as a literal `$` (Kubernetes, "Define
// Dependent Environment Variables").

/** Escapes a string so that a kubelet replaces nothing in it. */
export function writeText(text: string): string {
  return text.replace(/\$(?=[$(])/g, "$$$$");
}

/** Converts `$$` to `$` as a kubelet does; references remain as written. */
export function readText(text: string): string {
  return text.replaceAll("$$", () => "$");
}
