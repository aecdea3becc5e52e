import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

// Files like those that people write, of any size.

const head = `FROM debian:12
LABEL org.opencontainers.image.title="bench" \\
      org.opencontainers.image.licenses="MIT"
ENV container=docker \\
    LC_ALL=C
STOPSIGNAL SIGRTMIN+3
RUN apt-get update \\
    && apt-get install -y --no-install-recommends \\
        systemd \\
        systemd-sysv \\
        dbus \\
    && rm -rf /var/lib/apt/lists/* /tmp/* /var/tmp/*
RUN find /etc/systemd/system /lib/systemd/system \\
    -path '*.wants/*' -not -name '*journald*' -exec rm {} \\;`.split("\n");

/** What a service adds to an image. */
const step = (index: number) =>
  `
# Service ${index}
ARG SERVICE_${index}_VERSION=1.${index}
ENV SERVICE_${index}_HOME=/opt/service-${index}
RUN apt-get update \\
    && apt-get install -y "service-${index}=\${SERVICE_${index}_VERSION}" \\
    && mkdir -p "$SERVICE_${index}_HOME" && chown -R root:root "$SERVICE_${index}_HOME" \\
    && systemctl enable service-${index}.service \\
    && rm -rf /var/lib/apt/lists/*
COPY service-${index}.service /etc/systemd/system/
COPY --chown=root:root conf/${index}/ /etc/service-${index}/
RUN sed -i 's/^Port=.*/Port=${8000 + index}/' /etc/service-${index}/main.conf; rm -f /etc/service-${index}/*.bak
EXPOSE ${8000 + index}`.split("\n");

/** Where the keys of a measurement are typed: a line in the middle. */
export const typedLine = "RUN echo ";

/** A Dockerfile that boots systemd, of exactly so many lines (at least 20). */
export function dockerfileOf(lines: number): string {
  const end = 'CMD ["/sbin/init"]';
  const free = lines - head.length - 2;
  const steps = Array.from({ length: Math.floor(free / step(0).length) }, (_, index) => step(index));
  const half = Math.ceil(steps.length / 2);
  const rest = Array.from({ length: free - steps.flat().length }, () => "# step");
  return [
    ...head,
    ...steps.slice(0, half).flat(),
    typedLine,
    ...steps.slice(half).flat(),
    ...rest,
    end,
    "",
  ].join("\n");
}

/** A Dockerfile of the same length and shape that has nothing to do with systemd, as most have not. */
export function plainDockerfileOf(lines: number): string {
  return dockerfileOf(lines)
    .replaceAll("systemctl enable ", "touch /etc/")
    .replaceAll(/systemd(-sysv)?|dbus/g, "curl")
    .replace("container=docker", "MODE=release")
    .replace("SIGRTMIN+3", "SIGINT")
    .replace("/sbin/init", "/usr/bin/serve");
}

/** A Markdown file of about so many lines, with commands that start containers without systemd. */
export function readmeOf(lines: number): string {
  const part = [
    "## Start",
    "",
    "The server listens on port 80.",
    "",
    "```sh",
    "docker run -d --rm -p 80:80 -v data:/data example/web",
    "```",
    "",
  ];
  return Array.from({ length: Math.ceil(lines / part.length) }, () => part.join("\n")).join("\n");
}

const service = (index: number) => `  web${index}:
    build:
      context: .
      dockerfile: Dockerfile
    hostname: web${index}
    command: /sbin/init
    tmpfs:
      - /run
      - /run/lock
    volumes:
      - /sys/fs/cgroup:/sys/fs/cgroup:ro
    environment:
      container: docker
      NAME: web
    ports:
      - "${8000 + index}:80"
`;

/** A Compose file with so many services, each of which builds the Dockerfile beside it. */
export function composeOf(services: number): string {
  return `services:\n${Array.from({ length: services }, (_, index) => service(index)).join("")}`;
}

/** Writes a directory with a Dockerfile and a Compose file that builds it, so many times; gives the directories. */
export function writePairs(folder: string, count: number): string[] {
  return Array.from({ length: count }, (_, index) => {
    const directory = join(folder, `service-${index}`);
    mkdirSync(directory, { recursive: true });
    writeFileSync(join(directory, "Dockerfile"), `${dockerfileOf(60)}# ${index}\n`);
    writeFileSync(join(directory, "compose.yaml"), composeOf(1));
    return directory;
  });
}

/** Writes so many files that are neither Dockerfiles nor Compose files, a hundred to a directory. */
export function writeOthers(folder: string, count: number): void {
  for (let directory = 0; directory < count / 100; directory++) {
    const path = join(folder, "src", `package-${directory % 50}`, `module-${directory}`);
    mkdirSync(path, { recursive: true });
    for (let file = 0; file < 100; file++) writeFileSync(join(path, `file-${file}.ts`), "");
  }
}
