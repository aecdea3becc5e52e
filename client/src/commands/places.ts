import type { Menus } from "./command";

// Context values of the view's nodes, and conditions that are true if there are such nodes.
export const runningContainer = String.raw`container\.running`;
export const stoppedContainer = String.raw`container\.stopped`;
const container = String.raw`container\..*`;
export const activeUnit = String.raw`unit\.active`;
export const stoppedUnit = String.raw`unit\.stopped`;
export const unit = String.raw`unit\..*`;
export const running = "!systemdContainers.nothingRuns";
export const stopped = "!systemdContainers.nothingStopped";
const existing = `${running} || ${stopped}`;
export const following = "systemdContainers.followsJournal";

/**
 * A command on units or on any node whose context matches `of`. The palette lists it while a container is running.
 */
export const ofUnit = (of: string, group: string, inline?: number) =>
  ({ engine: true, needs: running, nodes: { of, group, inline } }) as const;
/** A command on running containers. */
export const inRunning = (group: string, inline?: number) => ofUnit(runningContainer, group, inline);
/** A command on containers, running or not. */
export const ofAny = (group: string) =>
  ({ engine: true, needs: existing, nodes: { of: container, group } }) as const;

/** The same position in both menus. */
export const inMenus = (group: string): Menus => ({ "editor/title": group, "explorer/context": group });
