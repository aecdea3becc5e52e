import { pathToFileURL } from "node:url";
import { lean } from "../../client/src/server-process";
import { bundles } from "./paths";
import { peerFile } from "./peers";

/** A language server that is measured. */
export interface ServerKind {
  readonly name: string;
  /** Arguments of Node. */
  readonly command: readonly string[];
  /** Whether the client asks for diagnostics, as VS Code does where a server offers it, or waits for them. */
  readonly pull: boolean;
  /** What the client answers to `workspace/configuration`, by section. */
  readonly settings: Readonly<Record<string, unknown>>;
  /** `languageId` of a Compose file. */
  readonly compose: string;
}

export const ours: ServerKind = {
  name: "ours",
  // As the extension starts it.
  command: [...lean, bundles.server, "--stdio"],
  pull: true,
  settings: { systemdContainers: {} },
  compose: "dockercompose",
};

/** This project in a workspace whose files are linted however many they are. */
export const oursOnAll: ServerKind = {
  ...ours,
  settings: { systemdContainers: { workspaceDiagnostics: "on" } },
};

/** This project with all that it shows between the lines. */
export const oursWithHints: ServerKind = {
  ...ours,
  settings: { systemdContainers: { inlayHints: true } },
};

/** A peer that pushes diagnostics and asks for no settings. */
const peer = (name: string, module: Parameters<typeof peerFile>[0], program: string): ServerKind => ({
  name,
  command: [peerFile(module, program), "--stdio"],
  pull: false,
  settings: {},
  compose: "dockercompose",
});

export const dockerLanguageServer = peer(
  "docker-langserver",
  "dockerfile-language-server-nodejs",
  "bin/docker-langserver",
);

export const composeLanguageServer = peer(
  "compose-language-service",
  "@microsoft/compose-language-service",
  "bin/docker-compose-langserver",
);

const schema = pathToFileURL(peerFile("dclint", "schemas/compose.schema.json")).href;

export const yamlLanguageServer: ServerKind = {
  ...peer("yaml-language-server", "yaml-language-server", "bin/yaml-language-server"),
  settings: {
    yaml: {
      validate: true,
      schemaStore: { enable: false, url: "" },
      schemas: { [schema]: ["*compose*.yml", "*compose*.yaml"] },
    },
  },
  compose: "yaml",
};
