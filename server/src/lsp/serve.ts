import type { Connection, ConnectionOptions } from "vscode-languageserver";
import { pingMethod } from "../protocol";
import { answerCodeActions } from "./code-actions";
import { answerCommands, type LoadAnswers } from "./commands";
import { answerCompletion, type LoadWords } from "./completion";
import { answerDiagnostics, openDiagnostics, publisher } from "./diagnostics";
import type { FileSystem } from "./file-system";
import { answerFixAll } from "./fix-all";
import { answerHover } from "./hover";
import { answerInitialize } from "./initialize";
import { answerHints, answerLenses } from "./lenses";
import { openLifecycle } from "./lifecycle";
import { answerNavigation, type LoadNavigation } from "./navigate";
import { receiveSeen } from "./receive-seen";
import { openSession } from "./session";
import { openSync } from "./sync";

/** Modules that are loaded on first use. */
export interface Late {
  readonly answers: LoadAnswers;
  readonly words: LoadWords;
  readonly navigation: LoadNavigation;
}

/** Serves the protocol on the connection that `connect` makes, until it closes. */
export function serve(
  connect: (options: ConnectionOptions) => Connection,
  openFileSystem: (connection: Connection) => FileSystem,
  late: Late,
): void {
  const lifecycle = openLifecycle();
  const connection = connect(lifecycle.options);
  const session = openSession(connection, openFileSystem(connection));
  lifecycle.listen(connection);
  const diagnosticsOf = openDiagnostics(session);
  const sync = openSync(session, publisher(session, diagnosticsOf));
  answerInitialize(session, lifecycle, sync);
  answerDiagnostics(session, diagnosticsOf);
  answerHover(session, late.words);
  answerCodeActions(session, late.navigation);
  answerFixAll(session);
  answerCommands(session, late.answers);
  receiveSeen(session, sync, late.answers);
  answerCompletion(session, late.words);
  answerNavigation(session, late.navigation);
  answerLenses(session, late.navigation);
  answerHints(session, late.words);
  connection.onRequest(pingMethod, () => null);
  session.documents.listen(connection);
  connection.listen();
}
