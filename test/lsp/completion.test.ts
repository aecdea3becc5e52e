import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { CompletionItem, TextEdit } from "vscode-languageserver/node";
import { rules } from "../../server/src/core/lint/rules/index";
import { connect, type Session } from "./connection";
import { atCursor } from "./cursor";
import { keyedTexts } from "./keyed-texts";

let session: Session;
beforeAll(async () => {
  session = await connect({
    disk: {
      "file:///project/web.service":
        "[Service]\nExecStart=/usr/sbin/nft -f x\n[Install]\nWantedBy=multi-user.target\n",
      "file:///project/units/app.target": "[Unit]\nDescription=App\n",
    },
    texts: keyedTexts,
  });
});
afterAll(() => session.close());

let files = 0;

/** What is offered at the mark of a text. */
async function offered(marked: string, name = "Dockerfile"): Promise<CompletionItem[]> {
  const { text, position } = atCursor(marked);
  files++;
  const uri = `file:///project/${name === "Dockerfile" ? `${name}.${files}` : `${files}.${name}`}`;
  await session.open(uri, text, name === "Dockerfile" ? "dockerfile" : "dockercompose");
  return session.client.sendRequest<CompletionItem[]>("textDocument/completion", {
    textDocument: { uri },
    position,
  });
}

const labels = async (marked: string, name?: string) =>
  (await offered(marked, name)).map(({ label }) => label);

/** The text after the first offer that has a label was taken. */
async function taken(marked: string, label: string, name?: string): Promise<string | undefined> {
  const { text } = atCursor(marked);
  const edit = (await offered(marked, name)).find((item) => item.label === label)?.textEdit as
    | TextEdit
    | undefined;
  if (!edit) return undefined;
  const lines = text.split("\n");
  const { start, end } = edit.range;
  expect(start.line).toBe(end.line);
  const line = lines[start.line] ?? "";
  lines[start.line] = line.slice(0, start.character) + edit.newText + line.slice(end.character);
  return lines.join("\n");
}

const systemd =
  "FROM debian:12\nRUN apt-get update && apt-get install -y systemd-sysv openssh-server nftables\n";
const signals = ["SIGRTMIN+3", "SIGRTMIN+4"];
const targets = [
  "multi-user.target",
  "graphical.target",
  "basic.target",
  "rescue.target",
  "emergency.target",
];

