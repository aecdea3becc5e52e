import type { Connection } from "vscode-languageserver";
import type { EngineFacts } from "../core/facts";
import { readSettings, type Settings } from "../core/settings";
import type { WorkspaceScope } from "./workspace";

export interface SettingsStore {
  /** Without a URI those of the workspace as a whole. */
  of(uri?: string): Promise<Settings>;
  /** Whether files that nobody opened are judged. */
  scope(): Promise<WorkspaceScope>;
  /** Settings changed; `pushed` is what an older client sends along. */
  forget(pushed?: unknown): void;
  setEngine(facts: EngineFacts | undefined): void;
}

/**
 * Settings by resource, asked of the client once a file until they change. A stated target wins over the
 * connected engine, which wins over nothing.
 */
export function openSettings(connection: Connection, canAsk: boolean, initial: unknown): SettingsStore {
  let pushed = initial;
  let engine: EngineFacts | undefined;
  const asked = new Map<string | undefined, Promise<unknown>>();
  const ask = async (uri?: string): Promise<unknown> => {
    if (!canAsk) return pushed;
    return connection.workspace.getConfiguration({ scopeUri: uri, section: "systemdContainers" });
  };
  return {
    of: async (uri) => {
      let json = asked.get(uri);
      if (!json) {
        // A client that cannot answer leaves the defaults, and is asked again for the next file.
        json = ask(uri).catch(() => {
          asked.delete(uri);
          return {};
        });
        asked.set(uri, json);
      }
      const settings = readSettings(await json);
      return settings.target ? settings : { ...settings, target: engine };
    },
    scope: async () => {
      const json = (await ask()) as { workspaceDiagnostics?: unknown } | null;
      const scope = json?.workspaceDiagnostics;
      return scope === "on" || scope === "off" ? scope : "auto";
    },
    forget: (next) => {
      asked.clear();
      const own = (next as { systemdContainers?: unknown } | undefined)?.systemdContainers;
      if (own !== undefined) pushed = own;
    },
    setEngine: (facts) => {
      engine = facts;
    },
  };
}
