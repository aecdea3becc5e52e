import { join, resolve } from "node:path";

/** The repository: what is developed, and what `extensionDevelopmentPath` points to. */
export const root = resolve(import.meta.dirname, "../..");

/** Editors that were installed, kept from run to run. Ignored by git. */
export const cache = join(root, ".cache");

/** What one run of the editor tests makes: the VSIX and the bundled in-host suite. */
export const built = join(cache, "editor");

export const vsix = join(built, "systemd-containers.vsix");

export const screenshots = join(root, "test-results", "screenshots");
