import { BrowserMessageReader, BrowserMessageWriter, createConnection } from "vscode-languageserver/browser";
import * as answers from "./lsp/answers";
import * as navigation from "./lsp/navigation";
import { serve } from "./lsp/serve";
import * as words from "./lsp/words";
import { findFilesMethod, readFileMethod, type TooLarge } from "./protocol";

/** The part of a worker's global scope that sends and receives messages. */
declare const self: ConstructorParameters<typeof BrowserMessageReader>[0];

serve(
  (options) => createConnection(new BrowserMessageReader(self), new BrowserMessageWriter(self), options),
  (connection) => ({
    readFile: async (uri) =>
      (await connection.sendRequest<string | TooLarge | null>(readFileMethod, uri)) ?? undefined,
    findFiles: (folder) => connection.sendRequest<string[]>(findFilesMethod, folder),
  }),
  { answers: () => answers, words: () => words, navigation: () => navigation },
);
