import { find } from "../../client/src/engine-entry";
import { isSkipped, startEngine } from "../lab";
import { patiently, type Say } from "./patiently";

/** The engine that `npm start` points the editor at. */
export interface StartedEngine {
  /** Its address; absent where the editor looks for one itself. */
  readonly address?: string;
  stop(): Promise<void>;
}

/** What there is on this computer. */
export interface Machine {
  /** A container engine answers. */
  answers(): Promise<boolean>;
  /** The lab's engines can be started: Linux, as root. */
  readonly hasLab: boolean;
  startLab(): ReturnType<typeof startEngine>;
  readonly say: Say;
}

const install =
  "Building and booting needs Docker (https://docs.docker.com/engine/install/) or Podman (https://podman.io/docs/installation).";

/** The base images of the examples. */
const images = ["debian:11", "debian:12"];

/** Starts a private engine of the lab where no other answers, unless the arguments leave it out. */
export async function engineForStart(
  args: readonly string[],
  { answers, hasLab, startLab, say }: Machine = thisMachine,
): Promise<StartedEngine> {
  if (await answers()) return none;
  if (!hasLab || args.includes("--no-lab")) {
    say(`No container engine answers. ${install}`);
    return none;
  }
  const what = "No container engine answers: starting a private one (--no-lab leaves it out)";
  const engine = await patiently(say, what, startLab()).catch((error: Error) => ({ skipped: error.message }));
  if (isSkipped(engine)) {
    say(`There is no private engine: ${engine.skipped}. ${install}`);
    return none;
  }
  for (const image of images) {
    const made = patiently(say, `Making the image ${image}`, engine.ensureImage(image));
    await made.catch((error: Error) => say(`${image} cannot be made here: ${error.message}`));
  }
  say(`${engine.name} answers at unix://${engine.socket} until this ends.`);
  return { address: `unix://${engine.socket}`, stop: () => engine.stop() };
}

const none: StartedEngine = { stop: async () => undefined };

const thisMachine: Machine = {
  answers: () =>
    find().then(
      () => true,
      () => false,
    ),
  hasLab: process.platform === "linux" && process.getuid?.() === 0,
  startLab: () => startEngine(),
  say: console.log,
};
