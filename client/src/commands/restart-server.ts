import type { Dependencies } from "../ports";

/** Restarts the language server. */
export async function restartServer({ server }: Dependencies): Promise<void> {
  await server.restart();
}
