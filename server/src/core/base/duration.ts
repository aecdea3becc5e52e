const nanosecondsOf: Readonly<Record<string, number>> = {
  ns: 1,
  us: 1e3,
  µs: 1e3,
  ms: 1e6,
  s: 1e9,
  m: 60e9,
  h: 3_600e9,
  d: 86_400e9,
  w: 604_800e9,
};

/**
 * The seconds in a duration such as `1m30s`, as Go and compose write them; undefined if the string is not a duration.
 */
export function readDuration(text: string): number | undefined {
  if (!/^(\d+(\.\d+)?(ns|us|µs|ms|[smhdw]))+$/.test(text)) return undefined;
  const counts = text.match(/[\d.]+/g) ?? [];
  const units = text.match(/[a-zµ]+/g) ?? [];
  return (
    counts.reduce((sum, count, at) => sum + Number(count) * (nanosecondsOf[units[at] ?? ""] ?? 0), 0) / 1e9
  );
}
