import type { Texts } from "../text";

/** The fixed strings in lists, and the details of input boxes. */
export const labels = {
  applyFixes: (t, file: string) => t("apply the safe fixes to {0}", file),
  fixAndStart: (t) => t("Fix and Start"),
  startAnyway: (t) => t("Start Anyway"),

  buildFrom: (t, image: string) => t("Build from {0}", image),
  buildImage: (t) => t("Build Image"),
  installsSystemd: (t) => t("installs systemd from the network; only the build cache is kept"),
  localImage: (t) => t("local image"),

  anyPlatform: (t) => t("The engine's platform"),
  argumentDefault: (t) => t("default from the Dockerfile"),
  argumentDetail: (t) =>
    t("Leave empty to skip. You are prompted only once; run Change Build Options to edit the value."),
  lastStage: (t) => t("last stage"),
  lastStageNamed: (t, stage: string) => t("{0} (last stage)", stage),
  notSet: (t) => t("not set"),
  platform: (t) => t("Platform"),
  platformOfEngine: (t) => t("the engine's platform"),
  secretDetail: (t) =>
    t(
      "Kept until you close the window. Anyone with the image can read the value; use RUN --mount=type=secret to keep it out of the image.",
    ),
  stage: (t) => t("Stage"),
  withoutConfiguration: (t) => t("Without a launch configuration"),

  forCompose: (t) => t("a service for Docker Compose"),
  forDevcontainer: (t) => t("for Dev Containers"),
  forDocker: (t) => t("for Docker Engine and Docker Desktop"),
  forKubernetes: (t) => t("based on documentation, not booted"),
  forMolecule: (t) => t("to test Ansible roles with Molecule"),
  forPodman: (t) => t("for Podman, which sets most options automatically"),

  forQuadlet: (t) => t("a service of the host's systemd, with Podman"),

  containerPort: (t, port: number) => t("container port {0}", port),
  disableRule: (t, rule: string) => t("Disable {0} in settings", rule),
  explainRule: (t, rule: string) => t("Show documentation for {0}", rule),
  enterCommand: (t) => t("Enter a command…"),
  entireJournal: (t, container: string) => t("Entire journal of {0}", container),
  journalPaused: (t) => t("paused"),
  lineDetail: (t) => t("Shell command, for example: systemctl status | head"),
  selectedEngine: (t, place: string) => t("{0}, selected for this workspace", place),
} as const satisfies Texts;
