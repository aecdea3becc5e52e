import { createVSIX } from "@vscode/vsce";
import { root } from "./paths";

/**
 * Builds what is shipped and packages it, at a path or under the name and version in the project's directory. Links of
 * the README stay as they are, as there is no public repository to put before them.
 */
export function packageExtension(packagePath?: string): Promise<void> {
  return createVSIX({
    cwd: root,
    packagePath,
    dependencies: false,
    rewriteRelativeLinks: false,
    allowMissingRepository: true,
  });
}
