import type Docker from "dockerode";
import { request } from "../docker";
import { removeContainer } from "./containers";

/** The request that creates a container. */
interface Create {
  readonly path: string;
  readonly body: Readonly<Record<string, unknown>>;
}

/** Creates a container, uses it and removes it with its anonymous volumes, whatever happens. `use` receives its ID. */
export async function inTemporary<T>(
  docker: Docker,
  create: Create,
  signal: AbortSignal,
  use: (id: string) => Promise<T>,
): Promise<T> {
  // This call is not aborted, because the container might already exist by then and must be removed.
  const { Id: id } = await request<{ readonly Id: string }>(docker, { method: "POST", ...create });
  try {
    signal.throwIfAborted();
    return await use(id);
  } finally {
    await removeContainer(docker, id);
  }
}
