import type { Dependencies } from "../ports";
import type { Booted } from "./explain-report";

/** Remembers which container the problems of a file are about. One whose boot failed is gone already; its problems stay. */
export function rememberBlamed(
  { memory }: Pick<Dependencies, "memory">,
  { container, report, uri }: Booted,
): void {
  if (uri === undefined) return;
  const others = [...(memory.blamed ?? [])].filter(([, of]) => of !== uri);
  const isThere = report.state !== "exited" && report.state !== "frozen";
  memory.blamed = new Map(isThere ? [...others, [container.id, uri]] : others);
}
