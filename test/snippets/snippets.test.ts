import { describe, expect, it } from "vitest";
import { parseDocument } from "yaml";
import { format } from "../../server/src/core/base/message";
import type { Target } from "../../server/src/core/engine";
import { readDockerfile } from "../../server/src/core/image/dockerfile";
import { lint } from "../../server/src/core/lint/lint";
import { expand, readSnippets } from "./snippet";

const files = ["dockerfile.json", "compose.json", "unit.json"];
const texts = (file: string) =>
  readSnippets(file).flatMap(({ name, body }) =>
    expand(body).map((text, n) => [`${name} ${n}`, text] as const),
  );

describe("expansion", () => {
  it("takes defaults, repeats them, and varies one choice at a time", () => {
    expect(expand(`FROM \${1|a:1,b,c|} $2/\${2:x}\n$0`)).toEqual([
      "FROM a:1 x/x\n",
      "FROM b x/x\n",
      "FROM c x/x\n",
    ]);
  });
  it("keeps what is escaped and what is no stop", () => {
    expect(expand(`\\$HOME \\\\ \${1:a\\}b} '%s\\n' \\\n$x`)).toEqual(["$HOME \\ a}b '%s\\n' \\\n$x"]);
  });
});

describe("all snippets", () => {
  it.each(files)("can be told apart by prefix and say what they are for: %s", (file) => {
    const snippets = readSnippets(file);
    expect(snippets).not.toEqual([]);
    const prefixes = snippets.flatMap((snippet) => snippet.prefixes);
    expect(new Set(prefixes).size).toBe(prefixes.length);
    for (const prefix of prefixes) expect(prefix).toMatch(/^systemd-[a-z0-9-]+$/);
    for (const { description } of snippets) expect(description).toMatch(/^[A-Z].*\.$/);
  });
  it.each(files.flatMap(texts))("leave no stop behind: %s", (_, text) => {
    expect(text).not.toMatch(/\$\{|\$\d|\t| \n/);
  });
  it.each(files.flatMap(readSnippets).map(({ name, body }) => [name, body]))(
    "end in one place: %s",
    (_, body) => {
      expect(body.split("$0")).toHaveLength(2);
    },
  );
});

describe("a Dockerfile", () => {
  it.each(texts("dockerfile.json"))("boots systemd and shuts it down in order: %s", (_, text) => {
    const dockerfile = readDockerfile(text);
    const { instructions } = dockerfile;
    const named = (keyword: string) =>
      instructions.filter((instruction) => instruction.keyword === keyword).map((item) => item.arguments);
    expect(instructions[0]?.keyword).toBe("FROM");
    expect(named("ENV")).toEqual(["container=docker"]);
    expect(named("STOPSIGNAL")).toEqual(["SIGRTMIN+3"]);
    expect(named("RUN").at(-1)).toBe(": > /etc/machine-id");
    expect(named("VOLUME")).toEqual([]);
    expect(instructions.at(-1)?.keyword).toBe("CMD");
    const cmd = dockerfile.image()?.cmd;
    expect(cmd?.form).toBe("exec");
    expect(cmd?.words).toHaveLength(1);
    expect(cmd?.words[0]?.value).toMatch(/^(\/usr)?\/sbin\/init$|^\/usr\/lib\/systemd\/systemd$/);
  });
});

describe("a compose service", () => {
  it.each(texts("compose.json"))("is one service without needless privilege: %s", (_, text) => {
    const document = parseDocument(nested(text));
    expect([...document.errors, ...document.warnings]).toEqual([]);
    const { services } = document.toJS();
    expect(Object.keys(services)).toEqual(["app"]);
    expect(services.app).toMatchObject({
      tmpfs: ["/run", "/run/lock", "/tmp:exec,mode=1777"],
      stop_signal: "SIGRTMIN+3",
      tty: true,
    });
    for (const key of ["privileged", "cap_add", "init"]) expect(services.app).not.toHaveProperty(key);
  });
});

describe("a unit file", () => {
  it.each(texts("unit.json"))("is sections, directives and comments: %s", (_, text) => {
    const lines = text.split("\n").filter((line) => line !== "");
    for (const line of lines) expect(line).toMatch(/^(\[(Unit|Service|Install)\]|[A-Z][A-Za-z]+=\S.*|# .*)$/);
    expect(lines).toContain("WantedBy=multi-user.target");
  });
});

describe("linting", () => {
  const [dockerfile = ["", ""]] = texts("dockerfile.json");
  const [service = ["", ""], olderService = ["", ""]] = texts("compose.json");

  it.each(texts("dockerfile.json"))(
    "finds nothing in a Dockerfile that a snippet's service starts: %s",
    (_, text) => {
      expect(findings(text, nested(service[1]), undefined)).toEqual([]);
    },
  );
  it("finds nothing in a service on Docker 28.5", () => {
    expect(
      findings(dockerfile[1], nested(service[1]), { engine: "docker", version: "28.5", cgroupVersion: 2 }),
    ).toEqual([]);
  });
  it("finds nothing in the service for older engines on the engine that it is for", () => {
    expect(
      findings(dockerfile[1], nested(olderService[1]), {
        engine: "docker",
        version: "27.5",
        cgroupVersion: 2,
      }),
    ).toEqual([]);
    expect(findings(dockerfile[1], nested(olderService[1]), undefined)).toEqual([]);
  });
});

function findings(dockerfile: string, compose: string, target: Target): string[] {
  const files: Record<string, string> = {
    "file:///p/Dockerfile": dockerfile,
    "file:///p/compose.yaml": compose,
  };
  const snapshot = { runFiles: ["file:///p/compose.yaml"], read: (uri: string) => files[uri] };
  return Object.entries(files).flatMap(([uri, text]) =>
    lint({ uri, text, snapshot, settings: { rules: {}, target } }).findings.map(
      ({ rule, message }) => `${uri}: ${rule}: ${format(message)}`,
    ),
  );
}

/** A compose file with the service in it, as the editor indents it. */
function nested(service: string): string {
  return `services:\n${service.replace(/^(?=.)/gm, "  ")}\n`;
}
