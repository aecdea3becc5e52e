import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { type LintInput, type LintResult, lint } from "../../server/src/core/lint/lint";
import { defaultSettings } from "../../server/src/core/lint/settings";
import { isRunFile } from "../../server/src/core/surfaces/files";

/** A file of the corpus: A = boots systemd, B = runs such an image, C = control, where a linter is silent. */
export interface CorpusFile {
  /** `A/owner+repository/directory+Dockerfile`: path below the corpus, a slash of the repository is a plus. */
  readonly name: string;
  readonly kind: string;
  readonly repository: string;
  /** Where the file is in a workspace that is its repository. */
  readonly uri: string;
  readonly text: string;
}

/** Every file of the corpus directory, by kind and name. */
function readCorpus(folder: string): CorpusFile[] {
  return ["A", "B", "C"].flatMap((kind) =>
    list(join(folder, kind)).flatMap((repository) =>
      list(join(folder, kind, repository)).map((file) => ({
        name: `${kind}/${repository}/${file}`,
        kind,
        repository,
        uri: uriOf(repository, file.replaceAll("+", "/")),
        text: readFileSync(join(folder, kind, repository, file), "utf8"),
      })),
    ),
  );
}

/**
 * Lints files of the corpus, each in a workspace that contains the other corpus files of its repository and
 * what `link.ts` copied into the directory `linked`: the files that they name.
 */
export class Corpus {
  private readonly texts = new Map<string, string | undefined>();
  private readonly runFiles = new Map<string, string[]>();

  constructor(
    private readonly folder: string,
    readonly files: readonly CorpusFile[] = readCorpus(folder),
  ) {
    for (const { uri, text, repository } of files) {
      this.texts.set(uri, text);
      if (isRunFile(uri)) this.runFiles.set(repository, [...(this.runFiles.get(repository) ?? []), uri]);
    }
  }

  /** The input of `lint` for this file, or for another text in its place. */
  input({ uri, repository }: CorpusFile, text: string): LintInput {
    const read = (asked: string) => (asked === uri ? text : this.read(asked));
    const snapshot = { runFiles: this.runFiles.get(repository) ?? [], read };
    return { uri, text, snapshot, settings: defaultSettings };
  }

  lint(file: CorpusFile, text = file.text): LintResult {
    return lint(this.input(file, text));
  }

  private read(uri: string): string | undefined {
    if (!this.texts.has(uri)) {
      const path = linkedPath(this.folder, uri);
      this.texts.set(uri, path ? readText(path) : undefined);
    }
    return this.texts.get(uri);
  }
}

const root = "file:///corpus/";

function uriOf(repository: string, path: string): string {
  return `${root}${repository}/${path}`;
}

/** Where the text of a linked file is below the corpus; undefined for a URI outside of it. */
export function linkedPath(folder: string, uri: string): string | undefined {
  if (!uri.startsWith(root)) return undefined;
  return join(folder, "linked", decodeURIComponent(uri.slice(root.length)));
}

/** 1-based line of an offset. */
export function lineOf(text: string, offset: number): number {
  return text.slice(0, offset).split("\n").length;
}

/** Reads the rows of a tab-separated file as records whose keys are the column names in its first line. */
export function readTable(text: string): Record<string, string>[] {
  const [head = "", ...rows] = text.split(/\r?\n/).filter((line) => line !== "");
  const names = head.split("\t");
  return rows.map((row) =>
    Object.fromEntries(row.split("\t").map((cell, index) => [names[index] ?? "", cell])),
  );
}

function list(folder: string): string[] {
  return existsSync(folder) ? readdirSync(folder).sort() : [];
}

/** The text of a file; undefined for a directory, and where there is none. */
function readText(path: string): string | undefined {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return undefined;
  }
}
