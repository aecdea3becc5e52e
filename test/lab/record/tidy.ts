/** A log without anything that differs from boot to boot or that mentions the host on which it was recorded. */
export function tidy(log: string): string {
  return log
    .replace(/\r\n/g, "\n")
    .replace(/\b[0-9a-f]{64}\b/g, "0123456789abcdef".repeat(4))
    .replace(/\b[0-9a-f]{32}\b/g, "0123456789abcdef".repeat(2))
    .replace(/\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b/g, "01234567-89ab-cdef-0123-456789abcdef")
    .replace(/\b[0-9a-f]{12}\b/g, "web")
    .replace(/\b[A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d\b/g, "Nov 24 10:00:00")
    .replace(/\blab-boot-\d+-\d+/g, "NAME")
    .replace(/::\w{25}\b/g, "::ref")
    .split("\n")
    .filter(
      (line) =>
        !/^#\d+ \d+\.\d+ (?:Get:|Hit:|Ign:|Fetched |Selecting |Preparing |Unpacking |Setting up |\(Reading )/.test(
          line,
        ),
    )
    .join("\n");
}

const failure =
  /fail|error|cannot|can't|couldn't|could not|denied|not permitted|read-only|no such|not found|invalid|unable|unsupported|refus|missing|ignoring/i;

// biome-ignore lint/suspicious/noControlCharactersInRegex: terminal sequences begin with one.
const sequences = /\u001b(?:\[[0-9;:?]*[A-Za-z]|\][^\u0007\u001b]*(?:\u0007|\u001b\\))/g;

/** From long logs, one line of each kind that reads like a failure. Kinds differ in more than names and numbers. */
export function soundingBad(logs: readonly string[]): string[] {
  const kinds = new Map<string, string>();
  for (const line of logs.join("\n").replace(sequences, "").split("\n")) {
    if (!failure.test(line)) continue;
    const kind = line
      .replace(/\S*[/._-]\S*/g, "X")
      .replace(/\d+/g, "0")
      .replace(/(?:X[ ,]*)+/g, "X ");
    if (!kinds.has(kind)) kinds.set(kind, line);
  }
  return [...kinds.values()];
}

/** Parses the output of `systemctl show --property=Id,Result,ExecMainCode,ExecMainStatus,ExecMainPID`. */
export function readShown(
  text: string,
): { unit: string; result: string; code: number; status: number; pid: number }[] {
  return text
    .split(/\n\n+/)
    .map((block) => new Map(block.split("\n").map((line) => line.split("=") as [string, string])))
    .filter((values) => values.get("Id"))
    .map((values) => ({
      unit: values.get("Id") ?? "",
      result: values.get("Result") ?? "",
      code: Number(values.get("ExecMainCode") ?? 0),
      status: Number(values.get("ExecMainStatus") ?? 0),
      pid: Number(values.get("ExecMainPID") ?? 0),
    }));
}
