import { expect, test } from "vitest";
import { isMadeFrom } from "../../../server/src/core/project/made-from";

const root = "file:///p";

/** Which of the files a file is made from, all by their paths in the project. */
function madeFrom(files: Readonly<Record<string, string>>, path: string, name?: string): string[] {
  const texts = new Map(Object.entries(files).map(([each, text]) => [`${root}/${encodeURI(each)}`, text]));
  const [uri, text] = [`${root}/${path}`, files[path] ?? ""];
  const runFiles = [...texts.keys()].filter((each) => each.endsWith("yaml"));
  const snapshot = { read: (each: string) => texts.get(each), runFiles };
  const context = { uri, text, snapshot, target: undefined };
  return Object.keys(files).filter((each) => isMadeFrom(context, name, `${root}/${encodeURI(each)}`));
}

test("a Dockerfile is made from the files that its stages copy", () => {
  const dockerfile = `FROM debian:12 AS tools
COPY --chmod=755 tools /opt
FROM debian:12
ARG NAME=web
COPY --from=tools /opt /usr/local
COPY --from=tools other.service /
ADD https://example.com/far /
COPY ["a b.service", "./conf.d/*.conf", "/etc/"]
COPY $NAME.service /etc/systemd/system/
COPY <<EOF /inline
EOF
`;
  const files = {
    Dockerfile: dockerfile,
    "tools/deep/run": "",
    "toolset/run": "",
    "a b.service": "",
    "conf.d/one.conf": "",
    "conf.d/one.txt": "",
    "web.service": "",
    "other.service": "",
    inline: "",
    far: "",
    ".dockerignore": "",
  };
  expect(madeFrom(files, "Dockerfile")).toEqual([
    "Dockerfile",
    "tools/deep/run",
    "a b.service",
    "conf.d/one.conf",
    "web.service",
    ".dockerignore",
  ]);
});

test("a Dockerfile that copies its whole context is made from everything in it", () => {
  for (const source of [".", "./", "/", "*"]) {
    const files = { "web/Dockerfile": `FROM debian:12\nCOPY ${source} /app/\n`, "web/a/b": "", "db/a": "" };
    expect(madeFrom(files, "web/Dockerfile"), source).toEqual(["web/Dockerfile", "web/a/b"]);
  }
});

test("a service is made from its files, those of its build, and its variables, but not from those of others", () => {
  const files = {
    "compose.yaml": `services:
  web:
    build: {context: web, dockerfile: ../images/web.Dockerfile}
    env_file: [web.env]
  db:
    build: db
    env_file: db.env
  inline:
    build:
      context: web
      dockerfile_inline: |
        FROM debian:12
        COPY inline.service /
`,
    "compose.override.yaml": "services: {web: {hostname: web}}",
    ".env": "A=b",
    "web.env": "",
    "db.env": "",
    "images/web.Dockerfile": "FROM debian:12\nCOPY web.service /\n",
    "web/web.service": "",
    "web/inline.service": "",
    "web/other.service": "",
    "db/Dockerfile": "FROM debian:12\nCOPY . /\n",
    "db/data": "",
    "images/web.service": "",
  };
  const project = ["compose.yaml", "compose.override.yaml", ".env"];
  expect(madeFrom(files, "compose.yaml", "web")).toEqual([
    ...project,
    "web.env",
    "images/web.Dockerfile",
    "web/web.service",
  ]);
  expect(madeFrom(files, "compose.yaml", "db")).toEqual([...project, "db.env", "db/Dockerfile", "db/data"]);
  expect(madeFrom(files, "compose.yaml", "inline")).toEqual([...project, "web/inline.service"]);
});

test("a service is made from the files that it mounts one by one, but not from what is in a mounted directory", () => {
  const files = {
    "compose.yaml": `services:
  web:
    image: debian:12
    volumes: ["./a b.service:/etc/systemd/system/a.service:ro", "./data:/srv", "app.service:/volume"]
  db:
    image: debian:12
    volumes: ["./db.service:/etc/systemd/system/db.service"]
`,
    "a b.service": "",
    "data/page": "",
    "app.service": "",
    "db.service": "",
  };
  expect(madeFrom(files, "compose.yaml", "web")).toEqual(["compose.yaml", "a b.service"]);
});
