/** A port of the container and where it is published. */
export interface PublishedPort {
  /** The port in the container, such as `80/tcp`. */
  readonly inside: string;
  /** Empty if it is published on every address of the host. */
  readonly address: string;
  /** A port, a range to pick from, or empty if the engine picks one. */
  readonly outside: string;
}

/**
 * The individual ports of `[[ADDRESS:]PORT:]PORT[/PROTOCOL]`. Ports can be ranges, and an IPv6 address has brackets.
 * Empty if the value has another form.
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
    // If a range is given for a single port, the engine picks one from it.
    outside: ports.length === 1 ? outside : String(published[index] ?? ""),
  }));
}

/** A port of the host that is in use, and the one to publish in its place. */
export interface PortReplacement {
  readonly taken: number;
  readonly free: number;
}

/** Publishes the same ports with the port in use replaced. A range that contains it becomes one value per port. */
export function replacePort(text: string, { taken, free }: PortReplacement): string[] {
  const ports = readPorts(text);
  if (!ports.some(({ outside }) => outside === String(taken))) return [text];
  return ports.map(({ inside, address, outside }) => {
    const host = address.includes(":") ? `[${address}]` : address;
    const port = outside === String(taken) ? free : outside;
    return `${host === "" ? "" : `${host}:`}${port}:${inside.replace("/tcp", "")}`;
  });
}

/** The ports of `80` or `8000-8010`; none if the range exceeds the valid ports. */
function range(text: string): readonly number[] {
  const [, first, last = first] = /^(\d+)(?:-(\d+))?$/.exec(text) ?? [];
  if (first === undefined || Number(last) > 65_535) return [];
  const length = Math.max(Number(last) - Number(first) + 1, 0);
  return Array.from({ length }, (_, index) => Number(first) + index);
}

/** The number of bytes in `512m`: units are powers of 1024, in either case, with or without `b` or `ib`. */
export function readBytes(text: string): number | undefined {
  const [, count, unit = ""] = /^(\d+(?:\.\d+)?)\s*([kmgtp]?)i?b?$/i.exec(text.trim()) ?? [];
  if (count === undefined) return undefined;
  return Math.floor(Number(count) * 1024 ** " kmgtp".indexOf(unit.toLowerCase() || " "));
}
