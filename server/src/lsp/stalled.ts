import { canonicalUri } from "../core/base/uri";

/**
 * Files at which an earlier server process hung. Each is skipped until its content differs from what was first read
 * here, because linting it again would take the restarted server just as long. `read` returns the content of a file.
 */
export function openStalled(read: (uri: string) => string | undefined) {
  const texts = new Map<string, string | undefined>();
  return {
    set: (uris: readonly string[]) => {
      texts.clear();
      for (const uri of uris) texts.set(canonicalUri(uri), undefined);
    },
    has: (uri: string): boolean => {
      const key = canonicalUri(uri);
      if (texts.size === 0 || !texts.has(key)) return false;
      const text = read(uri);
      const first = texts.get(key) ?? text;
      texts.set(key, first);
      if (text === first) return true;
      texts.delete(key);
      return false;
    },
  };
}
