import { StringDecoder } from "node:string_decoder";
import type { BuildOutput, BuildStep } from "../../ports/engine";
import { lines } from "../lines";
import { decodeStatus, type Vertex } from "./buildkit-status";

/** One line of the stream that the engine sends during a build. */
interface BuildEvent {
  readonly stream?: string;
  readonly status?: string;
  readonly id?: string;
  readonly progress?: string;
  readonly error?: string;
  readonly errorDetail?: { readonly message?: string };
  readonly aux?: unknown;
}

type NumberedStep = Omit<BuildStep, "kind">;

/** The step that a build reached, for example `RUN false`, the second step of the stage `base`. */
export interface Step {
  readonly text: string;
  readonly number?: number;
  readonly stage?: string;
}

/** What is known about a build once its stream has ended. */
export interface BuildOutcome {
  readonly error?: string;
  /** The step that failed, or the last one that started. */
  readonly step?: Step;
  /** The engine reported that the image exists. */
  readonly image: boolean;
}

/** Reads the build stream of any builder and prints what it reports. */
export async function readBuild(
  chunks: AsyncIterable<Uint8Array>,
  print: (output: BuildOutput) => void,
): Promise<BuildOutcome> {
  const steps = buildKitPrinter(print);
  let error: string | undefined;
  let step: Step | undefined;
  let image = false;
  for await (const line of lines(chunks)) {
    const event = parse(line);
    if (!event) continue;
    if (event.id === "moby.buildkit.trace" && typeof event.aux === "string") steps.read(event.aux);
    else if (isImage(event.aux)) image = true;
    else if (event.stream !== undefined) {
      print({ kind: "text", text: event.stream });
      const begun = classicStep(event.stream);
      if (begun) print({ kind: "step", ...begun });
      step = begun ?? step;
      image ||= /^Successfully built /.test(event.stream);
    } else if (event.status !== undefined && event.progress === undefined) {
      print({ kind: "text", text: `${event.id ? `${event.id}: ` : ""}${event.status}\n` });
    }
    error ??= event.errorDetail?.message ?? event.error;
  }
  steps.end();
  if (error !== undefined) print({ kind: "error", text: error });
  return { error, step: steps.failed() ?? step, image };
}

function parse(line: string): BuildEvent | undefined {
  if (line.trim() === "") return undefined;
  try {
    return JSON.parse(line) as BuildEvent;
  } catch {
    return undefined;
  }
}

function isImage(aux: unknown): boolean {
  return typeof (aux as { ID?: unknown } | undefined)?.ID === "string";
}

/** Parses `Step 2/3 : RUN false` of Docker's classic builder and `STEP 2/3: RUN false` of Podman. */
function classicStep(text: string): NumberedStep | undefined {
  const found = /^(?:\[\d+\/\d+\] )?step (\d+)\/(\d+) ?: (.*)/is.exec(text);
  return found
    ? { number: Number(found[1]), of: Number(found[2]), text: (found[3] ?? "").trim() }
    : undefined;
}

/** Parses `[base 2/3] RUN false`. The stage is missing if there is only one. */
function numberedStep(name: string): NumberedStep | undefined {
  const found = /^\[(?:(\S+) +)?(\d+)\/(\d+)\] (.*)/s.exec(name);
  if (!found) return undefined;
  return { stage: found[1], number: Number(found[2]), of: Number(found[3]), text: found[4] ?? "" };
}

function buildKitStep(name: string): Step {
  const numbered = numberedStep(name);
  if (numbered) return numbered;
  const from = /^\[internal\] load metadata for (\S+)/.exec(name)?.[1];
  return { text: from ? `FROM ${from}` : name };
}

function buildKitPrinter(print: (output: BuildOutput) => void) {
  const numbers = new Map<string, number>();
  const ended = new Set<string>();
  const rest = new Map<string, string>();
  let failed: string | undefined;

  const numberOf = (digest: string) => numbers.get(digest) ?? 0;
  const line = (digest: string, text: string) => print({ kind: "line", step: numberOf(digest), text });
  const begin = ({ digest, name, started }: Vertex) => {
    if (numbers.has(digest) || started === undefined) return;
    numbers.set(digest, numbers.size + 1);
    line(digest, name);
    const step = numberedStep(name);
    if (step) print({ kind: "step", ...step });
  };
  const end = ({ digest, name, cached, started, completed, error }: Vertex) => {
    if (completed === undefined || ended.has(digest) || !numbers.has(digest)) return;
    flush(digest);
    ended.add(digest);
    // A step that was stopped because another step failed is not the cause.
    if (error && !/context canceled$/.test(error)) failed ??= name;
    const step = numberOf(digest);
    if (error) print({ kind: "failed", step, text: error });
    else if (cached) print({ kind: "cached", step });
    else print({ kind: "done", step, seconds: completed - (started ?? completed) });
  };
  const flush = (digest: string) => {
    const text = rest.get(digest);
    if (text) line(digest, text);
    rest.delete(digest);
  };
  const decoders = new Map<string, StringDecoder>();
  const log = (digest: string, bytes: Uint8Array) => {
    const decoder = decoders.get(digest) ?? new StringDecoder();
    decoders.set(digest, decoder);
    const parts = ((rest.get(digest) ?? "") + decoder.write(Buffer.from(bytes))).split(/\r?\n/);
    rest.set(digest, parts.pop() ?? "");
    for (const text of parts) line(digest, text);
  };

  return {
    read(base64: string): void {
      const status = decodeStatus(base64);
      for (const vertex of status.vertexes) begin(vertex);
      for (const { vertex, text } of status.logs) log(vertex, text);
      for (const vertex of status.vertexes) end(vertex);
      for (const warning of status.warnings) print({ kind: "warning", text: warning });
    },
    end: () => [...rest.keys()].forEach(flush),
    failed: () => (failed === undefined ? undefined : buildKitStep(failed)),
  };
}
