// Limits of the analysis. Every limit is a count (characters, values, items), never a time, so the result for
// a file is the same on any host and under any load. Anything beyond a limit is treated as unknown.

/** Characters of a variable's value. Variables that double one another get there in a few steps. */
export const longestValue = 16_384;

/** Characters that variables, loops and lists may add to the words of one file: more than any real file has. */
export const mostExpanded = 1_000_000;

/** Results of one word with loop variables and braces (`$i{a,b}$j`), which multiply. */
export const mostAlternatives = 256;

/** Scripts in scripts (`sh -c "sh -c …"`), calls in calls, defaults in defaults. */
export const deepestNesting = 40;

/** `<<` in one script: for each heredoc, the parser goes through all of its line. */
export const mostHeredocs = 1_000;

/** Characters of a compose value in which variables are looked for. */
export const longestInterpolated = 10_000;

/** Services that extend one another; longer chains are mistakes. */
export const longestExtends = 20;

/** Keys and list items of all services of a compose file, those that aliases and merges repeat counted each time. */
export const mostItems = 100_000;

/** Comparisons of what a file deletes with what it makes. */
export const mostComparisons = 1_000_000;

/** Characters in which the paths that a file makes are looked for, counted once for each path. */
export const mostSearched = 50_000_000;

/** Deletions that the fixes of one file take along because they repeat another one. */
export const mostRepeated = 1_000;

/** Characters of files whose reading is kept, of which each counts so many more: what is made of a text is larger. */
export const mostKeptText = { characters: 150_000, each: 5_000 };

/** The same for scripts, whose commands are kept: those of a few large Dockerfiles. */
export const mostKeptScripts = { characters: 400_000, each: 300 };

/** The same for run files, of which it is kept what they build: of a workspace all. */
export const mostKeptLinks = { characters: 5_000_000, each: 1_000 };

/** The same for the parts of files that are typed in, of which findings are kept, and what they build. */
export const mostKeptParts = { characters: 400_000, each: 1_000 };

/** The same for plans, by what they are made from. */
export const mostKeptPlans = { characters: 200_000, each: 3_000 };

/** What is left of a limit that several texts share. */
export interface Budget {
  left: number;
}

/** Takes a cost from a budget; false once it is used up, also for all that comes later. */
export function spend(budget: Budget, cost: number): boolean {
  budget.left -= cost;
  return budget.left >= 0;
}
