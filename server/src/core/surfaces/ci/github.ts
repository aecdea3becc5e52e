import type { Node } from "yaml";
import { resolveUri } from "../../base/uri";
import { readYaml, type YamlFile } from "../../yaml/document";
import { isSeq, textOf } from "../../yaml/nodes";
import { valueAt } from "../../yaml/values";
import { hidden, hideBetween } from "../hidden";
import { startedIn } from "../run-lines/read";
import type { SurfaceFile } from "../surface";
import { yamlFile } from "../yaml-containers";
import { containersOf } from "./containers";
import { commentsAmong, scriptOf, type YamlScript } from "./scripts";

/**
 * Reads a GitHub Actions workflow or composite action: the containers of its jobs and services, and those that the
 * commands of its steps start. The values of expressions are unknown. Never throws.
 */
export function readGithub(uri: string, written: string): SurfaceFile {
  const text = hideBetween(written, ["${{", "}}"], () => hidden);
  const file = readYaml(uri, text);
  const jobs = [...file.entries(valueAt(file, file.root, "jobs")).values()].map(({ pair }) => pair.value);
  const yaml = yamlFile(
    uri,
    text,
    jobs.flatMap((job) => containersOf(file, written, job)),
  );
  const scripts = [...jobs, valueAt(file, file.root, "runs") ?? null].flatMap((job) => stepsOf(file, job));
  return {
    ...yaml,
    ...commentsAmong(written, yaml, scripts),
    containers: [...yaml.containers, ...startedIn(written, scripts, "script")],
  };
}

/** The scripts in the steps of a job or an action that a Unix shell runs. */
function stepsOf(file: YamlFile, job: Node | null): YamlScript[] {
  const steps = valueAt(file, job, "steps");
  if (!isSeq(steps)) return [];
  return steps.items.flatMap((item) => {
    const step = item as Node;
    const setting = (key: string) =>
      textOf(
        valueAt(file, step, key) ??
          valueAt(file, job, "defaults", "run", key) ??
          valueAt(file, file.root, "defaults", "run", key),
      );
    if (!/^(?:bash|sh)\b/.test(setting("shell") ?? "bash")) return [];
    const base = folderOf(file.uri, setting("working-directory"));
    return scriptOf(file, valueAt(file, step, "run"), base) ?? [];
  });
}

/**
 * The base URI for the commands of a workflow; undefined for those of an action, which run in the repository that
 * uses it.
 */
function folderOf(uri: string, folder = "."): string | undefined {
  const [, root] = /^(.*\/)\.github\/workflows\/[^/]*$/i.exec(uri) ?? [];
  return root === undefined || folder.includes(hidden) ? undefined : resolveUri(root, `${folder}/x`);
}
