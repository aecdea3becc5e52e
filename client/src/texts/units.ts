import type { Texts } from "../text";

/** The strings of the commands that work on units. */
export const unitTexts = {
  contain: (t) => t("Show units whose names contain"),
  all: (t) => t("All Units"),
  onlyFailed: (t) => t("Failed Units"),
  onlyActive: (t) => t("Active Units"),
  onlyServices: (t) => t("Services"),
  containing: (t) => t("Units Whose Names Contain…"),
  selectShown: (t) => t("Select the units to show"),
  unreadable: (t, file: string) => t("Cannot read {0}.", file),
  updating: (t, unit: string) => t("Updating {0}", unit),
  copied: (t, file: string, path: string, container: string) =>
    t("Copied {0} to {1} in {2} and reloaded systemd.", file, path, container),
  generated: (t, path: string) => t("systemd generates {0}, so it cannot be replaced.", path),
  noSuchFile: (t, name: string) => t("{0} was not found in this workspace.", name),
  selectFile: (t) => t("Select the file to copy"),
  select: (t) => t("Select a unit"),
  isNow: (t, unit: string, active: string, sub: string) => t("{0} is {1} ({2}).", unit, active, sub),
  failed: (t, unit: string, why: string) => t("{0} failed: {1}.", unit, why),
  followJournal: (t) => t("Follow Journal"),
} as const satisfies Texts;
