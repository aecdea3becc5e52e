import type { ExplainResult } from "../../../server/src/protocol";
import type { BootReport, ConsoleLog, Container } from "./container";
import type { Timeline } from "./inside";
import type { Page } from "./page";

/** A boot, and what is known of how it went. */
export interface BootRecord {
  readonly container: Container;
  /** The address of its engine. */
  readonly url: string;
  readonly report: BootReport;
  readonly why: ExplainResult;
  /** When it was read, in milliseconds since 1970. */
  readonly at: number;
}

/** What the page of a boot shows. */
export interface ShownBoot extends BootRecord {
  /** The container is not as it was when this was read. */
  readonly stale?: boolean;
  /** Undefined while it is being read; null where it is not known. */
  readonly timeline?: Timeline | null;
  /** The boot of the same image before this one. */
  readonly before?: BootRecord;
}

/** The page about the boots of a container. */
export interface ReportPage {
  readonly page: Page;
  /** Undefined until a boot is over. */
  shown?: ShownBoot;
}

/** A boot that goes on, and what its container wrote so far. */
export interface GoingBoot {
  readonly container: Container;
  readonly read: () => ConsoleLog;
}
