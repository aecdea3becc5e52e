import type { Engine, Fault } from "../../../../client/src/ports";
import { isFault } from "../../../../client/src/texts/faults";
import { bootTexts } from "../boot-texts";
import { connect } from "./connect";
import type { Deadline } from "./deadline";
import type { BootHost } from "./host";
import { bootLabel, leftOvers, removing } from "./mark";

/** What happens on an engine. */
interface Job {
  /** Called with the engine before the work begins. */
  connected(engine: Engine): void;
  work(engine: Engine): Promise<void>;
  /** Called with an engine fault that ends the work. */
  fail(fault: Fault): void;
}

/**
 * Runs a task on the engine at an address or, without an address, on the likeliest one that responds. Ends soon after
 * the time is up, whatever the engine does.
 */
export async function onEngine(
  address: string | undefined,
  host: BootHost,
  deadline: Deadline,
  { connected, work, fail }: Job,
): Promise<void> {
  deadline.signal.addEventListener("abort", () => host.err(`${endOf(deadline)}\n`));
  const working = async () => {
    const engine = await connect(address, host, deadline.signal);
    connected(engine);
    host.err(`${bootTexts.engine(engine.name, engine.url)}\n`);
    await tellLeft(engine, host);
    await work(engine);
  };
  const failed = (error: unknown) => {
    const fault = faultIn(error);
    if (fault) fail(fault);
  };
  try {
    await Promise.race([working().catch(failed), deadline.over]);
  } finally {
    deadline.close();
  }
}

/** Returns the engine fault, or undefined if the time was up. Throws any other error, which is a bug in this program. */
export function faultIn(error: unknown): Fault | undefined {
  if (error instanceof Error && error.name === "AbortError") return undefined;
  if (!isFault(error)) throw error;
  return error;
}

/** The message for a run that has to end early. */
function endOf(deadline: Deadline): string {
  return deadline.ended() === "interrupted" ? bootTexts.interrupted : bootTexts.late;
}

/** Prints what earlier, killed runs left behind and how to remove it, unless the engine fails to list it. */
async function tellLeft(engine: Engine, { err }: BootHost): Promise<void> {
  const all = await engine.labelled(bootLabel).catch(() => []);
  const left = leftOvers(all);
  if (left.length === 0) return;
  for (const line of [bootTexts.leftBefore, ...removing(left, engine.facts.engine)]) err(`${line}\n`);
}
