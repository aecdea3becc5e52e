import type { Surface } from "../surfaces/surface";

/** The client's part of the table of surfaces, as the text of a module, without empty lists: the client contains no code of the core, and is small. */
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

/** The events that start the extension: a document of a surface's language, a directory that contains such a file. */
export function activationEvents(surfaces: readonly Surface[]): string[] {
  return [
    ...surfaces.flatMap(({ languageIds }) => languageIds.map((id) => `onLanguage:${id}`)),
    ...surfaces
      .filter(({ activates }) => activates)
      .map(({ names }) => `workspaceContains:**/{${names.join(",")}}`),
  ];
}
