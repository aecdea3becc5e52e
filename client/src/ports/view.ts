import type { Text } from "../text";
import type { Container } from "./container";
import type { Engine } from "./engine";
import type { System, Unit } from "./inside";

/** A node of the view of containers. A command that is called on one gets it as its first argument. */
export type Node = EngineNode | OthersNode | ContainerNode | UnitNode | NoteNode;

export interface EngineNode {
  readonly kind: "engine";
  readonly engine: Engine;
  /** Undefined while the engine does not answer. */
  readonly containers?: readonly Container[];
}

/** What other workspaces started. */
export interface OthersNode {
  readonly kind: "others";
  readonly engine: Engine;
  readonly containers: readonly Container[];
}

export interface ContainerNode {
  readonly kind: "container";
  readonly engine: Engine;
  readonly container: Container;
  /** What systemd is at, where it was asked. */
  readonly system?: System;
  /** How long the boot took, where it is known. */
  readonly seconds?: number;
}

export interface UnitNode {
  readonly kind: "unit";
  readonly engine: Engine;
  readonly container: Container;
  readonly unit: Unit;
}

/** A sentence in place of what is not there. */
export interface NoteNode {
  readonly kind: "note";
  readonly engine: Engine;
  readonly container: Container;
  readonly text: Text;
}

/** Which units are shown. */
export interface UnitFilter {
  readonly only?: "failed" | "active" | "services";
  /** Only units whose name or description has this in it. */
  readonly text?: string;
}

/** The view of containers, and the status bar with it. */
export interface View {
  /** An engine was used: its containers are followed from now on, and units that are shown are read again. */
  used(): void;
  /** Looks for engines, containers and units again. */
  refresh(): void;
}
