/** The states of a search that has no result, in words. */
export const leastStates = {
  early: {
    "no-engine": "no engine",
    unknown: "not found",
    connecting: "still connecting to the engine",
    building: "still building",
    "not-built": "the build failed",
    searching: "still searching",
    refused: "cannot be booted",
  },
} as const;

/** The other messages of `boot --minimise`. */
export const leastTexts = {
  alone: (option: string) => `--${option} cannot be combined with --minimise.`,
  only: (option: string) => `--${option} is only for --minimise.`,
  grant: (text: string) =>
    `--allow ${text} is not needed: only grants that are equivalent to root on the host must be allowed.`,
  ways: "To boot with them:",
  command: "Run it with:",
  change: "Write this into the file with --write:",
  written: "Written into the file.",
  onlyBoots:
    "No check was specified, so this only shows that the container boots. Add one with --exec or --expect-active.",
};
