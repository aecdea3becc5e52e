/** The text of `lint/rules/index.ts`: the catalogue of the rules with these ids, in their order. */
export function catalogue(ids: readonly string[]): string {
  return [
    importOf("type { Rule }", "../rule"),
    ...ids.map((id) => importOf(`{ ${camel(id)} }`, `./${id}`)),
    "",
    "/** The catalogue, in the order of the pages. Generated from the files of this folder. */",
    "export const rules: readonly Rule[] = [",
    ...ids.map((id) => `  ${camel(id)},`),
    "];",
    "",
  ].join("\n");
}

function importOf(names: string, path: string): string {
  return `import ${names} from "${path}";`;
}

function camel(id: string): string {
  return id.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
}
