import { bootImage } from "../flows/boot-image";
import { newDockerfile } from "../flows/files";
import { addComposeService } from "./add-compose-service";
import { bootComposeProject, bootComposeService } from "./boot-compose";
import { toggleBootOnSave } from "./boot-on-save";
import { bootWithDebugLog, buildAndBoot } from "./build-and-boot";
import { buildImage, rebuildImage } from "./build-image";
import { changeBuildOptions } from "./change-build-options";
import { checkEngine } from "./check-engine";
import type { Command } from "./command";
import { commit } from "./commit";
import { restartUnit, startUnit, stopUnit } from "./control-unit";
import { convertToFormat } from "./convert-to-format";
import { copyBuildCommand } from "./copy-build-command";
import { copyRunCommand } from "./copy-run-command";
import { createUnitFile } from "./create-unit-file";
import { explainLog } from "./explain-log";
import { filterUnits } from "./filter-units";
import { findLeastPrivilege } from "./find-least-privilege";
import { fixAll } from "./fix-all";
import { followJournal, stopJournal, toggleJournal } from "./follow-journal";
import { forwardJournal } from "./forward-journal";
import { ignoreOrDisable } from "./ignore-or-disable";
import { launch } from "./launch";
import { makeImageBoot } from "./make-image-boot";
import { openInBrowser } from "./open-in-browser";
import { openLoginConsole } from "./open-login-console";
import { openShell, openShellAs } from "./open-shell";
import { openUnitFile } from "./open-unit-file";
import {
  activeUnit,
  following,
  inMenus,
  inRunning,
  ofAny,
  ofUnit,
  running,
  runningContainer,
  stopped,
  stoppedContainer,
  stoppedUnit,
  unit,
} from "./places";
import { push } from "./push";
import { refresh } from "./refresh";
import { remove } from "./remove";
import { restart } from "./restart";
import { restartServer } from "./restart-server";
import { runAtBoot } from "./run-at-boot";
import { runInContainer } from "./run-command";
import { selectEngine } from "./select-engine";
import { showBootReport } from "./show-boot-report";
import { showLog } from "./show-log";
import { showRule } from "./show-rule";
import { start } from "./start";
import { stop } from "./stop";
import { tag } from "./tag";
import { updateUnit } from "./update-unit";
import { verifyUnits } from "./verify-units";
import { bothFiles, composeFiles, dockerfiles, startingFiles, unitFiles, verifiedFiles } from "./when";

/** The prefix of every title in the palette. */
export const category = "Systemd Containers";

/** The `when` clause for commands that use an engine. */
export const engineEnablement = "isWorkspaceTrusted && !systemdContainers.noEngine";

/** A command on Dockerfiles and Compose files that uses an engine. */
const onBoth = (group: string) => ({ engine: true, files: `(${bothFiles})`, menus: inMenus(group) }) as const;

