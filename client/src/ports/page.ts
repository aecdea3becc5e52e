import type { Html } from "../text";

/**
 * The parts of a page by id, from top to bottom. Screen readers announce changes to the part with the id `status`.
 */
export type PageParts = Readonly<Record<string, Html>>;

/** An HTML page in an editor tab. */
export interface Page {
  /** Replaces the parts of the page. Unchanged parts are left alone. */
  show(parts: PageParts): void;
  /** Moves the page to the front. */
  reveal(): void;
}

/** A button that the user pressed: its action, and the index of the item it belongs to if there are several. */
export interface PageAction {
  readonly action: string;
  readonly index?: number;
}

/** Receives what the user does with a page. */
export interface PageListener {
  act(pressed: PageAction): unknown;
  closed(): void;
}
