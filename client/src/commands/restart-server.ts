import type { Dependencies } from "../ports";

/** Starts the language server again. */
export async function restartServer({ server }: Dependencies): Promise<void> {
  await server.restart();
}
