import type { Texts } from "../text";

/** The current operation, for the titles and steps of progress notifications and for the status bar. */
export const progress = {
  booting: (t, name: string) => t("Booting {0}", name),
  bootsOnSave: (t, file: string) => t("{0} boots on save. Click to turn this off.", file),
  building: (t, tag: string) => t("Building {0}", tag),
  buildingFirst: (t) => t("Building"),
  buildingAndBooting: (t, name: string) => t("Building and booting {0}", name),
  connecting: (t) => t("Connecting to the container engine"),
  creatingUser: (t, name: string) => t("Creating user {0}", name),
  inspecting: (t, image: string) => t("Inspecting {0}", image),
  lookingForCompose: (t) => t("Looking for Compose"),
  lookingForEngines: (t) => t("Looking for container engines"),
  removing: (t, name: string) => t("Removing {0}", name),
  restarting: (t, name: string) => t("Restarting {0}", name),
  running: (t, line: string) => t("Running {0}", line),
  startingNamed: (t, name: string) => t("Starting {0}", name),
  starting: (t) => t("Starting the container"),
  step: (t, number: number, of: number, instruction: string) =>
    t("Step {0} of {1}: {2}", number, of, instruction),
  stepOfStage: (t, number: number, of: number, stage: string, instruction: string) =>
    t("Step {0} of {1} in {2}: {3}", number, of, stage, instruction),
  stopping: (t, name: string) => t("Stopping {0}", name),
  stoppingFirst: (t) => t("Stopping"),
  verifying: (t, engine: string, image: string) => t("Verifying {0} with {1}", engine, image),
  waiting: (t) => t("Waiting for systemd"),

  containers: (t, count: number) => t("{0} containers", count),
  isRunning: (t, name: string, engine: string) => t("{0} is running on {1}", name, engine),
  areRunning: (t, names: string, engine: string) => t("{0} are running on {1}", names, engine),
} as const satisfies Texts;
