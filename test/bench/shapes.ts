// Texts of one shape and any size, whose lint should take time in proportion to it.

/** A text by its size: lines of a Dockerfile, or services or entries of a Compose file. */
export interface Shape {
  readonly name: string;
  readonly file: "Dockerfile" | "compose.yaml";
  text(size: number): string;
}

const base = "FROM debian:12\nRUN apt-get update && apt-get install -y systemd\n";
const init = 'CMD ["/sbin/init"]\n';

/** Pieces with their index, one after the other. */
function times(count: number, piece: (index: number) => string): string {
  return Array.from({ length: count }, (_, index) => piece(index)).join("");
}

const dockerfile = (name: string, body: (lines: number) => string): Shape => ({
  name,
  file: "Dockerfile",
  text: (lines) => `${base}${body(lines)}${init}`,
});

const compose = (name: string, text: (size: number) => string): Shape => ({
  name,
  file: "compose.yaml",
  text,
});

const started = "    command: /sbin/init\n    init: true\n";

export const shapes: readonly Shape[] = [
  dockerfile("RUN, COPY and comments", (lines) =>
    times(
      lines / 4,
      (n) =>
        `RUN apt-get update && apt-get install -y package-${n} && systemctl enable unit-${n}\nCOPY unit-${n}.service /etc/systemd/system/\n# step ${n}\nRUN rm -f /lib/systemd/system/multi-user.target.wants/unit-${n}.service\n`,
    ),
  ),
  dockerfile(
    "one chain of commands",
    (lines) => `RUN true${times(lines, (n) => ` \\\n && systemctl enable unit-${n}`)}\n`,
  ),
  dockerfile(
    "one heredoc",
    (lines) => `RUN <<EOF\n${times(lines, (n) => `systemctl enable unit-${n}\n`)}EOF\n`,
  ),
  dockerfile(
    "one file by heredoc",
    (lines) => `COPY <<EOF /etc/file\n${times(lines, (n) => `Line${n}=value\n`)}EOF\n`,
  ),
  dockerfile(
    "stages FROM one another",
    (lines) =>
      `FROM debian:12 AS stage-0\n${times(lines / 3, (n) => `FROM stage-${n} AS stage-${n + 1}\nRUN systemctl enable unit-${n}\nENV A${n}=b\n`)}`,
  ),
  dockerfile(
    "stages that copy FROM one another",
    (lines) =>
      `FROM debian:12 AS stage-0\n${times(lines / 3, (n) => `FROM debian:12 AS stage-${n + 1}\nCOPY --from=stage-${n} /a${n} /a\nRUN systemctl enable unit-${n}\n`)}`,
  ),
  dockerfile("ENV and RUN in turns", (lines) =>
    times(lines / 2, (n) => `ENV V${n + 1}=\${V${n}}x\nRUN echo $V${n}\n`),
  ),
  dockerfile(
    "ARG that use one another",
    (lines) => `ARG A0=1\n${times(lines, (n) => `ARG A${n + 1}=\${A${n}}\n`)}`,
  ),
  dockerfile("ignore comments and what they cover", (lines) =>
    times(
      lines / 2,
      (n) => `# systemd-containers-ignore image-systemctl-at-build\nRUN systemctl start unit-${n}\n`,
    ),
  ),
  compose(
    "services that build",
    (count) =>
      `services:\n${times(count, (n) => `  web${n}:\n    build: .\n    hostname: web${n}\n${started}`)}`,
  ),
  compose(
    "services with an image",
    (count) =>
      `services:\n${times(count, (n) => `  web${n}:\n    image: example/web${n}\n    tty: true\n${started}`)}`,
  ),
  compose(
    "services that merge one fragment",
    (count) =>
      `x-base: &base\n  build: .\n  command: /sbin/init\n  init: true\nservices:\n${times(count, (n) => `  web${n}:\n    <<: *base\n    hostname: web${n}\n`)}`,
  ),
  compose(
    "fragments that merge one another",
    (count) =>
      `x-0: &b0\n  command: /sbin/init\n  init: true\n${times(count, (n) => `x-${n + 1}: &b${n + 1}\n  <<: *b${n}\n  hostname: web${n}\n`)}services:\n  web:\n    build: .\n    <<: *b${count}\n`,
  ),
  compose(
    "services that extend one",
    (count) =>
      `services:\n  base:\n    build: .\n${started}${times(count, (n) => `  web${n}:\n    extends: base\n    hostname: web${n}\n`)}`,
  ),
  compose(
    "services that extend one another",
    (count) =>
      `services:\n  web0:\n    build: .\n${started}${times(count, (n) => `  web${n + 1}:\n    extends: web${n}\n    hostname: web${n}\n`)}`,
  ),
  compose(
    "volumes of a service",
    (count) =>
      `services:\n  web:\n    image: debian\n    command: /sbin/init\n    volumes:\n${times(count, (n) => `      - ./a${n}:/b${n}\n`)}`,
  ),
  compose(
    "environment of a service",
    (count) =>
      `services:\n  web:\n    image: debian\n    command: /sbin/init\n    environment:\n${times(count, (n) => `      A${n}: b\n`)}`,
  ),
];
