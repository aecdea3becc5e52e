import { type ContainerSpec, sameItem } from "../../container/spec";
import { type Changes, isOverridden, removeKey } from "./changes";
import type { SingleKey } from "./dialect";
import { type Slot, slotsOf } from "./layers";
import { writeSingle } from "./render";

/** Changes a setting with a single value to that of `target`. Refuses if its value is in another file. */
export function changeSingle(changes: Changes, key: SingleKey, target: ContainerSpec) {
  const { service, file, editor } = changes;
  if (sameItem(service.spec[key], target[key])) return;
  const { dialect } = service;
  const name = dialect.singles[key]?.name;
  if (name === undefined) return editor.refuse();
  const value = writeSingle(dialect, key, target[key] ?? overriding(changes, key, name));
  if (value === undefined) {
    for (const slot of slotsOf(service.layers, name)) removeKey(changes, slot);
    return;
  }
  const slot = service.single(key);
  if (slot && isOverridden(changes, slot)) editor.refuse();
  if (!slot || (changes.alone && slot.entry.owner !== changes.own.entry.pair.value))
    changes.newValues.set(name, value);
  else if (slot.file !== file) editor.refuse();
  else editor.setValue(slot.entry, value);
}

/** The value with which a layer alone takes back `true` of the layer that it shares with others. */
function overriding({ alone, service, own }: Changes, key: SingleKey, name: string): false | undefined {
  if (!alone || !service.dialect.replaces || service.spec[key] !== true) return undefined;
  const isOwn = ({ entry }: Slot) => entry.owner === own.entry.pair.value;
  const slot = service.single(key);
  return slot && !isOwn(slot) && !slotsOf([own], name).some(isOwn) ? false : undefined;
}
