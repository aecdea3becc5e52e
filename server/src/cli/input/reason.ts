/** Why a file could not be read or written, in words. */
export function reason(error: unknown): string {
  const { code = "", message } = error as NodeJS.ErrnoException;
  return reasons[code] ?? message;
}

export const absent = "no such file.";

const reasons: Readonly<Record<string, string>> = {
  ENOENT: absent,
  ENOTDIR: absent,
  EISDIR: "is a directory.",
  ELOOP: "too many levels of symbolic links.",
  EACCES: "permission denied.",
  EPERM: "permission denied.",
  EROFS: "the file system is read-only.",
  ENOSPC: "no space left on device.",
  EDQUOT: "disk quota exceeded.",
};
