import type { Texts } from "../text";

/** The messages for lines in the Problems view after a boot. */
export const problems = {
  atLastBoot: (t) => t("During the last boot:"),
  unitFailed: (t, unit: string, why: string) => t("During the last boot, {0} failed: {1}.", unit, why),
  systemdSays: (t, says: string) => t("During the last boot, systemd reported: {0}", says),
  seeJournal: (t) => t("see its journal"),
} as const satisfies Texts;
