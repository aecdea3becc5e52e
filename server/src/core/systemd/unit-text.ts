import type { Span } from "../base/text";

/** An assignment in a unit file. An empty value resets what was assigned before. */
export interface Setting {
  readonly section: string;
  readonly key: string;
  /** The value; continuation lines are joined with a space. */
  readonly value: string;
  /** From the first to the last character of the value. */
  readonly span: Span;
}

/**
 * Reads the assignments of a unit file according to systemd.syntax(7); lines that are not assignments are left out.
 */
export function readUnit(text: string): Setting[] {
  const settings: Setting[] = [];
  let section = "";
  let at = 0;
  let open: { key: string; parts: string[]; start: number; end: number } | undefined;
  const close = () => {
    if (open) settings.push({ section, key: open.key, value: open.parts.join(" ").trim(), span: open });
    open = undefined;
  };
  for (const written of text.split("\n")) {
    const start = at;
    at += written.length + 1;
    const line = written.trimEnd();
    if (/^\s*[#;]/.test(line)) continue;
    const continues = line.endsWith("\\");
    const body = continues ? line.slice(0, -1) : line;
    if (open) {
      open.parts.push(body.trim());
      open.end = start + body.trimEnd().length;
    } else {
      const header = /^\s*\[([^\]]+)\]$/.exec(line)?.[1];
      if (header !== undefined) section = header;
      const equals = header === undefined ? body.indexOf("=") : -1;
      if (equals === -1) continue;
      const value = body.slice(equals + 1);
      const first = start + equals + 1 + (value.length - value.trimStart().length);
      open = {
        key: body.slice(0, equals).trim(),
        parts: [value.trim()],
        start: first,
        end: first + value.trim().length,
      };
    }
    if (!continues) close();
  }
  close();
  return settings;
}