describe("a Dockerfile", () => {
  test.each([
    ["behind STOPSIGNAL", "FROM debian:12\nSTOPSIGNAL ¦", signals],
    ["in a signal", "FROM debian:12\nSTOPSIGNAL SIGT¦ERM\n", signals],
    ["with CRLF", "FROM debian:12\r\nSTOPSIGNAL ¦\r\nCMD x\r\n", signals],
    ["in lower case", "from debian:12\nstopsignal ¦", signals],
    ["behind container=", "FROM debian:12\nENV container=¦", ["docker", "podman", "oci"]],
    ["behind another variable", "FROM debian:12\nENV A=b container=¦\n", ["docker", "podman", "oci"]],
    ["in the old form", "FROM debian:12\nENV container ¦\n", ["docker", "podman", "oci"]],
    ["in the value of another variable", "FROM debian:12\nENV xcontainer=¦\n", []],
    ["behind --unit=", 'FROM debian:12\nCMD ["/sbin/init", "--unit=¦', targets],
    ["behind --unit", 'FROM debian:12\nCMD ["/sbin/init", "--unit", "¦"]\n', targets],
    ["behind set-default", `${systemd}RUN systemctl set-default ¦`, targets],
    ["behind set-default, half typed", `${systemd}RUN true && systemctl set-default multi¦\n`, targets],
    ["in the arguments of another program", 'FROM debian:12\nCMD ["nginx", "--¦"]\n', []],
    [
      "behind systemctl",
      `${systemd}RUN systemctl ¦`,
      ["enable", "disable", "mask", "unmask", "set-default", "add-wants"],
    ],
    ["behind another program", `${systemd}RUN apt-get ¦`, []],
    ["behind a separator", `${systemd}RUN systemctl enable ssh &&¦`, []],
    ["in a comment", `${systemd}# STOPSIGNAL ¦\n`, []],
    ["in a heredoc of COPY", `${systemd}COPY <<EOF /x\nSTOPSIGNAL ¦\nEOF\n`, []],
    ["without FROM", "STOPSIGNAL ¦", signals],
    ["in an empty file", "¦", []],
  ])("%s", async (_, marked, expected) => {
    expect(await labels(marked)).toEqual(expected);
  });

  const units = `${systemd}COPY web.service /etc/systemd/system/\nCOPY units/app.target /etc/systemd/system/\n`;

  test.each([
    ["at the end", `${units}RUN systemctl enable ¦`],
    ["in a word", `${units}RUN systemctl enable we¦\n`],
    ["behind a unit", `${units}RUN systemctl enable web ¦\n`],
    ["in a list of commands", `${units}RUN a && sudo systemctl enable ¦ && b\n`],
    ["on a continuation line", `${units}RUN systemctl enable \\\n    ¦\n`],
    ["on a continuation line with CRLF", `${units}RUN systemctl enable \\\r\n    ¦\r\nCMD x\r\n`],
    ["in a heredoc", `${units}RUN <<EOF\nset -e\nsystemctl enable ¦\nEOF\n`],
    ["in a heredoc that is open", `${units}RUN <<EOF\nsystemctl enable ¦\n`],
    ["in quotes that are open", `${units}RUN systemctl enable "¦`],
    ["in a condition that is open", `${units}RUN if true; then systemctl enable ¦`],
    ["with an option", `${units}RUN systemctl enable --no-reload ¦\n`],
  ])("units of packages and of copied files: %s", async (_, marked) => {
    const found = await labels(marked);
    expect(found.slice(0, 2)).toEqual(["web.service", "app.target"]);
    expect(found).toContain("ssh.service");
    expect(found).toContain("systemd-logind.service");
    expect(new Set(found).size).toBe(found.length);
  });

  test("units of the user's manager are not those of the system", async () => {
    expect(await labels(`${units}RUN systemctl --global enable ¦`)).toEqual([]);
  });

  test("what starts at boot comes first where it is disabled or masked", async () => {
    expect((await labels(`${units}RUN systemctl mask ¦`))[0]).toBe("ssh.service");
  });

  test("units of an RPM distribution have its names", async () => {
    const found = await labels(
      "FROM fedora:42\nRUN dnf -y install systemd openssh-server\nRUN systemctl enable ¦",
    );
    expect(found[0]).toBe("sshd.service");
    expect(found).not.toContain("ssh.service");
  });

  test("a unit shows what it needs at run time, and where it is from", async () => {
    const [web] = await offered(`${units}RUN systemctl enable ¦`);
    expect(web).toMatchObject({
      detail: "word.no-cost",
      documentation: { value: "word.unit.copied(from=web.service)\n\nword.not-measured(named=web.service)" },
    });
    const chrony = "FROM debian:12\nRUN apt-get install -y systemd-sysv chrony\nRUN systemctl enable ¦";
    expect((await offered(chrony))[0]).toMatchObject({
      label: "chrony.service",
      detail: "need.clock(unit=chrony.service)",
    });
  });

  test("whole instructions, where systemd boots and they are missing", async () => {
    const boots = `${systemd}CMD ["/sbin/init"]\n`;
    expect(await labels(`${boots}¦`)).toEqual(["STOPSIGNAL SIGRTMIN+3", "ENV container=docker"]);
    expect(await labels(`${boots}ST¦\n`)).toEqual(["STOPSIGNAL SIGRTMIN+3", "ENV container=docker"]);
    expect(await labels(`${boots}STOPSIGNAL SIGRTMIN+3\nENV container=docker\n¦`)).toEqual([]);
    expect(await labels("FROM debian:12\nCMD nginx\n¦")).toEqual([]);
  });

  test("takes the place of the whole word, and adds quotes in a list", async () => {
    expect(await taken("FROM debian:12\nSTOPSIGNAL SIG¦TERM\n", "SIGRTMIN+3")).toBe(
      "FROM debian:12\nSTOPSIGNAL SIGRTMIN+3\n",
    );
    expect(await taken(`${systemd}RUN systemctl enable "ss¦"`, "ssh.service")).toBe(
      `${systemd}RUN systemctl enable "ssh.service"`,
    );
    const label = "--unit=multi-user.target";
    expect(await taken(`${systemd}CMD ["/sbin/init", ¦]\n`, label)).toBe(
      `${systemd}CMD ["/sbin/init", "${label}"]\n`,
    );
    expect(await taken(`${systemd}CMD ["/sbin/init", "--¦"]\n`, label)).toBe(
      `${systemd}CMD ["/sbin/init", "${label}"]\n`,
    );
    expect(await taken(`${systemd}ENV ¦\nCMD ["/sbin/init"]\n`, "container=docker")).toBe(
      `${systemd}ENV container=docker\nCMD ["/sbin/init"]\n`,
    );
  });
});

