import { diffArrays } from "diff";
import {
  type ClientCapabilities,
  type CodeAction,
  CodeActionKind,
  type CodeActionParams,
  type CreateFile,
  type TextDocumentEdit,
  type TextEdit,
  type WorkspaceEdit,
} from "vscode-languageserver";
import { TextDocument } from "vscode-languageserver-textdocument";
import { grouped } from "../core/base/grouped";
import { format, type Message, message } from "../core/base/message";
import { type Edit, lineNumber } from "../core/base/text";
import { fixAll } from "../core/lint/fix";
import type { LintInput } from "../core/lint/lint";
import { isNotice } from "../core/lint/not-linted";
import { type FileEdit, type Finding, type Fix, rank } from "../core/lint/rule";
import { ignoreWriter } from "../core/lint/suppress";
import type { FileKind } from "../core/surfaces/files";
import { toDiagnostic, toTextEdit } from "./convert";
import type { Log } from "./guard";
import type { Say } from "./session";

/** The kind under which fix-all and fix-on-save are requested. */
export const fixAllKind = `${CodeActionKind.SourceFixAll}.systemdContainers`;

/** What edits of a document need. */
export interface EditContext {
  readonly document: TextDocument;
  /** A document of the workspace, open or read from disk. */
  readonly other: (uri: string) => TextDocument | undefined;
  /** Version of an open document, null for one that is not open. */
  readonly versionOf: (uri: string) => number | null;
  readonly capabilities: ClientCapabilities;
}

export interface ActionContext extends EditContext {
  readonly findings: readonly Finding[];
  /** The text has the form that its kind asks for, so that it may be edited. */
  readonly editable: boolean;
  /** The kind of the document, where its language determines it. */
  readonly kind?: FileKind;
  /** The client has the commands `turnRuleOff` and `showRule`. */
  readonly hasCommands: boolean;
  readonly say: Say;
}

/**
 * Quick fixes for what is at the range: the fixes of the most severe finding first, and of all fixes only its first is
 * preferred; then ways to ignore or disable the rules.
 */
export function quickFixes(
  context: ActionContext,
  { range, context: asked }: CodeActionParams,
): CodeAction[] {
  if (asked.only && !asked.only.some((kind) => kind === CodeActionKind.QuickFix || kind === "")) return [];
  const { document } = context;
  const start = document.offsetAt(range.start);
  const end = document.offsetAt(range.end);
  const hit = context.findings
    .filter(({ span }) => span.start <= end && start <= span.end)
    .sort((a, b) => rank(a.severity) - rank(b.severity))
    .map((finding) => ({ finding, base: baseOf(context, finding) }));
  const rules = hit.filter(({ finding }) => !isNotice(finding.rule));
  const file = { uri: document.uri, text: document.getText(), kind: context.kind };
  const ignore = context.editable && rules.length > 0 ? ignoreWriter(file) : undefined;
  const fixes = hit.flatMap(({ finding, base }) =>
    finding.fixes.filter((fix) => canDo(context, fix)).map((fix) => ({ fix, base })),
  );
  return [
    ...fixes.map(({ fix, base }, index) => fixAction(context, base, fix, index === 0)),
    ...rules.flatMap(({ finding, base }) => silences(context, base, finding, ignore)),
  ];
}

type Base = Pick<CodeAction, "kind" | "diagnostics">;

/** What the actions of a finding have in common. */
function baseOf(context: ActionContext, finding: Finding): Base {
  return {
    kind: CodeActionKind.QuickFix,
    diagnostics: [toDiagnostic(context.document, finding, context.other, context.say)],
  };
}

/** One action that applies every safe fix, or undefined when there is not one. */
export function fixAllAction(context: ActionContext, input: LintInput, log: Log): CodeAction | undefined {
  const { edit } = fixWhole(context, input, log);
  return edit && { title: context.say(fixAllTitle), kind: fixAllKind, edit };
}

const fixAllTitle = message("action.fix-all", "Fix all auto-fixable systemd problems");

/** The fixed text, and the edit that makes it, which is undefined where nothing changes. What did not help is logged. */
export function fixWhole(context: EditContext, input: LintInput, log: Log) {
  const { document } = context;
  const before = document.getText();
  const result = fixAll(input);
  const { text, withdrawn } = result;
  for (const { rule, span, message: said } of withdrawn) {
    log(`${document.uri}:${lineNumber(text, span.start)}: ${notFixed(`${format(said)} [${rule}]`)}`);
  }
  return { ...result, edit: text === before ? undefined : workspaceEdit(context, lineEdits(before, text)) };
}

