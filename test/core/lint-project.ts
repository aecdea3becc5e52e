import { filled, format } from "../../server/src/core/base/message";
import type { Target } from "../../server/src/core/engine";
import { lint } from "../../server/src/core/lint/lint";
import type { Finding } from "../../server/src/core/lint/rule";
import { isDockerfile, isRunFile } from "../../server/src/core/surfaces/files";

const root = "file:///p/";

/** What is found in one file of a project, whose files are given by path; the first of them unless `path` reports another. */
export function lintProject(
  files: Readonly<Record<string, string>>,
  { path = Object.keys(files)[0] ?? "", target }: { path?: string; target?: Target } = {},
): readonly Finding[] {
  const texts = new Map(Object.entries(files).map(([name, text]) => [root + name, text]));
  const snapshot = {
    runFiles: [...texts.keys()].filter(isRunFile),
    dockerfiles: [...texts.keys()].filter(isDockerfile),
    read: (uri: string) => texts.get(uri),
  };
  const text = files[path] ?? "";
  const result = lint({ uri: root + path, text, snapshot, settings: { rules: {}, target } });
  if (result.failures.length > 0) throw result.failures[0]?.error;
  return result.findings;
}

/** The findings of one rule as `severity: message`. */
export function said(findings: readonly Finding[], rule: string): string[] {
  return findings
    .filter((finding) => finding.rule === rule)
    .map(({ severity, message }) => `${severity}: ${format(message)}`);
}

/** The findings of one rule as `severity: key` and the arguments of the message: `warning: image-no-init.calls, call=x`. */
export function reported(findings: readonly Finding[], rule: string): string[] {
  return findings
    .filter((finding) => finding.rule === rule)
    .map(({ severity, message: { key, args } }) => {
      const given = Object.entries(args).map(([name, arg]) => `${name}=${filled(arg)}`);
      return [`${severity}: ${key}`, ...given].join(", ");
    });
}
