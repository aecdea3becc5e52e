import * as vscode from "vscode";
import { argument, type Text, type Translate } from "../text";

/** Translates a message into the language of the editor. */
export const translate: Translate = (text, ...args) => vscode.l10n.t(text, ...args.map(argument)) as Text;
