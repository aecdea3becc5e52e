import { bootComposeProject, bootComposeService } from "./commands/boot-compose";
import { bootImage } from "./commands/boot-image";
import { bootWithDebugLog, buildAndBoot } from "./commands/build-and-boot";
import { buildImage } from "./commands/build-image";
import { changeBuildOptions } from "./commands/build-options";
import { checkEngine } from "./commands/check-engine";
import { copyBuildCommand } from "./commands/copy-build-command";
import { copyRunCommand } from "./commands/copy-run-command";
import { explainLog } from "./commands/explain-log";
import { tellFailure } from "./commands/failure";
import { followJournal, stopJournal, toggleJournal } from "./commands/follow-journal";
import { launch } from "./commands/launch";
import { openInBrowser } from "./commands/open-in-browser";
import { openLoginConsole } from "./commands/open-login-console";
import { openShell, openShellAs } from "./commands/open-shell";
import { remove } from "./commands/remove";
import { restart } from "./commands/restart";
import { restartServer } from "./commands/restart-server";
import { runInContainer } from "./commands/run-command";
import { selectEngine } from "./commands/select-engine";
import { showBootReport } from "./commands/show-boot-report";
import { showLog } from "./commands/show-log";
import { showRule } from "./commands/show-rule";
import { stop } from "./commands/stop";
import { turnRuleOff } from "./commands/turn-rule-off";
import type { Ports } from "./ports";
import { plain } from "./text";

/** A command as the palette knows it; package.json repeats what it must, and a test compares. */
export interface Command {
  readonly title: string;
  /** Reaches an engine, so it needs a trusted workspace and a window that can run one. */
  readonly engine?: boolean;
  /** Only called by other parts, never from the palette. */
  readonly hidden?: boolean;
  run(ports: Ports, ...args: (string | undefined)[]): Promise<void> | void;
}

/** When commands that reach an engine can be chosen. */
export const engineEnablement = "isWorkspaceTrusted && !systemdContainers.noEngine";

export const commands: Readonly<Record<string, Command>> = {
  "systemdContainers.build": { title: "Build Image", engine: true, run: buildImage },
  "systemdContainers.buildAndBoot": { title: "Build and Boot", engine: true, run: buildAndBoot },
  "systemdContainers.bootWithDebugLog": { title: "Boot with Debug Log", engine: true, run: bootWithDebugLog },
  "systemdContainers.bootImage": {
    title: "Boot Image…",
    engine: true,
    run: (ports, called) => bootImage(ports, called),
  },
  "systemdContainers.bootComposeService": {
    title: "Boot Compose Service",
    engine: true,
    run: bootComposeService,
  },
  "systemdContainers.bootComposeProject": {
    title: "Boot Compose Project",
    engine: true,
    run: bootComposeProject,
  },
  "systemdContainers.launch": { title: "Launch…", engine: true, run: launch },
  "systemdContainers.changeBuildOptions": { title: "Change Build Options…", run: changeBuildOptions },
  "systemdContainers.stop": { title: "Stop", engine: true, run: stop },
  "systemdContainers.restart": { title: "Restart", engine: true, run: restart },
  "systemdContainers.remove": { title: "Remove", engine: true, run: remove },
  "systemdContainers.openShell": { title: "Open Shell", engine: true, run: openShell },
  "systemdContainers.openShellAs": { title: "Open Shell As…", engine: true, run: openShellAs },
  "systemdContainers.openLoginConsole": { title: "Open Login Console", engine: true, run: openLoginConsole },
  "systemdContainers.runCommand": { title: "Run Command…", engine: true, run: runInContainer },
  "systemdContainers.followJournal": { title: "Follow Journal", engine: true, run: followJournal },
  "systemdContainers.toggleJournal": { title: "Pause or Resume Journal", engine: true, run: toggleJournal },
  "systemdContainers.stopJournal": { title: "Stop Following Journal", engine: true, run: stopJournal },
  "systemdContainers.openInBrowser": { title: "Open in Browser", engine: true, run: openInBrowser },
  "systemdContainers.showBootReport": { title: "Show Boot Report", engine: true, run: showBootReport },
  "systemdContainers.selectEngine": { title: "Select Engine", engine: true, run: selectEngine },
  "systemdContainers.checkEngine": { title: "Check Engine", engine: true, run: checkEngine },
  "systemdContainers.explainLog": { title: "Explain Log…", run: explainLog },
  "systemdContainers.copyBuildCommand": { title: "Copy Build Command", run: copyBuildCommand },
  "systemdContainers.copyRunCommand": { title: "Copy Run Command", run: copyRunCommand },
  "systemdContainers.showRule": { title: "Show Rule", run: showRule },
  "systemdContainers.turnRuleOff": { title: "Turn Rule Off", hidden: true, run: turnRuleOff },
  "systemdContainers.restartServer": { title: "Restart Server", run: restartServer },
  "systemdContainers.showLog": { title: "Show Log", run: showLog },
};

/** Runs a command and tells what goes wrong; never rejects. */
export async function runCommand(
  ports: Ports,
  command: Command,
  args: readonly (string | undefined)[] = [],
): Promise<void> {
  const { ui } = ports;
  if (command.engine && !ui.trusted()) {
    ui.tell("warning", ui.t("{0} runs code of this workspace, which is not trusted.", command.title), {
      title: ui.t("Manage Trust"),
      run: () => ui.run("workbench.trust.manage"),
    });
    return;
  }
  try {
    await command.run(ports, ...args);
  } catch (error) {
    tellFailure(ports, plain(command.title), error);
  }
}
