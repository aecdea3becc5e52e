/** The messages of `verify`. */
export const verifyTexts = {
  needsOne: "verify needs exactly one PATH or IMAGE.",
  states: {
    "no-engine": "no engine",
    unknown: "not found",
    connecting: "still connecting to the engine",
    building: "still building",
    "not-built": "the build failed",
    verifying: "still verifying",
    "not-verified": "not verified",
    "other-architecture": "skipped: the image is for another architecture",
    "no-systemd": "not verified: the image has no systemd-analyze",
    "no-units": "no unit files to verify",
    verified: "verified",
  },
  units: (count: number) => (count === 1 ? "1 unit" : `${count} units`),
  findings: (count: number) =>
    count === 0 ? "no findings" : count === 1 ? "1 finding" : `${count} findings`,
  systemd: (version: number) => `systemd ${version}`,
} as const;
