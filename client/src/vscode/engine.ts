import { createRequire } from "node:module";
import type * as vscode from "vscode";
import type * as EngineBundle from "../engine-entry";
import type { EngineAccess } from "../ports";

/** Access to engines. The code for it is in a separate bundle, which is loaded on the first command that needs it. */
export function nodeEngine(context: vscode.ExtensionContext): EngineAccess {
  const path = context.asAbsolutePath("client/out/engine.cjs");
  return {
    find: (signal, where) => {
      const bundle: typeof EngineBundle = createRequire(path)(path);
      return bundle.find({ ...where, signal });
    },
  };
}
