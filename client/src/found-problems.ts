import type { PlaceMessage } from "../../server/src/protocol";

/** A problem at a place. */
interface Placed {
  readonly place: PlaceMessage;
}

/** Problems, grouped by what they were found in. */
export interface Found<P extends Placed> {
  /** Replaces the problems that were found in something. */
  set(foundIn: string, problems: readonly P[]): void;
  /** The files with problems. */
  files(): ReadonlySet<string>;
  /** The problems in a file, without duplicates: the same unit can be in several images. */
  of(uri: string): readonly P[];
  /** Changes the problems in a file. Those for which `to` returns nothing are dropped. */
  change(uri: string, to: (problem: P) => P | undefined): void;
  /** Drops the problems in these files and directories. */
  forget(gone: readonly string[]): void;
}

/** Creates an empty list of problems. `changed` is called after every change. */
export function openFound<P extends Placed>(changed: () => void): Found<P> {
  const all = new Map<string, readonly P[]>();
  const problems = () => [...all.values()].flat();
  const replace = (to: (problem: P) => P | undefined) => {
    for (const [foundIn, some] of all)
      all.set(
        foundIn,
        some.flatMap((problem) => to(problem) ?? []),
      );
    changed();
  };
  return {
    set: (foundIn, some) => {
      all.set(foundIn, some);
      changed();
    },
    files: () => new Set(problems().map(({ place }) => place.uri)),
    of: (uri) => {
      const some = problems().filter(({ place }) => place.uri === uri);
      return [...new Map(some.map((problem) => [JSON.stringify(problem), problem])).values()];
    },
    change: (uri, to) => replace((problem) => (problem.place.uri === uri ? to(problem) : problem)),
    forget: (gone) =>
      replace((problem) => {
        const { uri } = problem.place;
        return gone.some((each) => uri === each || uri.startsWith(`${each}/`)) ? undefined : problem;
      }),
  };
}
