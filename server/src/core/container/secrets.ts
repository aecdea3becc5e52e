/** Whether the name of an option or a variable indicates that its value must not be shown on a screen. */
export function isSecretName(name: string): boolean {
  return /password|passwd|passphrase|[-_]pass$|secret|token|api[-_]?key/i.test(name);
}