const ids = rules.map(({ id }) => id);

test.each([
  ["FROM debian:12\n# systemd-containers-ignore ¦\nSTOPSIGNAL SIGTERM\n", "Dockerfile"],
  ["# systemd-containers-ignore-file image-dbus-missing, ¦: not needed\nFROM debian:12\n", "Dockerfile"],
  ["services:\n  web:\n    # systemd-containers-ignore run-¦\n    image: x\n", "compose.yaml"],
])("the rules in an ignore comment: %s", async (marked, name) => {
  expect(await labels(marked, name)).toEqual(ids);
});

test("the reason in an ignore comment is the writer's", async () => {
  expect(await labels("# systemd-containers-ignore image-dbus-missing: ¦\nFROM debian:12\n")).toEqual([]);
});

describe("a compose file", () => {
  const service = (rest: string) => `services:\n  web:\n    image: web\n    command: /sbin/init\n${rest}`;
  const capabilities = [
    "NET_ADMIN",
    "NET_RAW",
    "AUDIT_WRITE",
    "SYS_TIME",
    "IPC_LOCK",
    "NET_BROADCAST",
    "SYS_ADMIN",
  ];
  const options = ["writable-cgroups=true", "no-new-privileges=true", "apparmor=unconfined"];

  test.each([
    ["a stop signal", "    stop_signal: ¦", signals],
    ["in a stop signal", "    stop_signal: SIG¦\n    tty: true\n", signals],
    ["in quotes", '    stop_signal: "¦"\n', signals],
    ["with CRLF", "    stop_signal: ¦\r\n    tty: true\r\n", signals],
    ["a grace period", "    stop_grace_period: ¦\n", ["90s", "30s"]],
    ["a tmpfs", "    tmpfs: ¦\n", ["/run", "/run/lock", "/tmp:exec,mode=1777"]],
    ["an item of tmpfs", "    tmpfs:\n      - ¦\n", ["/run", "/run/lock", "/tmp:exec,mode=1777"]],
    ["an item beside its key", "    tmpfs:\n    - ¦\n", ["/run", "/run/lock", "/tmp:exec,mode=1777"]],
    ["an option of a tmpfs", "    tmpfs:\n      - /tmp:e¦\n", ["exec", "mode=1777", "size=64m"]],
    ["a second option", "    tmpfs: /tmp:exec,¦\n", ["exec", "mode=1777", "size=64m"]],
    ["a security option", "    security_opt:\n      - ¦\n", options],
    ["a security option between others", "    security_opt:\n      - a\n      - ¦\n      - b\n", options],
    ["a capability", "    cap_add: [¦]\n", capabilities],
    ["a second capability", "    cap_add: [NET_RAW, ¦]\n", capabilities],
    ["a capability in a list that is open", "    cap_add: [NET_¦\n", capabilities],
    ["the variable in a mapping", "    environment:\n      container: ¦\n", ["docker", "podman", "oci"]],
    ["the variable in a list", "    environment:\n      - container=¦\n", ["docker", "podman", "oci"]],
    ["another variable", "    environment:\n      other: ¦\n", []],
    ["a target", '    entrypoint: ["/sbin/init", "--unit=¦"]\n', targets],
    ["what the schema has", "    cgroup: ¦\n", []],
    ["a boolean", "    init: ¦\n", []],
    ["a dropped capability", "    cap_drop: [¦]\n", []],
    ["a comment", "    stop_signal: # ¦\n", []],
    ["elsewhere", "\nvolumes:\n  tmpfs: ¦\n", []],
  ])("%s", async (_, rest, expected) => {
    expect(await labels(service(rest), "compose.yaml")).toEqual(expected);
  });

  test("whole keys that its plan has and the service lacks", async () => {
    const found = await labels(service("    ¦\n"), "compose.yaml");
    expect(found).toEqual(
      expect.arrayContaining(["security_opt: writable-cgroups=true", "stop_signal: SIGRTMIN+3", "tty: true"]),
    );
    expect(found.some((label) => label.startsWith("tmpfs: /run,"))).toBe(true);
    expect(
      await labels(service("    tty: true\n    ¦\n    stop_signal: SIGTERM\n"), "compose.yaml"),
    ).not.toContain("tty: true");
    expect(await labels("services:\n  web:\n    image: nginx\n    ¦\n", "compose.yaml")).toEqual([]);
  });

  test("no whole key where one has its value", async () => {
    expect(await labels(service("    tt¦y: true\n"), "compose.yaml")).toEqual([]);
    expect(await labels(service("    environment:\n      oth¦er: a\n"), "compose.yaml")).toEqual([]);
    expect(await labels(service("    environment:\n      - oth¦er=a\n"), "compose.yaml")).toEqual([]);
    expect(await labels(`${systemd}ENV oth¦er=a\nCMD ["/sbin/init"]\n`)).toEqual([]);
  });

  test("a key that is half typed, at the end and between others", async () => {
    for (const rest of ["    stop¦", "    stop¦\n    volumes:\n      - /x:/y\n"])
      expect(await labels(service(rest), "compose.yaml")).toContain("stop_signal: SIGRTMIN+3");
  });

  test("takes the place of the word alone", async () => {
    expect(
      await taken(service("    stop¦\n    cap_drop: [A]\n"), "stop_signal: SIGRTMIN+3", "compose.yaml"),
    ).toBe(service("    stop_signal: SIGRTMIN+3\n    cap_drop: [A]\n"));
    expect(await taken(service("    cap_add: ['NET¦']\n"), "NET_ADMIN", "compose.yaml")).toBe(
      service("    cap_add: ['NET_ADMIN']\n"),
    );
  });
});

