// A kubelet replaces `$(NAME)` in commands and variables, and treats `$$` as a dollar (Kubernetes, "Define Dependent
// Environment Variables").

/** A text in which a kubelet replaces nothing. */
export function writeText(text: string): string {
  return text.replace(/\$(?=[$(])/g, "$$$$");
}

/** What a kubelet makes of a text; references stay as they are written. */
export function readText(text: string): string {
  return text.replaceAll("$$", () => "$");
}
