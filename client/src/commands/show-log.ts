import type { Ports } from "../ports";

/** Shows the log of the language server. */
export function showLog({ server }: Ports): void {
  server.showLog();
}
