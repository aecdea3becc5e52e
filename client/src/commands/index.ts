import { bootImage } from "../flows/boot-image";
import { whenLanguage, whenName } from "../names";
import { bootComposeProject, bootComposeService } from "./boot-compose";
import { bootWithDebugLog, buildAndBoot } from "./build-and-boot";
import { buildImage } from "./build-image";
import { changeBuildOptions } from "./change-build-options";
import { checkEngine } from "./check-engine";
import type { Command, Menus } from "./command";
import { copyBuildCommand } from "./copy-build-command";
import { copyRunCommand } from "./copy-run-command";
import { explainLog } from "./explain-log";
import { followJournal, stopJournal, toggleJournal } from "./follow-journal";
import { launch } from "./launch";
import { openInBrowser } from "./open-in-browser";
import { openLoginConsole } from "./open-login-console";
import { openShell, openShellAs } from "./open-shell";
import { remove } from "./remove";
import { restart } from "./restart";
import { restartServer } from "./restart-server";
import { runInContainer } from "./run-command";
import { selectEngine } from "./select-engine";
import { showBootReport } from "./show-boot-report";
import { showLog } from "./show-log";
import { showRule } from "./show-rule";
import { stop } from "./stop";
import { turnRuleOff } from "./turn-rule-off";

/** What the palette shows before each title. */
export const category = "Systemd Containers";

/** When commands that reach an engine can be chosen. */
export const engineEnablement = "isWorkspaceTrusted && !systemdContainers.noEngine";

const dockerfiles = whenLanguage("dockerfile");
const composeFiles = `(${whenLanguage("compose")} || ${whenName("compose")})`;
/** Without parentheses, so for commands that need no engine. */
const bothFiles = `${dockerfiles} || ${whenLanguage("compose")} || ${whenName("compose")}`;

/** The same place in both menus. */
const inMenus = (group: string): Menus => ({ "editor/title": group, "explorer/context": group });

/** Every command by its id, in the order of package.json. */
export const commands: Readonly<Record<string, Command>> = {
  "systemdContainers.build": {
    title: "Build Image",
    engine: true,
    files: dockerfiles,
    menus: inMenus("systemdContainers@2"),
    run: buildImage,
  },
  "systemdContainers.buildAndBoot": {
    title: "Build and Boot",
    engine: true,
    icon: "vm-running",
    files: dockerfiles,
    menus: { "editor/title": "navigation", "explorer/context": "systemdContainers@1" },
    run: buildAndBoot,
  },
  "systemdContainers.bootWithDebugLog": {
    title: "Boot with Debug Log",
    engine: true,
    files: dockerfiles,
    menus: inMenus("systemdContainers@1"),
    run: bootWithDebugLog,
  },
  "systemdContainers.bootImage": {
    title: "Boot Image…",
    engine: true,
    run: (deps, called) => bootImage(deps, called),
  },
  "systemdContainers.bootComposeService": {
    title: "Boot Compose Service…",
    engine: true,
    files: composeFiles,
    menus: inMenus("systemdContainers@1"),
    run: bootComposeService,
  },
  "systemdContainers.bootComposeProject": {
    title: "Boot Compose Project",
    engine: true,
    files: composeFiles,
    menus: inMenus("systemdContainers@2"),
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
  "systemdContainers.selectEngine": { title: "Select Engine…", engine: true, run: selectEngine },
  "systemdContainers.checkEngine": { title: "Check Engine", engine: true, run: checkEngine },
  "systemdContainers.explainLog": { title: "Explain Log…", run: explainLog },
  "systemdContainers.copyBuildCommand": {
    title: "Copy Build Command",
    files: dockerfiles,
    menus: inMenus("systemdContainers@3"),
    run: copyBuildCommand,
  },
  "systemdContainers.copyRunCommand": {
    title: "Copy Run Command",
    files: bothFiles,
    menus: inMenus("systemdContainers@3"),
    run: copyRunCommand,
  },
  "systemdContainers.showRule": { title: "Show Rule…", run: showRule },
  "systemdContainers.turnRuleOff": { title: "Disable Rule", hidden: true, run: turnRuleOff },
  "systemdContainers.restartServer": { title: "Restart Server", run: restartServer },
  "systemdContainers.showLog": { title: "Show Log", run: showLog },
};
