import { seenUri } from "../../core/image/base-images";
import type { Terminal } from "../terminal";
import type { OpenInputs } from "./files";
import { unknownReferences } from "./references";

/**
 * Adds to the snapshot what the engine reports about images that lint does not recognize. All files are read to find
 * these images. Returns undefined, after an error is printed, if no engine responds.
 */
export async function inspected(inputs: OpenInputs, terminal: Terminal): Promise<OpenInputs | undefined> {
  const { snapshot } = inputs;
  const files = new Map(inputs.entries.map((entry) => [entry, inputs.read(entry)]));
  const known = { ...inputs, read: (entry: OpenInputs["entries"][number]) => files.get(entry) };
  const readable = [...files.values()].filter((file) => file !== undefined);
  const references = unknownReferences(readable, inputs);
  if (references.length === 0) return known;
  if (!terminal.inspect) throw new Error("This terminal has no inspect program.");
  const { code, images } = await terminal.inspect({ references }, { cwd: terminal.cwd, err: terminal.err });
  if (code === 3) return undefined;
  const seen = new Map(images.map(({ reference, base }) => [seenUri(reference), base]));
  return { ...known, snapshot: { ...snapshot, read: (uri) => seen.get(uri) ?? snapshot.read(uri) } };
}
