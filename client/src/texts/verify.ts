import type { Texts, Translate } from "../text";

/** The texts of the verification of units. */
export const verifyTexts = {
  verifying: (t, what: string) => t("Verifying the units of {0}", what),
  checking: (t, units: number) => t("Verifying {0}", unitsText(t, units)),
  problem: (t, unit: string, systemd: number, says: string) =>
    t("systemd {0} reports a problem with {1}: {2}", String(systemd), unit, says),
  verified: (t, what: string, systemd: number, units: number, problems: number) =>
    t(
      "{0}: systemd {1} verified {2} and found {3}.",
      what,
      String(systemd),
      unitsText(t, units),
      problemsText(t, problems),
    ),

  noUnits: (t, what: string) => t("{0} adds no unit files, so there is nothing to verify.", what),
  noSystemd: (t, what: string) =>
    t("The image of {0} has no systemd-analyze, so its units cannot be verified.", what),
  otherArchitecture: (t, what: string, architecture: string) =>
    t(
      "The image of {0} is for {1}, which needs emulation on this engine, so its units were not verified.",
      what,
      architecture,
    ),
  broken: (t, what: string, why: string) => t("The units of {0} were not verified: {1}", what, why),
  notAdded: (t, unit: string) =>
    t("No Dockerfile or Compose file in this workspace adds {0} to an image or container.", unit),
  notBuilt: (t, what: string) =>
    t(
      "The image for {0} cannot be built here, because the service has no separate Dockerfile. If its Dockerfile is inline, move it to a file.",
      what,
    ),
  noImage: (t, what: string) => t("{0} has no image, so its units cannot be verified.", what),
} as const satisfies Texts;

function unitsText(t: Translate, units: number): string {
  return units === 1 ? t("1 unit") : t("{0} units", units);
}

function problemsText(t: Translate, problems: number): string {
  if (problems === 0) return t("no problems");
  return problems === 1 ? t("1 problem") : t("{0} problems", problems);
}
