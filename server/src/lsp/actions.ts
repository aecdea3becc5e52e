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
import type { LintInput } from "../core/lint/lint";
import { isNotice } from "../core/lint/not-linted";
import { type FileEdit, type Finding, type Fix, isAsked, rank } from "../core/lint/rule";
import { ignoreWriter } from "../core/lint/suppress";
import type { FileKind } from "../core/surfaces/files";
import { toDiagnostic, toTextEdit } from "./convert";
import type { Log } from "./guard";
import { lateAnswers } from "./late-answers";
import type { Say } from "./session";

/** The kind that clients use to request fix-all and fix-on-save. */
export const fixAllKind = `${CodeActionKind.SourceFixAll}.systemdContainers`;

/** The kind that a client uses to request ignore comments for its own list; no menu shows it. */
export const ignoreKind = "systemdContainers.ignore";

/** What is needed to create edits of a document. */
export interface EditContext {
  readonly document: TextDocument;
  /** Returns a document of the workspace, open or read from disk. */
  readonly other: (uri: string) => TextDocument | undefined;
  /** Returns the version of an open document, or null for one that is not open. */
  readonly versionOf: (uri: string) => number | null;
  readonly capabilities: ClientCapabilities;
}

export interface ActionContext extends EditContext {
  readonly findings: readonly Finding[];
  /** Whether the document is valid for its kind, so that it may be edited. */
  readonly editable: boolean;
  /** The kind of the document, if its language determines it. */
  readonly kind?: FileKind;
  /** Whether the client has the `fixAll` and `ignoreOrDisable` commands. */
  readonly hasCommands: boolean;
  readonly say: Say;
}

/**
 * The quick fixes for the findings at the range: the fixes of the most severe finding come first, and only its first
 * fix is preferred. A client with commands also gets Fix All and one entry for all ways to ignore or disable the
 * rules; other clients get the ignore comments as quick fixes.
 */
export function quickFixes(context: ActionContext, params: CodeActionParams): CodeAction[] {
  const { only } = params.context;
  if (only && !only.some((kind) => kind === CodeActionKind.QuickFix || kind === "")) return [];
  const hit = findingsAt(context, params);
  const fixes = hit.flatMap(({ finding, base }) =>
    finding.fixes.filter((fix) => canDo(context, fix)).map((fix) => ({ fix, base })),
  );
  return [
    ...fixes.map(({ fix, base }, index) => fixAction(context, base, fix, index === 0)),
    ...(context.hasCommands ? commandActions(context, params, hit) : ignoreActions(context, hit)),
  ];
}

/**
 * The ignore comments for the findings at the range, for a client that requests their kind. The kind of each includes
 * its rule.
 */
export function ignoreCommentActions(context: ActionContext, params: CodeActionParams): CodeAction[] {
  if (!params.context.only?.includes(ignoreKind)) return [];
  const actions = ignoreActions(context, findingsAt(context, params));
  return actions.map((action) => ({
    ...action,
    kind: `${ignoreKind}.${action.diagnostics?.[0]?.code ?? ""}`,
  }));
}

/** A finding at the range, and the properties that all its actions share. */
interface Hit {
  readonly finding: Finding;
  readonly base: Base;
}

/**
 * The findings at the range or, if there are none, those that begin on the line of the cursor; the most severe first.
 */
function findingsAt(context: ActionContext, { range }: CodeActionParams): Hit[] {
  const { document, findings } = context;
  const start = document.offsetAt(range.start);
  const end = document.offsetAt(range.end);
  const touched = findings.filter(({ span }) => span.start <= end && start <= span.end);
  const onLine = () =>
    findings.filter(({ span }) => document.positionAt(span.start).line === range.start.line);
  return (touched.length === 0 && start === end ? onLine() : touched)
    .sort((a, b) => rank(a.severity) - rank(b.severity))
    .map((finding) => ({ finding, base: baseOf(context, finding) }));
}

type Base = Pick<CodeAction, "kind" | "diagnostics">;

