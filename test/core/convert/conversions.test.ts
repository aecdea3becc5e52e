import { describe, expect, test } from "vitest";
import { addComposeService } from "../../../server/src/core/convert/compose-service";
import { createUnit } from "../../../server/src/core/convert/create-unit";
import { forwardJournal } from "../../../server/src/core/convert/forward-journal";
import { runAtBoot } from "../../../server/src/core/convert/run-at-boot";
import { lint } from "../../../server/src/core/lint/lint";
import { defaultSettings } from "../../../server/src/core/lint/settings";
import { contextOf, filesOf } from "./converted";

const head = "FROM debian:12\nRUN apt-get update && apt-get install -y systemd-sysv\n";
const tail = 'ENV container=docker\nSTOPSIGNAL SIGRTMIN+3\nCMD ["/sbin/init"]\n';
const booting = `${head}RUN systemctl set-default multi-user.target\n${tail}`;
const plain = 'FROM debian:12\nCMD ["/opt/app"]\n';

/** The keys of what is wrong with files, as errors and warnings. */
function faults(files: Readonly<Record<string, string>>): string[] {
  return Object.keys(files)
    .filter((path) => /Dockerfile|compose/.test(path))
    .flatMap(
      (path) => lint({ ...contextOf(files[path] ?? "", files, path), settings: defaultSettings }).findings,
    )
    .filter(({ severity }) => severity === "error" || severity === "warning")
    .map(({ rule }) => rule);
}

describe("Add Compose Service", () => {
  test("creates a compose file whose service boots the image", () => {
    const files = filesOf(addComposeService(contextOf(`${booting}EXPOSE 80\n`)));
    expect(Object.keys(files)).toEqual(["compose.yaml"]);
    expect(files["compose.yaml"]).toMatch(/^services:\n {2}app:\n {4}build: \.\n/);
    expect(files["compose.yaml"]).toContain("127.0.0.1::80");
    expect(files["compose.yaml"]).not.toContain("image:");
    expect(faults({ Dockerfile: booting, ...files })).toEqual([]);
  });

  test("adds to the compose file that is there, in its style, under a free name", () => {
    const compose = "services:\n    app:\n        image: nginx\n# end\n";
    const files = filesOf(addComposeService(contextOf(booting, { "docker-compose.yml": compose })));
    expect(Object.keys(files)).toEqual(["docker-compose.yml"]);
    expect(files["docker-compose.yml"]).toMatch(/\n {4}app-2:\n {8}build: \.\n/);
    expect(faults({ Dockerfile: booting, ...files })).toEqual([]);
  });

  test("names a Dockerfile of another name", () => {
    const { uri, ...context } = contextOf(booting, {}, "web.Dockerfile");
    const files = filesOf(addComposeService({ ...context, uri }));
    expect(files["compose.yaml"]).toContain("dockerfile: web.Dockerfile");
  });

  test.each([
    ["not-booting", plain, {}],
    ["has-service", booting, { "compose.yaml": "services:\n  web:\n    build: .\n" }],
    ["no-services", booting, { "compose.yaml": "services: [a]\n" }],
    ["no-services", booting, { "compose.yaml": "services:\n  a: {\n" }],
    ["invalid", "FROM debian:12\nRUN <<EOF\n", {}],
  ])("is refused: %s", (reason, text, files) => {
    expect(addComposeService(contextOf(text, files))).toMatchObject({
      refused: { key: `convert.${reason}` },
    });
  });
});