/** All commands by id, in the order of package.json. */
export const commands: Readonly<Record<string, Command>> = {
  "systemdContainers.build": {
    title: "Build Image",
    engine: true,
    files: dockerfiles,
    menus: inMenus("systemdContainers@2"),
    run: buildImage,
  },
  "systemdContainers.rebuild": {
    title: "Rebuild Without Cache",
    engine: true,
    files: dockerfiles,
    menus: inMenus("systemdContainers@2"),
    run: rebuildImage,
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
  "systemdContainers.makeImageBoot": {
    title: "Make This Image Boot systemd",
    files: dockerfiles,
    menus: inMenus("systemdContainers@2"),
    run: makeImageBoot,
  },
  "systemdContainers.addComposeService": {
    title: "Add Compose Service",
    needs: dockerfiles,
    run: addComposeService,
  },
  "systemdContainers.createUnitFile": { title: "Create Unit File…", needs: dockerfiles, run: createUnitFile },
  "systemdContainers.runAtBoot": {
    title: "Run This at Boot",
    needs: `${dockerfiles} || resourceLangId == shellscript`,
    run: runAtBoot,
  },
  "systemdContainers.forwardJournal": {
    title: "Forward Journal to docker logs",
    needs: dockerfiles,
    run: forwardJournal,
  },
  "systemdContainers.bootOnSave": {
    title: "Toggle Boot on Save",
    ...onBoth("systemdContainers@1"),
    run: toggleBootOnSave,
  },
  "systemdContainers.bootImage": {
    title: "Boot Image…",
    engine: true,
    run: (deps, id) => bootImage(deps, id),
  },
  "systemdContainers.bootComposeService": {
    title: "Boot Compose Service…",
    engine: true,
    icon: "vm-running",
    files: composeFiles,
    menus: { "editor/title": "navigation", "explorer/context": "systemdContainers@1" },
    run: bootComposeService,
  },
  "systemdContainers.bootComposeProject": {
    title: "Boot Compose Project",
    engine: true,
    files: composeFiles,
    menus: inMenus("systemdContainers@2"),
    run: bootComposeProject,
  },
  "systemdContainers.findLeastPrivilege": {
    ...{ title: "Find Least Privilege", run: findLeastPrivilege },
    ...onBoth("systemdContainers@2"),
  },
  "systemdContainers.verifyUnits": {
    title: "Verify Units",
    engine: true,
    files: verifiedFiles,
    menus: inMenus("systemdContainers@2"),
    run: verifyUnits,
  },
  "systemdContainers.launch": { title: "Launch…", engine: true, run: launch },
  "systemdContainers.changeBuildOptions": { title: "Change Build Options…", run: changeBuildOptions },
  "systemdContainers.start": {
    ...{ title: "Start", engine: true, icon: "play" },
    needs: stopped,
    nodes: { of: stoppedContainer, group: "1_run@1", inline: 1 },
    run: start,
  },
  "systemdContainers.stop": { title: "Stop", icon: "debug-stop", ...inRunning("1_run@2", 3), run: stop },
  "systemdContainers.restart": { title: "Restart", ...inRunning("1_run@3"), run: restart },
  "systemdContainers.remove": { title: "Remove", ...ofAny("5_remove@1"), run: remove },
  "systemdContainers.openShell": {
    title: "Open Shell",
    icon: "terminal",
    ...inRunning("2_inside@1", 1),
    run: openShell,
  },
  "systemdContainers.openShellAs": { title: "Open Shell As…", ...inRunning("2_inside@2"), run: openShellAs },
  "systemdContainers.openLoginConsole": {
    title: "Open Login Console",
    ...inRunning("2_inside@3"),
    run: openLoginConsole,
  },
  "systemdContainers.runCommand": { title: "Run Command…", ...inRunning("2_inside@4"), run: runInContainer },
  "systemdContainers.followJournal": {
    title: "Follow Journal",
    icon: "output",
    ...ofUnit(`${runningContainer}|${unit}`, "2_inside@5", 2),
    run: followJournal,
  },
  "systemdContainers.toggleJournal": {
    title: "Pause or Resume Journal",
    engine: true,
    needs: following,
    run: toggleJournal,
  },
  "systemdContainers.stopJournal": {
    title: "Stop Following Journal",
    engine: true,
    needs: following,
    run: stopJournal,
  },
  "systemdContainers.openInBrowser": {
    title: "Open in Browser",
    ...inRunning("2_inside@6"),
    run: openInBrowser,
  },
  "systemdContainers.showBootReport": {
    title: "Show Boot Report",
    engine: true,
    nodes: { of: runningContainer, group: "3_report@1" },
    run: showBootReport,
  },
  "systemdContainers.commit": { title: "Commit…", ...ofAny("4_image@1"), run: commit },
  "systemdContainers.tag": { title: "Tag…", ...ofAny("4_image@2"), run: tag },
  "systemdContainers.push": { title: "Push…", ...ofAny("4_image@3"), run: push },
  "systemdContainers.startUnit": {
    title: "Start Unit",
    icon: "play",
    ...ofUnit(stoppedUnit, "1_run@1", 1),
    run: startUnit,
  },
  "systemdContainers.stopUnit": { title: "Stop Unit", ...ofUnit(activeUnit, "1_run@2"), run: stopUnit },
  "systemdContainers.restartUnit": {
    title: "Restart Unit",
    icon: "debug-restart",
    ...ofUnit(activeUnit, "1_run@3", 1),
    run: restartUnit,
  },
  "systemdContainers.openUnitFile": {
    title: "Open Unit File",
    ...ofUnit(unit, "2_inside@1"),
    run: openUnitFile,
  },
  "systemdContainers.updateUnit": {
    title: "Update Unit in Container",
    icon: "cloud-upload",
    ...ofUnit(unit, "3_update@1", 3),
    files: unitFiles,
    menus: inMenus("systemdContainers@1"),
    run: updateUnit,
  },
  "systemdContainers.filterUnits": {
    title: "Filter Units…",
    engine: true,
    icon: "filter",
    needs: running,
    menus: { "view/title": "navigation@1" },
    run: filterUnits,
  },
  "systemdContainers.refresh": {
    title: "Refresh Containers",
    engine: true,
    icon: "refresh",
    menus: { "view/title": "navigation@2" },
    run: refresh,
  },
  "systemdContainers.newDockerfile": {
    title: "New Dockerfile That Boots systemd",
    menus: { "file/newFile": "file@1" },
    run: ({ ui }) => newDockerfile(ui),
  },
  "systemdContainers.openExample": {
    title: "Open Example",
    run: async ({ ui }) => void (await ui.openExample()),
  },
  "systemdContainers.selectEngine": { title: "Select Engine…", engine: true, run: selectEngine },
  "systemdContainers.checkEngine": { title: "Check Engine", engine: true, run: checkEngine },
  "systemdContainers.fixAll": { title: "Fix All Problems", run: fixAll },
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
  "systemdContainers.convertToFormat": {
    title: "Convert to Another Format…",
    needs: startingFiles,
    run: convertToFormat,
  },
  "systemdContainers.showRule": { title: "Show Rule…", run: showRule },
  "systemdContainers.ignoreOrDisable": {
    title: "Ignore or Disable Rule…",
    needs: bothFiles,
    run: ignoreOrDisable,
  },
  "systemdContainers.restartServer": { title: "Restart Language Server", run: restartServer },
  "systemdContainers.showLog": { title: "Show Log", run: showLog },
};
