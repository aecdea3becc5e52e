import type { Node } from "yaml";
import { lineAt, type Span } from "../../base/text";
import { joinTexts, type MappedText, replacement } from "../../shell/mapped-text";
import type { YamlFile } from "../../yaml/document";
import { isScalar, isSeq } from "../../yaml/nodes";
import { yamlRegions } from "../../yaml/regions";
import { isLiteral, scalarText } from "../../yaml/scalar-text";
import { spanOf } from "../../yaml/spans";
import type { PlacedScript } from "../run-lines/folders";
import { commandAfter, commandAt } from "../run-lines/read";
import type { SurfaceFile } from "../surface";

/** A script in a YAML file, made up of one or several scalars. */
export interface YamlScript extends PlacedScript {
  readonly scalars: readonly { readonly span: Span; readonly isLiteral: boolean }[];
}

/** Reads the script of a value, which is a scalar or a sequence of scalars that follow one another. */
export function scriptOf(file: YamlFile, value: unknown, base: string | undefined): YamlScript | undefined {
  const nodes = scalarsIn(file, value);
  const texts = nodes.flatMap((node) => scalarText(file, node) ?? []);
  if (texts.length === 0) return undefined;
  const scalars = nodes.map((node) => ({ span: spanOf(file, node), isLiteral: isLiteral(node) }));
  return { script: joinTexts(texts.flatMap((text) => [text, lineEnding(text)])), base, scalars };
}

function scalarsIn(file: YamlFile, value: unknown): Node[] {
  const node = file.resolve(value);
  // A tag such as GitLab's `!reference` turns a value into something else. Values in brackets are not edited in
  // place.
  if (!node || node.tag?.startsWith("!") || file.inFlow(node)) return [];
  if (isScalar(node)) return [node];
  return isSeq(node) ? node.items.flatMap((item) => scalarsIn(file, item)) : [];
}

/** The line ending after a scalar, as each scalar begins a new line of the script. */
function lineEnding({ pieces }: MappedText): MappedText {
  const { source = 0, standsFor = 0 } = pieces.at(-1) ?? {};
  return replacement("\n", { start: source + standsFor, end: source + standsFor });
}

/**
 * The regions and positions of ignore comments in a YAML file with scripts. Inside scripts, they are shell comments.
 */
export function commentsAmong(
  text: string,
  yaml: SurfaceFile,
  scripts: readonly YamlScript[],
): Pick<SurfaceFile, "regionAfter" | "commentPlace"> {
  const scalars = scripts.flatMap((script) => script.scalars);
  const around = (offset: number) => {
    const { start } = lineAt(text, offset);
    return scalars.find(({ span }) => span.start < start && start < span.end);
  };
  const inYaml = yamlRegions(text);
  return {
    regionAfter: (offset) => (around(offset)?.isLiteral ? commandAfter(text, offset) : inYaml(offset)),
    commentPlace: (offset) => {
      const scalar = around(offset);
      if (!scalar) return yaml.commentPlace(offset);
      return scalar.isLiteral ? commandAt(text, offset) : scalar.span.start;
    },
  };
}
