import type { Ports } from "../ports";

/** Starts the language server anew. */
export async function restartServer({ server }: Ports): Promise<void> {
  await server.restart();
}
