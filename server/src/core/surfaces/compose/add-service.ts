import type { Edit } from "../../base/text";
import { readYaml } from "../../yaml/document";
import { editYaml } from "../../yaml/edit";
import { isMap, isNull } from "../../yaml/nodes";
import type { Value } from "../../yaml/write";

/**
 * The edits that add a service to a Compose file, in the style of the file; undefined if the file has no mapping that
 * it can be added to.
 */
export function addService(
  { uri, text }: { readonly uri: string; readonly text: string },
  name: string,
  service: Readonly<Record<string, Value>>,
): readonly Edit[] | undefined {
  const file = readYaml(uri, text);
  const entry = file.entries(file.root).get("services");
  if (!entry || file.later.length > 0) return undefined;
  const editor = editYaml(file);
  const { value } = entry.pair;
  if (isMap(value) && value.items.length > 0) editor.changeKeys(value, new Set(), [[name, service]], true);
  else if (!value || isNull(value)) editor.fillKeys(entry, [[name, service]]);
  else editor.refuse();
  return editor.finish();
}
