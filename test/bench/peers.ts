import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { cache } from "./paths";

/** The programs that this project's are compared with, by their npm package. */
export const peers = {
  "dockerfile-language-server-nodejs": "0.15.0",
  "yaml-language-server": "1.25.0",
  "@microsoft/compose-language-service": "0.4.0",
  // The JSON schema of Compose files that yaml-language-server reads.
  dclint: "3.1.0",
  "dockerfile-utils": "0.16.3",
};
type Peer = keyof typeof peers;

const folder = join(cache, "peers");

/** The path of a file of a peer. */
export function peerFile(name: Peer, path: string): string {
  return join(folder, "node_modules", name, path);
}

/** Installs the peers from npm, once a version. Throws when npm fails. */
export function installPeers(): void {
  const missing = Object.entries(peers).filter(([name, version]) => installed(name as Peer) !== version);
  if (missing.length === 0) return;
  mkdirSync(folder, { recursive: true });
  const packages = Object.entries(peers).map(([name, version]) => `${name}@${version}`);
  const options = ["--prefix", folder, "--no-save", "--no-audit", "--no-fund", "--ignore-scripts"];
  const { status } = spawnSync("npm", ["install", ...options, ...packages], { stdio: "inherit" });
  if (status !== 0) throw new Error("npm could not install the programs to compare with.");
}

function installed(name: Peer): string | undefined {
  const manifest = peerFile(name, "package.json");
  return existsSync(manifest) ? JSON.parse(readFileSync(manifest, "utf8")).version : undefined;
}
