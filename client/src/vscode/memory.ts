import type * as vscode from "vscode";
import type { Memory } from "../ports";

/**
 * What the commands remember. The selected engine, the allowed addresses, whether there are containers, and how files
 * are built are stored with the workspace.
 */
export function openMemory({ workspaceState }: vscode.ExtensionContext): Memory {
  return {
    get engine() {
      return workspaceState.get<Memory["engine"]>("engine");
    },
    set engine(chosen) {
      void workspaceState.update("engine", chosen);
    },
    get hosts() {
      return workspaceState.get<Memory["hosts"]>("hosts");
    },
    set hosts(hosts) {
      void workspaceState.update("hosts", hosts);
    },
    get hasContainers() {
      return workspaceState.get<boolean>("hasContainers");
    },
    set hasContainers(has) {
      void workspaceState.update("hasContainers", has);
    },
    get builds() {
      return workspaceState.get<Memory["builds"]>("builds");
    },
    set builds(builds) {
      void workspaceState.update("builds", builds);
    },
  };
}
