import type { Container, Engine, Ports } from "../ports";

/** Connects to the engine, tells the server what engine it is, and shows in the status bar what runs. */
export async function connect({ ui, engine, server }: Ports): Promise<Engine> {
  return ui.progress(ui.t("Connecting to the container engine"), async (_report, signal) => {
    try {
      const connected = await engine.connect(signal);
      await server.engineFacts(connected.facts);
      return connected;
    } catch (error) {
      if (!signal.aborted) await server.engineFacts(null);
      throw error;
    }
  });
}

/** Our running containers; the status bar follows. */
export async function running({ ui }: Ports, engine: Engine): Promise<readonly Container[]> {
  const containers = (await engine.containers()).filter((container) => container.running);
  const names = containers.map(({ name }) => name).join(", ");
  if (containers.length === 0) ui.status();
  else if (containers.length === 1) ui.status(`$(vm-running) ${names}`, ui.t("{0} is running", names));
  else
    ui.status(`$(vm-running) ${ui.t("{0} containers", containers.length)}`, ui.t("{0} are running", names));
  return containers;
}

/** The running container a command works on: the one it was called on, the only one, or the one that is picked. */
export async function chooseContainer(
  ports: Ports,
  engine: Engine,
  called?: string,
): Promise<Container | undefined> {
  const { ui } = ports;
  const containers = await running(ports, engine);
  const named = containers.find(({ id }) => id === called);
  if (named) return named;
  if (containers.length === 0) {
    ui.tell("info", ui.t("No container of ours is running. Build and Boot starts one."));
    return undefined;
  }
  if (containers.length === 1) return containers[0];
  const choices = containers.map((container) => ({
    label: container.name,
    description: container.uri === undefined ? undefined : ui.label(container.uri),
    value: container,
  }));
  return ui.pick(ui.t("Which container?"), choices);
}