/** The properties that all actions of a finding share. */
function baseOf(context: ActionContext, finding: Finding): Base {
  return {
    kind: CodeActionKind.QuickFix,
    diagnostics: [toDiagnostic(context.document, finding, context.other, context.say)],
  };
}

/** One action that applies all safe fixes; undefined if there are none. */
export function fixAllAction(context: ActionContext, input: LintInput, log: Log): CodeAction | undefined {
  const { edit } = fixWhole(context, input, log);
  return edit && { title: context.say(fixAllTitle), kind: fixAllKind, edit };
}

const fixAllTitle = message("action.fix-all", "Fix all auto-fixable systemd problems");

/**
 * The fixed content, and the edit that produces it, which is undefined if nothing changes. Fixes that did not help
 * are logged.
 */
export function fixWhole(context: EditContext, input: LintInput, log: Log) {
  const { document } = context;
  const before = document.getText();
  const result = lateAnswers().fixAll(input);
  const { text, withdrawn } = result;
  for (const { rule, span, message: said } of withdrawn) {
    log(`${document.uri}:${lineNumber(text, span.start)}: ${notFixed(`${format(said)} [${rule}]`)}`);
  }
  return {
    ...result,
    edit: text === before ? undefined : workspaceEdit(context, lateAnswers().lineEdits(before, text)),
  };
}

/** The log message for a finding whose fix did not help. */
export function notFixed(finding: string): string {
  return `Fix All: the fix does not resolve the finding, or conflicts with an ignore comment. ${finding}`;
}

/**
 * Whether a fix can be offered. A file is only created if the client supports it, and never next to an unsaved
 * document.
 */
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

/**
 * Fix All, if it fixes any of these findings, and the entry that opens the menu of ignore comments, settings and
 * pages.
 */
function commandActions(
  context: ActionContext,
  { range }: CodeActionParams,
  hit: readonly Hit[],
): CodeAction[] {
  const { uri } = context.document;
  const rules = hit.filter(({ finding }) => !isNotice(finding.rule));
  const fixable = hit.filter(({ finding }) => isFixedByAll(finding, uri));
  const command = (of: readonly Hit[], said: Message, id: string, ...more: string[]): CodeAction[] => {
    if (of.length === 0) return [];
    const title = context.say(said);
    const diagnostics = of.flatMap(({ base }) => base.diagnostics ?? []);
    const run = { title, command: `systemdContainers.${id}`, arguments: [uri, ...more] };
    return [{ title, kind: CodeActionKind.QuickFix, diagnostics, command: run }];
  };
  return [
    ...command(fixable, fixAllTitle, "fixAll"),
    ...command(
      rules,
      message("action.ignore", "Ignore or Disable…"),
      "ignoreOrDisable",
      JSON.stringify(range),
      ...new Set(rules.map(({ finding }) => finding.rule)),
    ),
  ];
}

/** Whether Fix All applies a fix of a finding. */
function isFixedByAll(finding: Finding, of: string): boolean {
  const { fixes } = finding;
  return (
    isAsked(finding) && fixes.some(({ safe, edits }) => safe && edits.every(({ uri = of }) => uri === of))
  );
}

function ignoreActions(context: ActionContext, hit: readonly Hit[]): CodeAction[] {
  const { document, kind, editable } = context;
  const rules = hit.filter(({ finding }) => !isNotice(finding.rule));
  if (!editable || rules.length === 0) return [];
  const write = ignoreWriter({ uri: document.uri, text: document.getText(), kind });
  return rules.flatMap(({ finding: { span, rule }, base }) => {
    const { here, inFile } = write(span.start, rule);
    const action = (said: Message, edit: Edit): CodeAction => ({
      ...base,
      title: context.say(said),
      edit: workspaceEdit(context, [edit]),
    });
    return [
      ...(here ? [action(message("action.ignore-here", "Ignore {rule} here", { rule }), here)] : []),
      action(message("action.ignore-file", "Ignore {rule} in this file", { rule }), inFile),
    ];
  });
}

/**
 * The edits grouped by document. They have a version if the client can check it, so that a late response never edits
 * newer content.
 */
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
