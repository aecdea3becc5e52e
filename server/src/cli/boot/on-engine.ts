import type { Engine, Fault } from "../../../../client/src/ports";
import { bootTexts } from "../boot-texts";
import { connect } from "./connect";
import type { Deadline } from "./deadline";
import { faultIn } from "./fault-in";
import type { BootHost } from "./host";
import { offerToRemove } from "./left-over";

/** A task to run on an engine. */
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
    await offerToRemove(engine, host, deadline);
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

/** The message for a command that has to end early. */
function endOf(deadline: Deadline): string {
  return deadline.ended() === "interrupted" ? bootTexts.interrupted : bootTexts.late;
}
