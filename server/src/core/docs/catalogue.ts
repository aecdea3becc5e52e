/** The content of `lint/rules/index.ts`: the catalogue of the rules with these ids, in their order. */
export function catalogue(ids: readonly string[]): string {
  return [
    importOf("type { Rule }", "../rule"),
    ...ids.map((id) => importOf(`{ ${camel(id)} }`, `./${id}`)),
    "",
    "/** The catalogue, in the order of the pages. Generated from the files of this directory. */",
    "export const rules: readonly Rule[] = [",
    ...ids.map((id) => `  ${camel(id)},`),
    "];",
    "",
  ].join("\n");
}

/** The content of `lint/examples/index.ts`: the examples of the rules with these ids. */
export function exampleCatalogue(ids: readonly string[]): string {
  return [
    importOf("type { Examples }", "../example"),
    ...ids.map((id) => importOf(`{ examples as ${camel(id)} }`, `./${id}`)),
    "",
    "/** The examples of each rule, by its id. Generated from the rules; tests and pages use them. */",
    "export const examples: Readonly<Record<string, Examples>> = {",
    ...ids.map((id) => `  "${id}": ${camel(id)},`),
    "};",
    "",
  ].join("\n");
}

function importOf(names: string, path: string): string {
  return `import ${names} from "${path}";`;
}

function camel(id: string): string {
  return id.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
}
