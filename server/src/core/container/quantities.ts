/** A port of the container and where it is published. */
export interface PublishedPort {
  /** `80/tcp`. */
  readonly inside: string;
  /** Empty: every address of the host. */
  readonly address: string;
  /** A port, a range to choose from, or empty where the engine chooses. */
  readonly outside: string;
}

/**
 * The single ports of `[[ADDRESS:]PORT:]PORT[/PROTOCOL]`, whose ports can be ranges; an IPv6 address has
 * brackets. None where it is written otherwise.
 */
export function readPorts(text: string): PublishedPort[] {
  const [, address = "", outside = "", inside = "", protocol = "tcp"] =
    /^(?:(?:(\[[^\]]*\]|[^:]*):)?([^:]*):)?([^:/]+)(?:\/(tcp|udp|sctp))?$/.exec(text) ?? [];
  const ports = range(inside);
  const published = range(outside);
  if (outside !== "" && (published.length === 0 || (ports.length > 1 && published.length !== ports.length))) {
    return [];
  }
  return ports.map((port, index) => ({
    inside: `${port}/${protocol}`,
    address: address.replace(/^\[|\]$/g, ""),
    // A range for one port is for the engine to choose from.
    outside: ports.length === 1 ? outside : String(published[index] ?? ""),
  }));
}

/** A port of the host that is taken, and the one to publish in its place. */
export interface PortReplacement {
  readonly taken: number;
  readonly free: number;
}

/** What publishes the same ports without the one that is taken; a range that it is in becomes a text for each port. */
export function replacePort(text: string, { taken, free }: PortReplacement): string[] {
  const ports = readPorts(text);
  if (!ports.some(({ outside }) => outside === String(taken))) return [text];
  return ports.map(({ inside, address, outside }) => {
    const host = address.includes(":") ? `[${address}]` : address;
    const port = outside === String(taken) ? free : outside;
    return `${host === "" ? "" : `${host}:`}${port}:${inside.replace("/tcp", "")}`;
  });
}

/** `80`, `8000-8010`; none beyond the ports that there are. */
function range(text: string): readonly number[] {
  const [, first, last = first] = /^(\d+)(?:-(\d+))?$/.exec(text) ?? [];
  if (first === undefined || Number(last) > 65_535) return [];
  const length = Math.max(Number(last) - Number(first) + 1, 0);
  return Array.from({ length }, (_, index) => Number(first) + index);
}

/** Bytes of `512m`: units are of 1024, in either case, with or without `b` and `ib`. */
export function readBytes(text: string): number | undefined {
  const [, count, unit = ""] = /^(\d+(?:\.\d+)?)\s*([kmgtp]?)i?b?$/i.exec(text.trim()) ?? [];
  if (count === undefined) return undefined;
  return Math.floor(Number(count) * 1024 ** " kmgtp".indexOf(unit.toLowerCase() || " "));
}
