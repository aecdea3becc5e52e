// Limits of the analysis. Every limit is a count (characters, values, items), never a time, so the result for a file
// is the same on any host and under any load. Anything beyond a limit is treated as unknown.

/** Characters in the value of a variable. Variables that each contain the previous one twice reach this in a few steps. */
export const longestValue = 16_384;

/** Characters that variables, loops and lists may add to the words of one file. No real file comes close. */
export const mostExpanded = 1_000_000;

/** Results of one word with loop variables and braces (`$i{a,b}$j`), whose numbers multiply. */
export const mostAlternatives = 256;

/** Scripts within scripts (`sh -c "sh -c …"`), calls within calls, defaults within defaults. */
export const deepestNesting = 40;

/** `<<` in one script. The parser scans the entire line for each heredoc. */
export const mostHeredocs = 1_000;

/** Characters of a compose value that are searched for variables. */
export const longestInterpolated = 10_000;

/** Services that extend one another. A longer chain is a mistake. */
export const longestExtends = 20;

/** Keys and list items of all services of a Compose file, including each repetition through aliases and merges. */
export const mostItems = 100_000;

/** Comparisons between what a file deletes and what it creates. */
export const mostComparisons = 1_000_000;

/** Characters to search for the paths that a file creates, counted once per path. */
export const mostSearched = 50_000_000;

/** Deletions that the fixes of one file also remove because they repeat another deletion. */
export const mostRepeated = 1_000;

/**
 * Characters of files whose parsed form is cached. Each file counts as `each` more, since the parsed form is larger
 * than the text.
 */
export const mostKeptText = { characters: 150_000, each: 5_000 };

/** Like `mostKeptText`, but for scripts, whose commands are cached: enough for a few large Dockerfiles. */
export const mostKeptScripts = { characters: 400_000, each: 300 };

/** Like `mostKeptText`, but for run files and the images that they build: enough for all files of a workspace. */
export const mostKeptLinks = { characters: 5_000_000, each: 1_000 };

/** Like `mostKeptText`, but for parts of a file being edited, with their findings and the images that they build. */
export const mostKeptParts = { characters: 800_000, each: 1_000 };

/** Like `mostKeptText`, but for plans, keyed by their inputs. */
export const mostKeptPlans = { characters: 200_000, each: 3_000 };

/** Like `mostKeptText`, but for what was found in inspected images: enough for all images of a large Compose file. */
export const mostKeptSeen = { characters: 2_000_000, each: 1_000 };

/** The remainder of a limit that several strings share. */
export interface Budget {
  left: number;
}

/** Deducts a cost from a budget. Returns false once the budget is used up, and for every later call. */
export function spend(budget: Budget, cost: number): boolean {
  budget.left -= cost;
  return budget.left >= 0;
}
