import { format, type Message } from "../core/base/message";

/**
 * A message as sent to the client: in English, or, if the client renders messages, as JSON between two of its
 * markers.
 */
export function written(message: Message, marker: string | undefined): string {
  return marker === undefined ? format(message) : `${marker}${JSON.stringify(message)}${marker}`;
}
