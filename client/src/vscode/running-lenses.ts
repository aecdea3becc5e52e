import * as vscode from "vscode";
import type { Middleware } from "vscode-languageclient";
import type { RunningLens } from "../view/lenses";
import { section } from "./settings";

/** The lenses of what runs, where the server has one that boots the file. */
export interface RunningLenses {
  readonly middleware: Pick<Middleware, "provideCodeLenses">;
  /** Replaces what is shown; `refresh` is called where that is something else than before. */
  show(lenses: readonly RunningLens[], refresh: () => void): void;
}

export function openRunningLenses(): RunningLenses {
  let shown: readonly RunningLens[] = [];
  let key = "";
  return {
    middleware: {
      provideCodeLenses: async (document, token, next) => {
        const own = await next(document, token);
        const boot = own?.find(({ command }) => command?.command === `${section}.buildAndBoot`);
        if (!own || !boot) return own;
        const uri = document.uri.toString();
        const running = shown.filter((lens) => lens.uri === uri);
        return [...running.map((lens) => toLens(boot.range, lens)), ...own];
      },
    },
    show: (lenses, refresh) => {
      const now = JSON.stringify(lenses.map(({ uri, title, node }) => [uri, title, node.container.id]));
      shown = lenses;
      if (now === key) return;
      key = now;
      refresh();
    },
  };
}

function toLens(range: vscode.Range, { title, command, node }: RunningLens): vscode.CodeLens {
  return new vscode.CodeLens(range, { title, command: `${section}.${command}`, arguments: [node] });
}
