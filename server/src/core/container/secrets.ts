/** Whether the name of an option or a variable reports that its value is to be kept from a screen. */
export function isSecretName(name: string): boolean {
  return /password|passwd|passphrase|[-_]pass$|secret|token|api[-_]?key/i.test(name);
}
