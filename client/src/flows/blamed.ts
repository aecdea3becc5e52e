import type { Dependencies } from "../ports";
import type { Booted } from "./explain-report";

/**
 * Records which container the problems of a file come from. If the boot failed, the container has already been
 * removed, but its problems stay until the next boot of the file.
 */
export function rememberBlamed(
  { memory }: Pick<Dependencies, "memory">,
  { container, report, uri }: Booted,
): void {
  if (uri === undefined) return;
  const others = [...(memory.blamed ?? [])].filter(([, of]) => of !== uri);
  const isThere = report.state !== "exited" && report.state !== "frozen";
  memory.blamed = new Map(isThere ? [...others, [container.id, uri]] : others);
}
