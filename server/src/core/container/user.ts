/** Whether a USER is root, by name or number, whatever its group. */
export function isRoot(user: string): boolean {
  return /^(root|0)(:.*)?$/.test(user.trim());
}
