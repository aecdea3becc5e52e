import { seenUri } from "../core/image/base-images";
import { type SeenImageParams, seenImageMethod } from "../seen-protocol";
import type { LoadAnswers } from "./commands";
import { attempt } from "./guard";
import type { Session } from "./session";
import type { Sync } from "./sync";

/** When the client has inspected an image, lints the files that name it again. */
export function receiveSeen(
  { connection, files, log, seen }: Session,
  { changed }: Sync,
  load: LoadAnswers,
): void {
  connection.onNotification(seenImageMethod, ({ reference, image }: SeenImageParams) =>
    attempt(log, "reading an inspected image", undefined, async () => {
      const uri = seenUri(reference);
      if (!seen.set(uri, image ? load().seenText(image, reference) : undefined)) return;
      files.forget(uri);
      changed(uri);
    }),
  );
}
