import type { Edit } from "../../../text";
import type { Run } from "../../run";
import type { YamlFile } from "../../yaml/document";
import type { Layer } from "./layers";
import type { Service } from "./service";
export function editService(_f: YamlFile, _s: Service, _o: Layer, _t: Run): readonly Edit[] | undefined {
  return undefined;
}
