import { join } from "node:path";
import { monitorEventLoopDelay } from "node:perf_hooks";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { follow } from "../../client/src/flows/journal";
import type { Container, Engine, FollowedJournal, Ui } from "../../client/src/ports";
import type { Text } from "../../client/src/text";

/** Milliseconds after which the process has the young generation that this much traffic asks for. */
const warmUp = 2_000;

const never = new AbortController().signal;

/** A Dockerfile whose journald drops nothing on its own, with a program that writes lines at a rate. */
const floodImage = `
FROM systemd-test:252
RUN mkdir /etc/systemd/journald.conf.d && \\
    printf '[Journal]\\nRateLimitIntervalSec=0\\nRateLimitBurst=0\\n' >/etc/systemd/journald.conf.d/all.conf
COPY flood /usr/local/bin/flood
RUN chmod 755 /usr/local/bin/flood
STOPSIGNAL SIGRTMIN+3
CMD ["/sbin/init"]
`;

/** Perl, which every Debian has: `flood SECONDS RATE`. It waits to be let go, and catches up where a tick came late. */
const floodProgram = `#!/usr/bin/perl
my ($seconds, $rate) = @ARGV;
select(undef, undef, undef, 0.02) until -e "/run/flood";
my ($total, $start, $written, $ticks) = ($seconds * $rate, time, 0, 0);
while ($written < $total) {
  $ticks++;
  my ($by_ticks, $by_clock) = ($ticks * $rate / 50, (time - $start) * $rate);
  my $due = $by_ticks > $by_clock ? $by_ticks : $by_clock;
  $due = $total if $due > $total;
  my $text = "";
  $text .= sprintf("line %07d of a service that talks a great deal about what it does\\n", $written++) while $written < $due;
  syswrite(STDOUT, $text);
  select(undef, undef, undef, 0.02);
}
`;

export interface Flood {
  readonly seconds: number;
  /** Lines a second. */
  readonly rate: number;
  /** Called when the first line was seen, with the journal as its commands have it. */
  readonly onFirst?: (journal: FollowedJournal) => void;
}

/** What following cost, and what became of the lines. */
export interface Cost {
  readonly seen: number;
  /** Lines that did not come. */
  readonly missing: number;
  /** Lines of which the channel reports that they were dropped. */
  readonly told: number;
  readonly seconds: number;
  /** The share of one processor that this process took. */
  readonly busy: number;
  /** Event-loop delay in milliseconds. */
  readonly delay: { readonly p50: number; readonly p99: number; readonly max: number };
  /** Growth in megabytes: of what is in use once garbage is collected, and of the whole process after its warm-up. */
  readonly memory: { readonly inUse: number; readonly process: number };
}

/** Follows the journal of a service that talks a lot, by the code behind *Follow Journal*, and counts its lines. */
export async function followFlood(engine: Engine, container: Container, flood: Flood): Promise<Cost> {
  const { seconds, rate, onFirst } = flood;
  const total = seconds * rate;
  const unit = "flood.service";
  const memory: { journals?: Map<string, FollowedJournal> } = {};
  const journal = () => [...(memory.journals?.values() ?? [])][0];

  let followed: FollowedJournal | undefined;
  let next = 0;
  let seen = 0;
  let missing = 0;
  let told = 0;
  let first = 0;
  let last = 0;
  const print = (text: string) => {
    // What systemd reports of the start shows that the journal is followed: now nothing can be missed.
    if (!followed) void engine.run(container, "touch /run/flood", { print: () => undefined, signal: never });
    followed ??= journal();
    for (const line of text.split("\n")) {
      told += Number(/^\[(\d+) lines dropped/.exec(line)?.[1] ?? 0);
      const number = Number(/line (\d{7}) of/.exec(line)?.[1] ?? -1);
      if (number < 0) continue;
      missing += number - next;
      next = number + 1;
      if (seen++ === 0) {
        first = performance.now();
        if (followed) onFirst?.(followed);
      }
    }
    last = performance.now();
    if (next === total) followed?.stop();
  };
  const t: Ui["t"] = (text, ...args) =>
    text.replace(/\{(\d+)\}/g, (_, index: string) => String(args[Number(index)])) as Text;
  const channel = () => ({ print, show: () => undefined });

  const before = inUse();
  let settled = 0;
  let highest = 0;
  const sampler = setInterval(() => {
    if (first === 0 || performance.now() - first < warmUp) return;
    const size = process.memoryUsage.rss();
    settled ||= size;
    highest = Math.max(highest, size);
  }, 100);
  const delay = monitorEventLoopDelay({ resolution: 1 });
  delay.enable();
  const following = follow(
    { ui: { t, channel, setContext: () => undefined }, memory },
    engine,
    container,
    unit,
  );
  const started = process.cpuUsage();
  const start = `systemd-run --unit=${unit} --property=LogRateLimitIntervalSec=0 /usr/local/bin/flood ${seconds} ${rate}`;
  const code = await engine.run(container, start, { print: () => undefined, signal: never });
  if (code !== 0) throw new Error(`systemd-run ended with ${code}`);
  await following;
  const { user, system } = process.cpuUsage(started);
  delay.disable();
  clearInterval(sampler);
  const mega = (bytes: number) => Math.round(bytes / 1e5) / 10;
  const milli = (nanoseconds: number) => Math.round(nanoseconds / 1e4) / 100;
  return {
    seen,
    missing,
    told,
    seconds: (last - first) / 1000,
    busy: (user + system) / 1000 / (last - first),
    delay: { p50: milli(delay.percentile(50)), p99: milli(delay.percentile(99)), max: milli(delay.max) },
    memory: { inUse: mega(inUse() - before), process: mega(highest - settled) },
  };
}

/** The directory of a build context gets these files. */
export const floodFiles = { Dockerfile: floodImage, flood: floodProgram };

export const floodBuild = (folder: string, tag: string) => ({
  dockerfile: join(folder, "Dockerfile"),
  context: folder,
  tag,
});

/** Bytes in use once garbage was collected. */
function inUse(): number {
  setFlagsFromString("--expose-gc");
  runInNewContext("gc")();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}
