import {
  type CancellationToken,
  type CodeAction,
  CodeActionKind,
  type CodeActionParams,
  CodeActionRequest,
  CodeActionTriggerKind,
} from "vscode-languageserver";
import type { Offer } from "../core/language/offers";
import { alsoSend } from "./more-documents";
import type { LoadNavigation } from "./navigate";
import type { Session } from "./session";
import { fromWorkspace } from "./views";

/** The kinds of whole-file actions: those in the menu of a position, and those in the menu of the file. */
export const offerKinds = {
  place: `${CodeActionKind.RefactorRewrite}.systemdContainers`,
  file: `${CodeActionKind.Source}.systemdContainers`,
};

/**
 * Whole-file actions for a client with commands: those for the position, and, if a user requests source actions,
 * those for the file. None on save.
 */
export async function offers(
  session: Session,
  load: LoadNavigation,
  { textDocument: { uri }, range, context: { only, triggerKind } }: CodeActionParams,
  token: CancellationToken,
): Promise<CodeAction[]> {
  if (!session.client.options.commands) return [];
  const wants = (kind: string) => only?.some((each) => each === kind || kind.startsWith(`${each}.`));
  const atPlace = only === undefined || wants(offerKinds.place) === true || only.includes("");
  const ofFile = wants(offerKinds.file) === true && triggerKind !== CodeActionTriggerKind.Automatic;
  if (!atPlace && !ofFile) return [];
  // Diagnostics are computed first.
  await session.analysis.lint(uri, token);
  return fromWorkspace<CodeAction[]>(session, uri, [], (workspace, document) => {
    const { placeOffers, scriptOffers, wholeOffers } = load();
    const offset = document.offsetAt(range.start);
    const view = workspace.view(uri);
    const action = ({ title, command, arguments: args }: Offer, kind: string): CodeAction => {
      const said = session.say(title);
      const call = { title: said, command: `systemdContainers.${command}`, arguments: [uri, ...args] };
      return { title: said, kind, command: call };
    };
    const here = [
      ...(view ? placeOffers(view, offset) : []),
      ...scriptOffers(workspace, uri, document.getText(), offset),
    ];
    return [
      ...(atPlace ? here.map((each) => action(each, offerKinds.place)) : []),
      ...(ofFile && view ? wholeOffers(view).map((each) => action(each, offerKinds.file)) : []),
    ];
  });
}

/** Entry scripts can have any name, but only some names belong to a surface. */
export function offerInScripts(session: Session): void {
  if (!session.client.options.commands) return;
  alsoSend(session, "shellscript", ["codeAction"], (registration, options) =>
    registration.add(CodeActionRequest.type, options),
  );
}