/** What is logged of a finding whose fix did not help. */
export function notFixed(finding: string): string {
  return `Fix All: the fix does not resolve the finding, or conflicts with an ignore comment. ${finding}`;
}

/** A file is created only by a client that supports it, and never next to a document that is not saved yet. */
function canDo({ capabilities }: ActionContext, { edits }: Fix): boolean {
  const { documentChanges, resourceOperations } = capabilities.workspace?.workspaceEdit ?? {};
  const creates = documentChanges === true && resourceOperations?.includes("create") === true;
  return edits.every(({ create, uri }) => !create || (creates && !uri?.startsWith("untitled:")));
}

function fixAction(context: ActionContext, base: Base, fix: Fix, preferred: boolean): CodeAction {
  return {
    ...base,
    title: context.say(fix.title),
    isPreferred: preferred || undefined,
    edit: workspaceEdit(context, fix.edits),
  };
}

function silences(
  context: ActionContext,
  base: Base,
  finding: Finding,
  ignore: ReturnType<typeof ignoreWriter> | undefined,
): CodeAction[] {
  const rule = finding.rule;
  const ignored = (where: Message, edit: Edit): CodeAction => ({
    ...base,
    title: context.say(where),
    edit: workspaceEdit(context, [edit]),
  });
  const edits = ignore?.(finding.span.start, finding.rule);
  const actions = [
    ...(edits?.here
      ? [ignored(message("action.ignore-here", "Ignore {rule} here", { rule }), edits.here)]
      : []),
    ...(edits
      ? [ignored(message("action.ignore-file", "Ignore {rule} in this file", { rule }), edits.inFile)]
      : []),
  ];
  if (!context.hasCommands) return actions;
  const command = (said: Message, id: string) => {
    const title = context.say(said);
    return { ...base, title, command: { title, command: id, arguments: [rule, context.document.uri] } };
  };
  return [
    ...actions,
    command(message("action.off", "Disable {rule} in settings", { rule }), "systemdContainers.turnRuleOff"),
    command(
      message("action.explain", "Show documentation for {rule}", { rule }),
      "systemdContainers.showRule",
    ),
  ];
}

/** The edits by document, versioned where the client can check it, so that a late answer never edits a newer text. */
function workspaceEdit(context: EditContext, edits: readonly FileEdit[]): WorkspaceEdit {
  const byUri = grouped(edits, ({ uri }) => uri ?? context.document.uri);
  const documentChanges: (TextDocumentEdit | CreateFile)[] = [];
  const changes: Record<string, TextEdit[]> = {};
  for (const [uri, list] of byUri) {
    const create = list.some((edit) => edit.create);
    const document = uri === context.document.uri ? context.document : context.other(uri);
    const target = create ? TextDocument.create(uri, "", 0, "") : document;
    if (!target) continue;
    const textEdits = list.map((edit) => toTextEdit(target, edit));
    if (create) documentChanges.push({ kind: "create", uri, options: { ignoreIfExists: true } });
    documentChanges.push({
      textDocument: { uri, version: create ? null : context.versionOf(uri) },
      edits: textEdits,
    });
    changes[uri] = textEdits;
  }
  return context.capabilities.workspace?.workspaceEdit?.documentChanges ? { documentChanges } : { changes };
}

/** The difference of two texts as edits of whole lines, so that cursors elsewhere stay where they are. */
function lineEdits(before: string, after: string): FileEdit[] {
  const edits: FileEdit[] = [];
  let at = 0;
  let open: { start: number; end: number; text: string } | undefined;
  const close = () => {
    if (open) edits.push({ span: { start: open.start, end: open.end }, text: open.text });
    open = undefined;
  };
  const lines = (text: string) => text.split(/(?<=\n)/);
  for (const { value, added, removed } of diffArrays(lines(before), lines(after))) {
    const text = value.join("");
    if (!added && !removed) {
      close();
      at += text.length;
      continue;
    }
    open ??= { start: at, end: at, text: "" };
    if (added) open.text += text;
    else at = open.end = at + text.length;
  }
  close();
  return edits;
}
