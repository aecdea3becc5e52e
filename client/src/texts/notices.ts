import type { Texts } from "../text";

/** The sentences of notifications, except those about faults and refusals. */
export const notices = {
  searched: (t, time: string) => t("Searched for a container engine at {0}:", time),
  failed: (t, doing: string, why: string) => t("{0} failed: {1}", doing, why),
  untrusted: (t, command: string) => t("{0} runs code from this workspace, which is not trusted.", command),
  tasksUntrusted: (t) =>
    t(
      "The task was not started: tasks run code, and this workspace is not trusted. Trust the workspace first.",
    ),

  booted: (t, name: string, seconds: string) => t("{0} booted in {1} s and is running.", name, seconds),
  degraded: (t, name: string, seconds: string, units: string) =>
    t("{0} booted in {1} s but is degraded: {2} failed.", name, seconds, units),
  maintenance: (t, name: string, target: string, seconds: string) =>
    t("{0} booted into {1} in {2} s and runs no services.", name, target, seconds),
  starting: (t, name: string, seconds: string) => t("{0} is still starting after {1} s.", name, seconds),
  frozen: (t, name: string) => t("{0} did not boot: systemd froze.", name),
  exited: (t, name: string, exitCode: number | undefined) =>
    t("{0} did not boot: the container exited with code {1}.", name, exitCode ?? "?"),
  noCause: (t) => t("No known cause was found in the log."),
  cannotBoot: (t, what: string, engine: string, why: string) =>
    t("{0} cannot boot on {1}: {2}", what, engine, why),
  bootOnSave: (t, file: string) =>
    t("{0} will be built and booted whenever you save it or a file it uses.", file),
  composeStarted: (t, what: string) => t("Compose built and started {0}.", what),
  composeFailed: (t, what: string) =>
    t("Compose could not build or start {0}. See the output in the terminal.", what),
  bootOnSaveEnded: (t, file: string) => t("{0} will no longer be booted on save.", file),
  logIn: (t, user: string, line: string) => t("Log in as {0}: {1}", user, line),
  connect: (t, line: string) => t("Connect with SSH: {0}", line),

  built: (t, tag: string, seconds: string) => t("Built {0} in {1} s.", tag, seconds),
  noStage: (t, file: string, stage: string) => t("{0} has no stage {1}.", file, stage),

  noContainers: (t) => t("This extension has not started any containers."),
  noneRunning: (t) => t("There are no running containers that this extension started."),
  startOne: (t) => t("Run Build and Boot to start one."),
  stopped: (t, name: string, seconds: string, exitCode: number) =>
    t("{0} stopped in {1} s with exit code {2}.", name, seconds, exitCode),
  killed: (t, name: string, seconds: string) =>
    t("{0} did not stop and was killed after {1} s.", name, seconds),
  removed: (t, name: string) => t("Removed {0}.", name),
  noUsers: (t) => t("No users who can log in were found in the container."),
  commandExited: (t, line: string, exitCode: number) => t("{0} exited with code {1}.", line, exitCode),
  noJournal: (t) => t("No journal is being followed. Run Follow Journal to start."),
  noPorts: (t, container: string) =>
    t(
      "{0} does not publish any TCP ports. Add EXPOSE to the Dockerfile or ports to a launch configuration, then boot it again.",
      container,
    ),
  noNetwork: (t, container: string) =>
    t(
      "{0} has no network, so its ports cannot be reached. The engine that started it has no default network.",
      container,
    ),
  portElsewhere: (t, inside: number, container: string, port: number) =>
    t(
      "Port {0} of {1} is published only on the engine's host. Forward it, for example with ssh -L {2}:localhost:{2}.",
      inside,
      container,
      port,
    ),
  noHttpPort: (t, container: string, ports: string) =>
    t("{0} does not publish a common HTTP port (published: {1}).", container, ports),

  engineCleared: (t, engine: string, url: string) =>
    t("{0} at {1}, selected for this workspace, is not responding. The selection was cleared.", engine, url),
  notConnected: (t, url: string, why: string) =>
    t("Cannot connect to a container engine at {0}: {1}.", url, why),
  engineNamed: (t, engine: string, url: string, source: string) =>
    t("Using {0} at {1}, as specified by {2}.", engine, url, source),
  engineSelected: (t, engine: string, url: string) => t("This workspace now uses {0} at {1}.", engine, url),
  noImages: (t, engine: string) => t("{0} has no images. Run Build Image to create one.", engine),

  notOnDisk: (t, file: string) => t("Save {0} to disk first.", file),
  noDockerfile: (t) => t("No Dockerfile found in this workspace."),
  noComposeFile: (t) => t("No Compose file found in this workspace."),
  noServices: (t, file: string) => t("{0} has no services.", file),
  fixedAll: (t, file: string, counts: string) => t("{0}: {1}.", file, counts),
  fixed: (t, count: number) => t("{0} fixed", count),
  suggestionsLeft: (t, count: number) => (count === 1 ? t("1 suggestion") : t("{0} suggestions", count)),
  unfixableLeft: (t, count: number) => t("{0} without a fix", count),
  hintsLeft: (t, count: number) => (count === 1 ? t("1 hint") : t("{0} hints", count)),
  notFixed: (t, why: string) => t("Not fixed automatically: {0}", why),
  noPodmanCompose: (t) =>
    t("No Compose provider found for Podman. Install podman-compose or docker-compose."),
  noDockerCompose: (t) =>
    t("Docker Compose is not installed. Install Docker Desktop or docker-compose-plugin."),

  noConfigurations: (t) => t("The settings contain no launch configurations."),
  noConfiguration: (t, name: string) => t("The settings contain no launch configuration named {0}.", name),
  incomplete: (t, name: string) => t("{0} must specify a Dockerfile, an image or a Compose file.", name),

  copied: (t, what: string) => t("Copied {0} to the clipboard", what),
  noFlags: (t, file: string, why: string) => t("{0} cannot boot, whatever flags are used: {1}", file, why),
  noLog: (t) => t("No log found. Select, open or copy a log first."),
  noProblemHere: (t) => t("No problem at the cursor."),
  ruleDisabled: (t, rule: string) => t("{0} is disabled.", rule),

  noneStopped: (t) => t("There are no stopped containers that this extension started."),
  bootsSystemd: (t) => t("The image now boots systemd. Review and save the changes."),
  serviceAdded: (t) => t("The Compose file now starts the image as a service. Review and save the changes."),
  journalForwarded: (t) =>
    t("From the next boot on, the container's log includes the services' logs. Review and save the changes."),
  unitCreated: (t) =>
    t("The Dockerfile now adds the unit to the image and enables it. Review and save the changes."),
  runsAtBoot: (t) => t("A unit now runs this command at boot. Review and save the changes."),
  noLine: (t) =>
    t("Open a Dockerfile or an entrypoint script, and place the cursor on the line to run at boot."),
  noContainer: (t) =>
    t("Open a file that starts a container, and place the cursor on the container's definition."),
  notChanged: (t, file: string) => t("Cannot edit {0}.", file),
  alreadyRunning: (t, name: string) => t("{0} is already running.", name),
  notRunning: (t, name: string) => t("{0} is not running.", name),
} as const satisfies Texts;