describe("Create Unit File", () => {
  test("copies and enables the unit of a program", () => {
    const files = filesOf(
      createUnit(contextOf(`${head}WORKDIR /srv\nCOPY app /opt/\n${tail}`), "/opt/app --port 80"),
    );
    expect(files["run-app.service"]).toContain("ExecStart=/opt/app --port 80\nWorkingDirectory=/srv\n");
    expect(files.Dockerfile).toContain(
      "COPY run-app.service /etc/systemd/system/\nRUN systemctl enable run-app.service\n",
    );
    expect(faults(files)).toEqual([]);
  });

  test("enables the unit that a package brings", () => {
    const files = filesOf(
      createUnit(contextOf(`${head}RUN apt-get install -y nginx\n${tail}`), "nginx -g x"),
    );
    expect(Object.keys(files)).toEqual(["Dockerfile"]);
    expect(files.Dockerfile).toContain("systemctl enable nginx.service");
  });

  test("runs in a shell what needs one", () => {
    const files = filesOf(createUnit(contextOf(booting), "app | tee /var/log/app"));
    expect(files["run-app.service"]).toContain('ExecStart=/bin/sh -c "app | tee /var/log/app"');
  });

  test.each([
    ["not-booting", plain, "app", {}],
    ["no-program", booting, " ", {}],
    ["exists", booting, "/opt/app", { "run-app.service": "" }],
  ])("is refused: %s", (reason, text, program, files) => {
    expect(createUnit(contextOf(text, files), program)).toMatchObject({
      refused: { key: `convert.${reason}` },
    });
  });
});

describe("Forward Journal to docker logs", () => {
  test("writes the drop-in, and gives the services of the image a terminal", () => {
    const compose = "services:\n  web:\n    build: .\n  other:\n    image: nginx\n";
    const result = forwardJournal(contextOf(booting, { "compose.yaml": compose }));
    const files = filesOf(result);
    expect(files.Dockerfile).toContain("ForwardToConsole=yes");
    expect(files["compose.yaml"]).toBe(compose.replace("build: .\n", "build: .\n    tty: true\n"));
    expect(result).not.toHaveProperty("doubt");
    expect(
      forwardJournal(contextOf(files.Dockerfile ?? "", { "compose.yaml": files["compose.yaml"] ?? "" })),
    ).toMatchObject({
      refused: { key: "convert.forwards" },
    });
  });

  test("tells that the container needs a terminal where no file starts it", () => {
    expect(forwardJournal(contextOf(booting))).toMatchObject({ doubt: { key: "convert.needs-terminal" } });
    expect(forwardJournal(contextOf(plain))).toMatchObject({ refused: { key: "convert.not-booting" } });
  });
});

/** Runs the line that a mark is on at boot. */
function movedLine(text: string, files: Readonly<Record<string, string>> = {}, path = "Dockerfile") {
  const all = { ...files, [path]: text };
  const marked = Object.keys(all).find((each) => all[each]?.includes("§")) ?? path;
  const offset = all[marked]?.indexOf("§") ?? 0;
  const unmarked = Object.fromEntries(
    Object.entries(all).map(([name, each]) => [name, each.replace("§", "")]),
  );
  return runAtBoot(contextOf(unmarked[marked] ?? "", unmarked, marked), offset);
}

const scripted = `${head}ENV PORT=80\nCOPY start.sh /\nENTRYPOINT ["/start.sh"]\n`;
const script = (...lines: readonly string[]) => ["#!/bin/sh", ...lines, "exec /sbin/init", ""].join("\n");

