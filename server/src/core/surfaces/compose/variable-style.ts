import { isSeq } from "yaml";
import type { YamlFile } from "../../yaml/document";
import { isNull } from "../../yaml/nodes";
import { servicesOf } from "./layers";

const variableLists = new WeakMap<YamlFile, boolean>();

/** Says whether the first service of a file that has variables gives them as a list. */
export function listsVariables(file: YamlFile): boolean {
  const known = variableLists.get(file);
  if (known !== undefined) return known;
  const environments = [...servicesOf(file).values()].map(({ pair }) =>
    file.resolve(file.entries(pair.value).get("environment")?.pair.value),
  );
  const lists = isSeq(environments.find((node) => !isNull(node)));
  variableLists.set(file, lists);
  return lists;
}
