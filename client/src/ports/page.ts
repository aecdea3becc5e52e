import type { Html } from "../text";

/** The parts of a page by their ids, in their order. The one with the id `status` is read aloud when it changes. */
export type PageParts = Readonly<Record<string, Html>>;

/** A page of HTML in an editor. */
export interface Page {
  /** Shows these parts in place of those before; what is the same is left as it is. */
  show(parts: PageParts): void;
  /** Moves it to the front. */
  reveal(): void;
}

/** A button that a person pressed: what it does, and to which of several. */
export interface PageAction {
  readonly action: string;
  readonly index?: number;
}

/** What receives what a person does with a page. */
export interface PageListener {
  act(pressed: PageAction): unknown;
  closed(): void;
}
