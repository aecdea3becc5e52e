/** What a file is to us. */
export type FileKind = "dockerfile" | "compose" | "unknown";

/** Endings of templates, texts and backups that only look like a Dockerfile by their beginning. */
const otherEnding =
  /\.(j2|jinja2?|tmpl|tpl|template|erb|ejs|hbs|mustache|m4|md|markdown|rst|adoc|txt|html|bak|orig|rej|swp|patch|diff|json|ya?ml|lock|log|sh)$|ignore$|~$/i;

/** Says whether a path or URI names a Dockerfile: `Dockerfile`, `Containerfile.web`, `base.dockerfile` … */
export function isDockerfile(path: string): boolean {
  const name = nameOf(path);
  return /^(docker|container)file(\..+)?$|.\.(docker|container)file$/i.test(name) && !otherEnding.test(name);
}

/** Says whether a path or URI names a file that starts containers: `compose.yaml`, `dev.docker-compose.yml` … */
export function isRunFile(path: string): boolean {
  const [, stem = ""] = /^(.*)\.ya?ml$/is.exec(nameOf(path)) ?? [];
  return /^(.*(docker|podman|container)-)?compose([-._]|$)/is.test(stem);
}

/** What a file is by its name, else by its content. */
export function kindOf(path: string, text: string): FileKind {
  if (isDockerfile(path)) return "dockerfile";
  if (isRunFile(path)) return "compose";
  const start = text.slice(0, longest);
  if (
    /^([ \t]*(#.*)?\r?\n|ARG[ \t].*\r?\n)*FROM[ \t]+(--\S+[ \t]+)*\S+([ \t]+AS[ \t]+\S+)?[ \t]*(\r?\n|$)/i.test(
      start,
    )
  ) {
    return "dockerfile";
  }
  const services = /^(services|"services"):[ \t]*(#.*)?\r?\n([ \t]*(#.*)?\r?\n)*[ \t]+[\w."'-]+:/m.test(
    start,
  );
  return services && /^[ \t]+(image|build|extends):/m.test(start) ? "compose" : "unknown";
}

/** A file shows what it is near its beginning. */
const longest = 20_000;

function nameOf(path: string): string {
  return path.slice(Math.max(path.lastIndexOf("/"), path.lastIndexOf("\\")) + 1);
}
