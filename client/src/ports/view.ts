import type { Text } from "../text";
import type { Container } from "./container";
import type { Engine } from "./engine";
import type { System, Unit } from "./inside";

/** A node of the containers view. It is the first argument of commands that are called on it. */
export type Node = EngineNode | OthersNode | ContainerNode | UnitNode | NoteNode;

export interface EngineNode {
  readonly kind: "engine";
  readonly engine: Engine;
  /** Undefined while the engine does not respond. */
  readonly containers?: readonly Container[];
}

/** The containers that were started from other workspaces. */
export interface OthersNode {
  readonly kind: "others";
  readonly engine: Engine;
  readonly containers: readonly Container[];
}

export interface ContainerNode {
  readonly kind: "container";
  readonly engine: Engine;
  readonly container: Container;
  /** The state and units of systemd, if they have been read. */
  readonly system?: System;
  /** How many seconds the boot took, if that is known. */
  readonly seconds?: number;
}

export interface UnitNode {
  readonly kind: "unit";
  readonly engine: Engine;
  readonly container: Container;
  readonly unit: Unit;
}

/** A sentence shown in place of missing nodes. */
export interface NoteNode {
  readonly kind: "note";
  readonly engine: Engine;
  readonly container: Container;
  readonly text: Text;
}

/** Which units are shown. */
export interface UnitFilter {
  readonly only?: "failed" | "active" | "services";
  /** Only units whose name or description contains this text. */
  readonly text?: string;
}

/** The containers view and its status bar item. */
export interface View {
  /**
   * Called when an engine has been used. From then on, its containers are followed, and the visible units are read
   * again.
   */
  used(): void;
  /** Looks for engines, containers and units again. */
  refresh(): void;
}
