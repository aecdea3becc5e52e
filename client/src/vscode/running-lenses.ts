import * as vscode from "vscode";
import type { Middleware } from "vscode-languageclient";
import type { RunningLens } from "../view/lenses";
import { section } from "./settings";

/** Code lenses for running containers. They precede the server's lenses that boot the file or a service of it. */
export interface RunningLenses {
  readonly middleware: Pick<Middleware, "provideCodeLenses">;
  /** Replaces the lenses; `refresh` is called if they have changed. */
  show(lenses: readonly RunningLens[], refresh: () => void): void;
}

export function openRunningLenses(): RunningLenses {
  let shown: readonly RunningLens[] = [];
  let key = "";
  return {
    middleware: {
      provideCodeLenses: async (document, token, next) => {
        const own = await next(document, token);
        const uri = document.uri.toString();
        return own?.flatMap((lens) => [
          ...shown.filter((each) => isAbout(each, uri, lens)).map((each) => toLens(lens.range, each)),
          lens,
        ]);
      },
    },
    show: (lenses, refresh) => {
      const now = JSON.stringify(
        lenses.map(({ uri, service, title, node }) => [uri, service, title, node.container.id]),
      );
      shown = lenses;
      if (now === key) return;
      key = now;
      refresh();
    },
  };
}

/**
 * Whether a lens of the server boots the running container: either its image, or the service in the lens's arguments.
 */
function isAbout({ uri, service }: RunningLens, file: string, { command }: vscode.CodeLens): boolean {
  if (uri !== file || !command || !/\.(buildAndBoot|bootComposeService)$/.test(command.command)) return false;
  return command.arguments?.[1] === service;
}

function toLens(range: vscode.Range, { title, command, node }: RunningLens): vscode.CodeLens {
  return new vscode.CodeLens(range, { title, command: `${section}.${command}`, arguments: [node] });
}
