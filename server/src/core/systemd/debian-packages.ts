import data from "./debian-packages.json";

// What a package installs in each release, according to apt; recorded by `npm run lab:packages`.

/** The date of the apt queries. */
export const askedOn: string = data.asked;

const releases = ["11", "12", "13", "sid"];
const brings: Readonly<Record<string, string>> = data.brings;
const answers: ReadonlyMap<string, string> = new Map([
  ...data.nothing.split(" ").map((name) => [name, ""] as const),
  ...Object.entries(brings),
]);

/**
 * What a Debian package installs: `init` is systemd with /sbin/init, `systemd` is the program without that path.
 * If no release is given, this is the result that all releases share; undefined if they differ or apt was not run.
 * Releases before 11 are treated as 11.
 */
export function debianInstalls(
  name: string,
  release: string | undefined,
  recommends: boolean,
): "init" | "systemd" | "nothing" | undefined {
  const answer = answers.get(name);
  if (answer === undefined) return undefined;
  if (answer === "") return "nothing";
  const said = recommends ? answer.slice(0, releases.length) : answer.slice(releases.length);
  const asked = release !== undefined && Number(release) < 11 ? "11" : release;
  return meaningOf(said[releases.indexOf(asked ?? "")] ?? common(said));
}

/** The result that all releases with the package share; `?` if they differ. */
function common(said: string): string {
  const known = new Set(said.replaceAll("?", ""));
  return known.size === 1 ? ([...known][0] ?? "?") : "?";
}

function meaningOf(code: string): "init" | "systemd" | "nothing" | undefined {
  if (code === "i") return "init";
  if (code === "s") return "systemd";
  return code === "-" ? "nothing" : undefined;
}