describe("Run This at Boot", () => {
  test.each([
    [
      "a program",
      "/opt/app --port 80",
      "run-app.service",
      ["Type=exec", "ExecStart=/opt/app --port 80", "PassEnvironment=PORT"],
    ],
    ["one in the background", "/opt/app &", "run-app.service", ["Type=exec", "ExecStart=/opt/app"]],
    ["one that ends", "mkdir -p /srv/data", "run-mkdir.service", ["Type=oneshot", "RemainAfterExit=yes"]],
    [
      "one for a shell",
      "/opt/app $PORT > /var/log/app",
      "run-app.service",
      ['ExecStart=/bin/sh -c "/opt/app $$PORT > /var/log/app"'],
    ],
    ["a pipe", "/opt/app | tee /var/log/app", "run-app.service", ["Type=exec"]],
    ["continued lines", "/opt/app \\\n  --port 80", "run-app.service", ["ExecStart=/opt/app --port 80"]],
  ])("moves a line of an entry script into a unit: %s", (_, line, unit, expected) => {
    const files = filesOf(movedLine(scripted, { "start.sh": script("# first", `§${line}`, "echo done") }));
    expect(files["start.sh"]).toBe(script("# first", "echo done"));
    expect(files[unit]?.split("\n")).toEqual(expect.arrayContaining(expected));
    expect(files.Dockerfile).toContain(`systemctl enable ${unit}\n`);
    const before = { Dockerfile: scripted, "start.sh": script(line) };
    expect(faults(files)).toEqual(faults(before));
  });

  test("enables the service that a line starts", () => {
    const files = filesOf(movedLine(scripted, { "start.sh": script("service§ cron start") }));
    expect(Object.keys(files).sort()).toEqual(["Dockerfile", "start.sh"]);
    expect(files.Dockerfile).toContain("systemctl enable cron.service");
  });

  test("moves a command of CMD in shell form", () => {
    const files = filesOf(
      movedLine(`${head}CMD mkdir -p /x && \\\n    /opt/§app & \\\n    exec /sbin/init\n`),
    );
    expect(files.Dockerfile).toMatch(/CMD mkdir -p \/x && \\\n {4}exec \/sbin\/init\n/);
    expect(files["run-app.service"]).toContain("ExecStart=/opt/app\n");
  });

  test("moves what CMD passes to init", () => {
    const files = filesOf(movedLine(`${head}ENTRYPOINT ["/sbin/init"]\nCMD ["/opt/§app", "-v"]\n`));
    expect(files.Dockerfile).not.toContain("CMD");
    expect(files["run-app.service"]).toContain("ExecStart=/opt/app -v\n");
  });

  test("makes an image boot that does not yet", () => {
    const files = filesOf(movedLine('FROM debian:12\nCMD ["/opt/§app"]\n'));
    expect(files.Dockerfile).toContain('CMD ["/sbin/init"]');
    expect(Object.keys(files)).toContain("run-app.service");
  });

  test("moves a line of a script that the Dockerfile writes", () => {
    const text = `${head}COPY --chmod=755 <<EOF /start.sh\n#!/bin/sh\n/opt/§app &\nexec /sbin/init\nEOF\nENTRYPOINT ["/start.sh"]\n`;
    const files = filesOf(movedLine(text));
    expect(files.Dockerfile).toContain("#!/bin/sh\nexec /sbin/init\nEOF\n");
    expect(files["run-app.service"]).toContain("ExecStart=/opt/app\n");
  });

  test("names what a line uses of the script", () => {
    const result = movedLine(scripted, { "start.sh": script("cd /srv", "A=1", "B=2", "/opt/app §$A &") });
    expect(result).toMatchObject({ doubt: { key: "convert.script-state", args: { names: "cd, A" } } });
  });

  test.each([
    ["no-line", { "start.sh": script("# §nothing") }],
    ["no-line", { "start.sh": script("if true; then", "  §app", "fi") }],
    ["no-line", { "start.sh": script("export §A=1") }],
    ["no-line", { "start.sh": script("cat <<§EOF", "text", "EOF") }],
    ["no-line", { "start.sh": script().replace("exec", "§exec") }],
    ["exists", { "start.sh": script("§/opt/app"), "run-app.service": "" }],
    ["not-started", { "other.sh": script("§app"), "start.sh": script() }],
    ["not-booting", { "start.sh": "#!/bin/sh\n§app\n" }],
  ])("is refused: %s", (reason, files) => {
    expect(movedLine(scripted, files)).toMatchObject({ refused: { key: `convert.${reason}` } });
  });

  test.each([
    ["no-line", booting.replace("CMD", "CMD§")],
    ["no-line", booting.replace("FROM", "FROM§")],
    ["no-line", `${head}CMD true && exec /sbin/§init\n`],
    ["invalid", "FROM debian:12\nRUN <<EOF§\n"],
  ])("is refused in a Dockerfile: %s", (reason, text) => {
    expect(movedLine(text)).toMatchObject({ refused: { key: `convert.${reason}` } });
  });
});
