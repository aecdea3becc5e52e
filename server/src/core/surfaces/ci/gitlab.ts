import type { Node } from "yaml";
import { readYaml } from "../../yaml/document";
import { hidden, hideBetween } from "../hidden";
import { startedIn } from "../run-lines/read";
import type { SurfaceFile } from "../surface";
import { yamlFile } from "../yaml-containers";
import { commentsAmong, scriptOf } from "./scripts";

/** The keys with commands, of a single job or of all jobs. */
const keys = ["before_script", "script", "after_script"];

/**
 * Reads the containers that are started by commands in GitLab jobs. The values of inputs (`$[[ … ]]`) are unknown.
 * Never throws.
 */
export function readGitlab(uri: string, written: string): SurfaceFile {
  const text = hideBetween(written, ["$[[", "]]"], () => hidden);
  const file = readYaml(uri, text);
  const yaml = yamlFile(uri, text, []);
  const scripts = [file, ...file.later].flatMap((document) => {
    const jobs = [...document.entries(document.root).values()].map(({ pair }) => pair.value);
    const valueIn = (job: Node | null | undefined, key: string) => document.entries(job).get(key)?.pair.value;
    return [document.root, ...jobs].flatMap((job) =>
      keys.flatMap((key) => scriptOf(document, valueIn(job, key), uri) ?? []),
    );
  });
  return {
    ...yaml,
    ...commentsAmong(written, yaml, scripts),
    containers: startedIn(written, scripts, "script"),
  };
}
