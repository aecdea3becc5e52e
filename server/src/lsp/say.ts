import { format, type Message } from "../core/base/message";

/** A message as the client gets it: in English; as JSON between two of its markers, where the client renders messages. */
export function written(message: Message, marker: string | undefined): string {
  return marker === undefined ? format(message) : `${marker}${JSON.stringify(message)}${marker}`;
}
