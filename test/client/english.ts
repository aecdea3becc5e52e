import type { UnitResult } from "../../client/src/ports";
import type { FaultDetails } from "../../client/src/ports/fault";
import {
  argument,
  type Markdown,
  type Text,
  type Translate,
  type TranslateMarkdown,
} from "../../client/src/text";
import { buttons as buttonTexts } from "../../client/src/texts/buttons";
import { ends as endTexts, unitFailure } from "../../client/src/texts/exit-status";
import { faultWords } from "../../client/src/texts/faults";
import { images as imageTexts } from "../../client/src/texts/images";
import { labels as labelTexts } from "../../client/src/texts/labels";
import { notes as noteTexts } from "../../client/src/texts/notes";
import { notices as noticeTexts } from "../../client/src/texts/notices";
import type { Words } from "../../client/src/texts/places";
import { problems as problemTexts } from "../../client/src/texts/problems";
import { progress as progressTexts } from "../../client/src/texts/progress";
import { questions as questionTexts } from "../../client/src/texts/questions";
import { refusals as refusalTexts } from "../../client/src/texts/refusals";
import { reportPage as reportPageTexts } from "../../client/src/texts/report-page";
import * as reports from "../../client/src/texts/reports";
import { rows as rowTexts } from "../../client/src/texts/rows";
import { titles as titleTexts } from "../../client/src/texts/titles";
import { unitTexts } from "../../client/src/texts/units";

/** Texts as an English editor shows them, with their places filled. */
export const english: Translate = (text, ...args) => fill(text, args.map(argument)) as Text;

/** The same for Markdown. */
export const englishMarkdown: TranslateMarkdown = (text, ...args) => fill(text, args) as Markdown;

/** The text with its places filled, as the editor does it. */
function fill(text: string, args: readonly (string | number)[]): string {
  return text.replace(/\{(\d+)\}/g, (_, index: string) => String(args[Number(index)]));
}

// The texts of the extension by their names, which stay when the words change: tests compare with these.
export const buttons = inEnglish(buttonTexts);
export const ends = inEnglish(endTexts);
export const images = inEnglish(imageTexts);
export const labels = inEnglish(labelTexts);
export const notes = inEnglish(noteTexts);
export const notices = inEnglish(noticeTexts);
export const problems = inEnglish(problemTexts);
export const progress = inEnglish(progressTexts);
export const questions = inEnglish(questionTexts);
export const refusals = inEnglish(refusalTexts);
export const rows = inEnglish(rowTexts);
export const reportPage = inEnglish(reportPageTexts);
export const titles = inEnglish(titleTexts);
export const units = inEnglish(unitTexts);
export const bootReport = inEnglish(reports.bootReport, englishMarkdown);
export const commandReport = inEnglish(reports.commandReport, englishMarkdown);
export const engineReport = inEnglish(reports.engineReport, englishMarkdown);
export const logReport = inEnglish(reports.logReport, englishMarkdown);

/** Why a unit failed. */
export const failureOf = (result: UnitResult) => unitFailure(english, result);

/** The sentences about a fault. */
export function sentencesOf(fault: FaultDetails): string {
  return joined(faultWords(english, fault));
}

/** What it is and what can be done about it, as a notification shows both. */
export function joined({ message, hint }: Words): string {
  return hint === undefined ? message : `${message} ${hint}`;
}

type Table = Readonly<Record<string, (language: never, ...args: never[]) => unknown>>;

type InEnglish<Of extends Table> = {
  readonly [Name in keyof Of]: Of[Name] extends (language: never, ...args: infer Args) => infer Said
    ? (...args: Args) => Said
    : never;
};

/** A table of texts without the language that each of them takes first. */
function inEnglish<Of extends Table>(
  table: Of,
  language: Translate | TranslateMarkdown = english,
): InEnglish<Of> {
  return Object.fromEntries(
    Object.entries(table).map(([name, text]) => [
      name,
      (...args: never[]) => text(language as never, ...args),
    ]),
  ) as InEnglish<Of>;
}
