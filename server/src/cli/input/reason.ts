import { texts } from "../texts";

/** The reason, in words, why a file could not be read or written. */
export function reason(error: unknown): string {
  const { code = "", message } = error as NodeJS.ErrnoException;
  return reasons[code] ?? message;
}

const reasons: Readonly<Record<string, string>> = {
  ENOENT: texts.absent,
  ENOTDIR: texts.absent,
  EISDIR: texts.directory,
  ELOOP: texts.linkLoop,
  EACCES: texts.denied,
  EPERM: texts.denied,
  EROFS: texts.readOnlyDisk,
  ENOSPC: texts.fullDisk,
  EDQUOT: texts.quota,
};