const whole: readonly (readonly [string, string])[] = [
  [
    "Dockerfile",
    `FROM debian:12 AS base\r\nRUN apt-get install -y systemd-sysv \\\r\n  # why\r\n  && systemctl enable "ssh" \\\r\n   cron\r\n` +
      `RUN <<EOF\nsystemctl mask a\nEOF\nENV A=b container=docker\nCMD ["/sbin/init", "--unit=a.target"]\nSTOPSIGNAL 37`,
  ],
  [
    "compose.yaml",
    "services:\n  web: &w\n    build: {context: ., dockerfile: x}\n    stop_signal: 'A'\r\n    tmpfs: [/run, \"/tmp:exec\"]\n" +
      "    environment:\n      - container=docker\n      - ? x\n    command: >\n      /sbin/init\n  b:\n    <<: *w\n    cap_add:\n    - A\n    -\n",
  ],
];

test.each(whole)(
  "of a %s that is typed, each state has an answer on the line of the cursor",
  async (name, text) => {
    for (let end = 0; end <= text.length; end++) {
      // No cursor is in a line ending.
      if (text[end - 1] === "\r") continue;
      const marked = `${text.slice(0, end)}¦`;
      const { position } = atCursor(marked);
      for (const { textEdit } of await offered(marked, name)) {
        const { start, end } = (textEdit as TextEdit).range;
        expect([start.line, end.line]).toEqual([position.line, position.line]);
        expect(start.character <= position.character && position.character <= end.character).toBe(true);
      }
    }
    expect(session.logged).toEqual([]);
  },
);

test.each(whole)("each place of a whole %s has an answer that contains it", async (name, text) => {
  for (let at = 0; at <= text.length; at++) {
    if (text[at - 1] === "\r") continue;
    const marked = `${text.slice(0, at)}¦${text.slice(at)}`;
    const { position } = atCursor(marked);
    const found = await offered(marked, name);
    expect(new Set(found.map(({ label }) => label)).size).toBe(found.length);
    for (const { textEdit } of found) {
      const { start, end } = (textEdit as TextEdit).range;
      expect([start.line, end.line]).toEqual([position.line, position.line]);
      expect(start.character <= position.character && position.character <= end.character).toBe(true);
    }
  }
  expect(session.logged).toEqual([]);
});

test("an editor that knows nothing of a file is offered nothing, and no defect is logged", async () => {
  await session.open("file:///project/notes.txt", "STOPSIGNAL ", "plaintext");
  const textDocument = { uri: "file:///project/notes.txt" };
  const position = { line: 0, character: 11 };
  expect(await session.client.sendRequest("textDocument/completion", { textDocument, position })).toEqual([]);
  expect(session.logged).toEqual([]);
});
