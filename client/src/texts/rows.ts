import type { Texts } from "../text";

/** The strings of the containers view's rows, of the code lenses for running containers, and of the status bar. */
export const rows = {
  otherWorkspaces: (t) => t("Other Workspaces"),
  fromOtherWorkspaces: (t) => t("Containers that this extension started from other workspaces"),
  notResponding: (t) => t("not responding"),
  noContainers: (t) => t("no containers"),
  bootedIn: (t, seconds: string) => t("booted in {0} s", seconds),
  ports: (t, list: string) => t("Ports: {0}", list),
  image: (t, name: string) => t("Image: {0}", name),
  file: (t, path: string) => t("File: {0}", path),
  id: (t, id: string) => t("ID: {0}", id),
  failed: (t, count: number) => t("{0} failed", count),
  seconds: (t, seconds: string) => t("{0} s", seconds),
  unitsFailed: (t, count: number) => (count === 1 ? t("1 unit failed") : t("{0} units failed", count)),
  journal: (t) => t("Journal"),
  shell: (t) => t("Shell"),
  noUnits: (t) => t("No unit matches the filter."),
  systemdSilent: (t) => t("systemd is not responding yet."),
} as const satisfies Texts;
