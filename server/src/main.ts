import { createConnection, ProposedFeatures } from "vscode-languageserver/node";
import { serve } from "./lsp/serve";
import { nodeWorld } from "./node-world";

serve(createConnection(ProposedFeatures.all), nodeWorld);
