import type { Server } from "../../../../client/src/ports";
import { format } from "../../core/base/message";
import { lineNumber } from "../../core/base/text";
import type { EngineFacts } from "../../core/engine";
import { lint } from "../../core/lint/lint";
import { readTarget } from "../../core/lint/settings";
import { type Unfixed, unfixed } from "../../core/lint/unfixed";
import { buildLinks } from "../../core/project/links";
import { launches } from "../../core/project/plans";
import { closedDocument } from "../../lsp/closed-document";
import { answerExplain, type Explainer } from "../../lsp/explain";
import { answerLeast } from "../../lsp/least";
import { answerPlan } from "../../lsp/plan";
import { answerVerify } from "../../lsp/verify";
import type { BootCause } from "../formats/format";
import { remembered } from "../input/disk";
import { nameFrom } from "../input/input-file";
import type { NamedInput } from "../input/named";

/** The answers of the language server, computed from the files on disk. */
export interface Answers extends Pick<Server, "plan" | "explain" | "least" | "verify"> {
  /**
   * The errors from lint that the plan does not fix. A container with such an error does not boot. File names are
   * relative to the directory.
   */
  errors(cwd: string): readonly BootCause[];
}

/** The answers about a file or, if no file is given, about the images of the engine. */
export function openAnswers(input: NamedInput | undefined, facts: EngineFacts): Answers {
  const snapshot = input?.snapshot ?? { runFiles: [], dockerfiles: [], read: () => undefined };
  const target = readTarget(facts);
  const settings = { rules: {}, target };
  const links = buildLinks(snapshot);
  const kindOf = (uri: string) => (uri === input?.file.uri ? input.file.kind : undefined);
  const findings = remembered((uri) => {
    const text = snapshot.read(uri);
    return text === undefined
      ? []
      : lint({ uri, text, kind: kindOf(uri), snapshot, links, settings }).findings;
  });
  const fileAt = (uri: string | undefined) =>
    uri === undefined ? undefined : { uri, snapshot, kind: kindOf(uri) };
  const explainer: Explainer = {
    say: format,
    starts: () => undefined,
    kindOf,
    documentOf: (uri) => {
      const text = snapshot.read(uri);
      return text === undefined ? undefined : closedDocument(uri, text);
    },
    // The snapshot reads from the disk directly.
    files: { snapshot: async () => snapshot, load: async () => false },
    targetOf: async () => target,
    lint: async (uri) => findings(uri),
  };
  const rowOf = ({ uri, finding }: Unfixed, cwd: string): BootCause => {
    const { rule, message } = finding;
    const place = findings(uri).find(
      (each) => each.rule === rule && format(each.message) === format(message),
    );
    const fileLine = place && lineNumber(snapshot.read(uri) ?? "", place.span.start);
    const file = fileLine === undefined ? undefined : nameFrom(cwd, uri);
    return { id: rule, line: "", cause: format(message), fix: "", rule, file, fileLine };
  };
  return {
    plan: async (params) => {
      const file = fileAt(params.uri);
      return answerPlan(params, settings, file && { ...file, findings: findings(file.uri) }, format);
    },
    least: async (params) => answerLeast(params, fileAt(params.uri), format),
    verify: async (params) => answerVerify(params, fileAt(params.uri)),
    explain: (params) => answerExplain(params, explainer),
    errors: (cwd) => {
      if (!input) return [];
      const whole = { ...input.file, snapshot, links, settings };
      const [launch] = launches(whole, target, { name: input.name });
      return launch ? unfixed(whole, launch).map((each) => rowOf(each, cwd)) : [];
    },
  };
}
