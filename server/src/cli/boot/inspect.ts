import type { Engine } from "../../../../client/src/ports";
import { faultWords, isFault } from "../../../../client/src/texts/faults";
import { seenText } from "../../core/boot/seen-base";
import { bootTexts } from "../boot-texts";
import type { InspectAsked } from "../inspect-asked";
import type { InspectedReference, InspectResult } from "../inspect-result";
import { connect } from "./connect";
import { openDeadline } from "./deadline";
import { english } from "./english";
import { faultIn } from "./fault-in";
import type { BootHost } from "./host";

/** Time limit for all images together, in seconds. */
const timeout = 120;

/**
 * Inspects images that the engine already has. Nothing is pulled, and nothing in an image runs. Ends soon after the
 * time limit, even if the engine does not respond.
 */
export async function inspectNamed(asked: InspectAsked, host: BootHost): Promise<InspectResult> {
  const deadline = openDeadline(timeout, host.interruptions, host.grace);
  const images: InspectedReference[] = [];
  let engine: Engine | undefined;
  const looking = async () => {
    engine = await connect(asked.engine, host, deadline.signal);
    for (const reference of asked.references)
      images.push(await look(engine, reference, deadline.signal, host));
  };
  try {
    await Promise.race([looking().catch((error: unknown) => tell(error, host)), deadline.over]);
  } finally {
    deadline.close();
  }
  if (!engine) return { code: 3, images };
  if (deadline.ended()) host.err(`${bootTexts.notInspected}\n`);
  return { code: images.some(({ image }) => image) ? 0 : 1, engine: engine.name, images };
}

async function look(
  engine: Engine,
  reference: string,
  signal: AbortSignal,
  host: BootHost,
): Promise<InspectedReference> {
  try {
    const { image } = await engine.look(reference, signal);
    return { reference, image, base: seenText(image, reference) };
  } catch (error) {
    if (signal.aborted || !isFault(error)) throw error;
    if (error.code !== "image-missing") tell(error, host);
    return { reference };
  }
}

/** Prints an engine fault. Any other error is a bug in this program, unless the time was up. */
function tell(error: unknown, { err }: BootHost): void {
  const fault = faultIn(error);
  if (!fault) return;
  const { message, hint = "", tried = [] } = faultWords(english, fault);
  for (const line of [message, hint, ...tried]) if (line !== "") err(`${line}\n`);
}
