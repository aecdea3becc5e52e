/** Why a file could not be read or written, in words. */
export function reason(error: unknown): string {
  const { code = "", message } = error as NodeJS.ErrnoException;
  return reasons[code] ?? message;
}

export const absent = "there is no such file.";

const reasons: Readonly<Record<string, string>> = {
  ENOENT: absent,
  ENOTDIR: absent,
  EISDIR: "is a folder.",
  ELOOP: "is a loop of links.",
  EACCES: "permission denied.",
  EPERM: "permission denied.",
  EROFS: "the file system is read-only.",
  ENOSPC: "no space is left on the device.",
  EDQUOT: "the disk quota is used up.",
};
