import { createRequire } from "node:module";
import { createConnection, ProposedFeatures } from "vscode-languageserver/node";
import { checkHeaders } from "./headers";
import { lateAnswers } from "./lsp/late-answers";
import { serve } from "./lsp/serve";
import { nodeFileSystem } from "./node-file-system";
import { wholeMessages } from "./whole-messages";

const late = createRequire(import.meta.url);

serve(
  (options) => {
    if (!process.argv.includes("--stdio")) return createConnection(ProposedFeatures.all, options);
    const input = process.stdin.pipe(checkHeaders());
    input.on("error", ({ message }) => console.error(message));
    // When the input ends or is abandoned, the connection ends the process: with code 0 after shutdown, otherwise 1.
    return createConnection(ProposedFeatures.all, input, wholeMessages(process.stdout), options);
  },
  () => nodeFileSystem,
  {
    answers: lateAnswers,
    words: () => late("./words.cjs"),
    navigation: () => late("./navigation.cjs"),
  },
);
