import { isSeq } from "yaml";
import { onceFor } from "../../base/once";
import type { YamlFile } from "../../yaml/document";
import { isNull } from "../../yaml/nodes";
import { servicesOf } from "./layers";

/** Whether the first service that sets environment variables writes them as a list. */
export const listsVariables = onceFor((file: YamlFile): boolean => {
  const environments = [...servicesOf(file).values()].map(({ pair }) =>
    file.resolve(file.entries(pair.value).get("environment")?.pair.value),
  );
  return isSeq(environments.find((node) => !isNull(node)));
});
