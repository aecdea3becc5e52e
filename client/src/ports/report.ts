import type { ExplainResult } from "../../../server/src/protocol";
import type { BootReport, ConsoleLog, Container } from "./container";
import type { Timeline } from "./inside";
import type { Page } from "./page";

/** A boot and its result. */
export interface BootRecord {
  readonly container: Container;
  /** The address of its engine. */
  readonly url: string;
  readonly report: BootReport;
  readonly why: ExplainResult;
  /** When the report was read, in milliseconds since 1970. */
  readonly at: number;
}

/** The content of a boot's report page. */
export interface ShownBoot extends BootRecord {
  /** Whether the state of the container has changed since the report was read. */
  readonly stale?: boolean;
  /** Undefined while it is being read; null if it is unavailable. */
  readonly timeline?: Timeline | null;
  /** The previous boot of the same image. */
  readonly before?: BootRecord;
}

/** The page about the boots of a container. */
export interface ReportPage {
  readonly page: Page;
  /** Undefined until a boot has ended. */
  shown?: ShownBoot;
}

/** A boot in progress, and the console output of its container so far. */
export interface GoingBoot {
  readonly container: Container;
  readonly read: () => ConsoleLog;
}
