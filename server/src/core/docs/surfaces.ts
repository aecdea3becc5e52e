import type { Surface } from "../surfaces/surface";

/**
 * The client's part of the table of surfaces, as the source text of a module. Empty lists are left out to keep the
 * client small; it contains no code of the core.
 */
export function clientTable(surfaces: readonly Surface[]): string {
  const some = (list: readonly string[]) => (list.length > 0 ? list : undefined);
  const rows = surfaces.map(({ kind, languageIds, namedIn, names, except, byContent }) => {
    const row = { kind, languageIds: some(languageIds), namedIn, names, except: some(except), byContent };
    return JSON.stringify(row, null, 2);
  });
  return `${[
    "// Generated from the server's table of surfaces; `npm run test:unit -- -u` writes it.",
    "",
    "/** The kinds of files that are linted, by their names and languages. */",
    `export const surfaces = [${rows.join(", ")}] as const;`,
  ].join("\n")}\n`;
}

/**
 * The events that activate the extension: a document in a surface's language, or a directory that contains one of its
 * files.
 */
export function activationEvents(surfaces: readonly Surface[]): string[] {
  return [
    ...surfaces.flatMap(({ languageIds }) => languageIds.map((id) => `onLanguage:${id}`)),
    ...surfaces
      .filter(({ activates }) => activates)
      .map(({ names }) => `workspaceContains:**/{${names.join(",")}}`),
  ];
}
