import type { Dependencies } from "../ports";

/** Shows the log of the language server. */
export function showLog({ server }: Dependencies): void {
  server.showLog();
}
