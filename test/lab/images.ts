import type { Debian } from "./debian";

/** An image that the lab can make without a registry. */
export interface Image {
  /** What a Dockerfile or a test calls it; the first name is the lab's own. */
  names: readonly string[];
  system: Debian;
}

const releases = [
  { suite: "bullseye", number: 11, systemd: 247, more: [] },
  { suite: "bookworm", number: 12, systemd: 252, more: [] },
  { suite: "trixie", number: 13, systemd: 257, more: ["latest", "stable", "stable-slim"] },
  { suite: "sid", number: undefined, systemd: 262, more: ["unstable", "unstable-slim"] },
] as const;

/**
 * Of every release a plain Debian as Docker Hub has it, without systemd, under Docker Hub's names, and one
 * with systemd, `systemd-test:VERSION`. The `-slim` names stand for the same image: what slim leaves out
 * (manual pages, translations) no test here looks at.
 */
export const images: readonly Image[] = releases.flatMap(({ suite, number, systemd, more }) => {
  const tags = [...(number ? [`${number}`] : []), suite].flatMap((tag) => [tag, `${tag}-slim`]);
  return [
    {
      names: [...tags, ...more].map((tag) => `debian:${tag}`),
      system: { name: `debian-${suite}`, suite, packages: [], as: "tar" },
    },
    {
      names: [`systemd-test:${systemd}`],
      system: { name: `systemd-${systemd}`, suite, packages: ["systemd", "systemd-sysv", "dbus"], as: "tar" },
    },
  ];
});

/** The image of that name, `debian` meaning `debian:latest` as everywhere. */
export function imageOf(reference: string): Image | undefined {
  const name = reference.replace(/^(docker\.io\/)?(library\/)?/, "");
  const tagged = name.includes(":") ? name : `${name}:latest`;
  return images.find(({ names }) => names.includes(tagged));
}

/** Dockerfile that makes a `systemd-test` image where there is a registry. */
export function dockerfileOf({ system }: Image): string {
  return [
    `FROM debian:${system.suite}`,
    `RUN apt-get update && apt-get install -y --no-install-recommends ${system.packages.join(" ")}`,
    "",
  ].join("\n");
}
