/** Whether a USER is root, by name or number, regardless of its group. */
export function isRoot(user: string): boolean {
  return /^(root|0)(:.*)?$/.test(user.trim());
}
