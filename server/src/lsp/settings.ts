import type { Connection } from "vscode-languageserver";
import type { EngineFacts } from "../core/engine";
import { readSettings, type Settings } from "../core/lint/settings";
import type { WorkspaceScope } from "./workspace";

/** How many milliseconds to wait for a client's answer. */
const patience = 1_000;

/** What is shown between the lines: commands unless they are turned off, and hints if they are turned on. */
export interface Shown {
  readonly lenses: { readonly boot: boolean; readonly copy: boolean };
  readonly hints: boolean;
}

export interface SettingsStore {
  /** The settings for a file or, without a URI, for the workspace. */
  of(uri?: string): Promise<Settings>;
  /** Whether files that are not open are linted. */
  scope(): Promise<WorkspaceScope>;
  /** What is shown between the lines of a file. */
  shown(uri: string): Promise<Shown>;
  /** Called when a document was closed. */
  close(uri: string): void;
  /** Called when settings changed; `pushed` are the settings that an older client sends along. */
  forget(pushed?: unknown): void;
  setEngine(facts: EngineFacts | undefined): void;
}

interface ShownSettings {
  readonly codeLens?: { readonly buildAndBoot?: unknown; readonly copyRunCommand?: unknown } | null;
  readonly inlayHints?: unknown;
}

/**
 * Settings by resource, requested from the client once per file until they change. `changed` is called when an answer
 * arrives after the defaults were used instead. A target in the settings takes precedence over the connected engine.
 */
export function openSettings(
  connection: Connection,
  canAsk: boolean,
  initial: unknown,
  changed: () => void,
): SettingsStore {
  let pushed = initial;
  let engine: EngineFacts | undefined;
  let silent = false;
  const asked = new Map<string | undefined, Promise<unknown>>();

  /**
   * The client's answer, or undefined if it takes too long; `late` then receives the answer that arrives afterwards.
   */
  const ask = (uri?: string, late: (json: unknown) => void = () => {}) =>
    new Promise<unknown>((resolve, reject) => {
      let waiting = true;
      const giveUp = () => {
        waiting = false;
        silent = true;
        resolve(undefined);
      };
      // If the client did not answer the last time, later requests do not wait again for each file.
      const timer = setTimeout(giveUp, silent ? 0 : patience);
      connection.workspace
        .getConfiguration({ scopeUri: uri, section: "systemdContainers" })
        .then((json) => {
          silent = false;
          if (waiting) resolve(json);
          else late(json);
        }, reject)
        .finally(() => clearTimeout(timer));
    });
  const jsonOf = (uri?: string): Promise<unknown> => {
    const known = asked.get(uri);
    if (known) return known;
    const late = (json: unknown) => {
      if (asked.get(uri) !== answer) return;
      asked.set(uri, Promise.resolve(json));
      changed();
    };
    // If a client cannot answer, the defaults apply, and it is queried again for the next file.
    const answer = ask(uri, late).catch(() => void asked.delete(uri));
    asked.set(uri, answer);
    return answer;
  };

  return {
    of: async (uri) => {
      const settings = readSettings(canAsk ? await jsonOf(uri) : pushed);
      return settings.target ? settings : { ...settings, target: engine };
    },
    scope: async () => {
      const json = (canAsk ? await ask() : pushed) as { workspaceDiagnostics?: unknown } | null | undefined;
      const scope = json?.workspaceDiagnostics;
      return scope === "on" || scope === "off" ? scope : "auto";
    },
    shown: async (uri) => {
      const json = (canAsk ? await jsonOf(uri) : pushed) as ShownSettings | null | undefined;
      const { buildAndBoot, copyRunCommand } = json?.codeLens ?? {};
      return {
        lenses: { boot: buildAndBoot !== false, copy: copyRunCommand !== false },
        hints: json?.inlayHints === true,
      };
    },
    close: (uri) => void asked.delete(uri),
    forget: (next) => {
      asked.clear();
      const own = (next as { systemdContainers?: unknown } | null | undefined)?.systemdContainers;
      if (own !== undefined) pushed = own;
    },
    setEngine: (facts) => {
      engine = facts;
    },
  };
}
