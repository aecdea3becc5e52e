/**
 * The source of a line: an image build, an Ansible play (Molecule) or its tests, a command of a dev container, or a
 * program in a container whose PID 1 may be something else (a shell session, `docker exec`, the output of compose).
 */
export type Scope = "build" | "play" | "devcontainer" | "container";

/** Lines that begin a scope, which includes the line itself and those after it; `boot` ends a scope. */
const begins: readonly (readonly [RegExp, Scope | "boot"])[] = [
  // The classic builder, the builders of Podman and Buildah, BuildKit's plain and terminal output, and kaniko.
  [/^(?:\[\d\/\d+\] )?step \d+(?:\/\d+)? ?: |^---> Running in [\da-f]{8}/i, "build"],
  [
    /^#\d+ (?:\[|\d+\.\d+ |ERROR|CACHED)|^ ?=> (?:CACHED |ERROR )?\[|^> \[[^\]]*\d\/\d+\]|^Dockerfile:\d+$/,
    "build",
  ],
  [
    /^INFO\[\d+\] (?:RUN|Running:) |\b(?:docker|podman|buildah|nerdctl) (?:image |buildx )?(?:build|bud) /,
    "build",
  ],
  [/running in system mode|^Attaching to |^Container \S+ +Started|^Successfully (?:built|tagged) /, "boot"],
  [
    /\b(?:TASK|PLAY|RUNNING HANDLER) \[|\b(?:fatal|failed): \[[^\]]{1,100}\][: ]|"changed": (?:false|true)|\bCommandResult\(/,
    "play",
  ],
  [/\bfrom devcontainer\.json\b|^\[\d+ ms\] Start: Run/, "devcontainer"],
  [/\b(?:docker|podman|nerdctl|kubectl|compose)(?: container| compose)? exec /, "container"],
  [
    /(?:^|[\])~\w/>])[#$] (?:sudo )?(?:\/usr)?(?:\/s?bin\/)?(?:systemctl|service|init|hostnamectl|timedatectl|loginctl)\b/,
    "container",
  ],
];

/** Lines that set the scope of the given number of lines before them: build failures and `exec` failures. */
const ends: readonly (readonly [RegExp, Scope, number])[] = [
  [
    /returned a non-zero code: \d|did not complete successfully: exit code: \d|building at STEP "|error building stage: |^ERROR: failed to (?:build|solve)/,
    "build",
    1000,
  ],
  [/^Error: (?:non zero exit code|exit status)|^command terminated with exit code/, "container", 10],
];

/** A timestamp that a log driver or a CI service writes before each line. */
const time = /^\d{4}-\d\d-\d\dT[\d:.]+\d(?:Z|[+-]\d\d:?\d\d)? /;

/** The output of compose, `web-1  | …`. BuildKit shows lines of a Dockerfile as `4 | …`, which does not match. */
const ofService = /^[a-z][\w.-]*\s{1,20}\| /i;

/** The source of each line; undefined if unknown. */
export function scopesOf(lines: readonly string[]): (Scope | undefined)[] {
  const scopes: (Scope | undefined)[] = [];
  let current: Scope | undefined;
  let since = 0;
  for (const [index, timed] of lines.entries()) {
    const line = timed.replace(time, "");
    const begun = begins.find(([pattern]) => pattern.test(line))?.[1];
    // A play in a build step belongs to the build.
    if (begun && !(begun === "play" && current === "build")) current = begun === "boot" ? undefined : begun;
    if (begun === "boot") since = index;
    scopes.push(current ?? (ofService.test(line) ? "container" : undefined));
    const found = ends.find(([pattern]) => pattern.test(line));
    if (!found) continue;
    const [, ended, reach] = found;
    for (let of = Math.max(since, index - reach); of <= index; of++) {
      if (scopes[of] === undefined || (ended === "build" && scopes[of] === "play")) scopes[of] = ended;
    }
    current = undefined;
    since = index + 1;
  }
  return scopes;
}
