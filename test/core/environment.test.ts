import { describe, expect, test } from "vitest";
import { applyEdits } from "../../server/src/core/base/text";
import { lint } from "../../server/src/core/lint/lint";
import { keyed } from "./keyed";

const dockerfile = (lines: readonly string[], program = 'CMD ["/sbin/init"]') =>
  [
    "FROM ubuntu:22.04",
    "RUN apt-get update && apt-get install -y systemd systemd-sysv",
    "COPY app.service /lib/systemd/system/",
    "RUN systemctl enable app",
    ...lines,
    program,
  ].join("\n");

const compose = (lines: string) => `services:\n  app:\n    build: .\n${lines}`;

/** What the rules on the environment find in one of these files. */
function found(name: string, files: Readonly<Record<string, string>>) {
  const uri = `file:///w/${name}`;
  const read = (asked: string) => files[asked.replace("file:///w/", "")];
  const snapshot = { runFiles: files["compose.yaml"] ? ["file:///w/compose.yaml"] : [], read };
  const text = files[name] ?? "";
  const { findings } = lint({ uri, text, snapshot, settings: { rules: {}, target: undefined } });
  return findings.filter(({ rule }) => rule.endsWith("-environment"));
}

const keys = (name: string, files: Readonly<Record<string, string>>) =>
  found(name, files).map(({ message, severity }) => `${severity} ${message.key}`);
const exec = (line: string, ...more: string[]) => ["[Service]", `ExecStart=${line}`, ...more, ""].join("\n");

describe("a variable of ENV", () => {
  const env = ["ENV FOO=1 BAR=2"];
  const said = ["information image-environment.exec"];

  test.each([
    ["$FOO", "/bin/app $FOO"],
    ["$FOO in braces", "/bin/app --x=${" + "FOO}/y"],
    ["$FOO in a shell of the service", "/bin/sh -c 'exec app $FOO'"],
    ["$$FOO in a shell of the service", "/bin/sh -c 'exec app $$FOO'"],
    ["$FOO on a continued line", "/bin/app \\\n  $FOO"],
  ])("%s", (_, line) => {
    expect(keys("Dockerfile", { Dockerfile: dockerfile(env), "app.service": exec(line) })).toEqual(said);
  });

  test.each<[string, readonly string[], string]>([
    ["not read", env, exec("/bin/app FOO")],
    ["set by the unit", env, exec("/bin/app $FOO", 'Environment=A=b "FOO=1 2"')],
    ["passed on by the unit", env, exec("/bin/app $FOO", "PassEnvironment=BAR FOO")],
    ["in a file", env, exec("/bin/app $FOO", "EnvironmentFile=-/etc/default/app")],
    [
      "for all units",
      [...env, "RUN echo 'DefaultEnvironment=FOO=1' >> /etc/systemd/system.conf"],
      exec("/bin/app $FOO"),
    ],
    [
      "for all services",
      [
        ...env,
        "RUN mkdir /etc/systemd/system/service.d && printf '[Service]\\nPassEnvironment=FOO\\n' > /etc/systemd/system/service.d/env.conf",
      ],
      exec("/bin/app $FOO"),
    ],
    [
      "by a generator",
      [...env, "COPY env.sh /etc/systemd/system-environment-generators/"],
      exec("/bin/app $FOO"),
    ],
    ["systemd's own", ["ENV HOME=/root"], exec("/bin/app $HOME")],
  ])("silent: %s", (_, lines, unit) => {
    expect(keys("Dockerfile", { Dockerfile: dockerfile(lines), "app.service": unit })).toEqual([]);
  });

  test.each(["etc", "lib", "usr/lib", "usr/local/lib"])(
    "a unit in a tree that is copied: /%s",
    (directory) => {
      const text = dockerfile(env).replace("COPY app.service /lib/systemd/system/", "COPY root/ /");
      const files = {
        Dockerfile: text,
        [`root/${directory}/systemd/system/app.service`]: exec("/bin/app $FOO"),
      };
      expect(keys("Dockerfile", files)).toEqual(said);
    },
  );

  test("the words behind init set it", () => {
    const text = dockerfile(env, 'CMD ["/sbin/init", "systemd.setenv=FOO=1"]');
    expect(keys("Dockerfile", { Dockerfile: text, "app.service": exec("/bin/app $FOO") })).toEqual([]);
  });

  test("a secret is not written into system.conf", () => {
    const files = {
      Dockerfile: dockerfile(["ENV DB_PASSWORD=x"]),
      "app.service": exec("/bin/app $DB_PASSWORD"),
    };
    expect(found("Dockerfile", files).flatMap(({ fixes }) => fixes.map(({ title }) => title.key))).toEqual([
      "fix.environment.pass",
    ]);
  });

  test.each(["FOO=1", "!FOO", "|FOO"])(
    "ConditionEnvironment=%s, which PassEnvironment= does not help",
    (value) => {
      const unit = `[Unit]\nConditionEnvironment=${value}\n${exec("/bin/app", "PassEnvironment=FOO")}`;
      expect(keys("Dockerfile", { Dockerfile: dockerfile(env), "app.service": unit })).toEqual([
        "information image-environment.condition",
      ]);
    },
  );
});

test("EnvironmentFile=/proc/1/environ fails the unit", () => {
  const files = {
    Dockerfile: dockerfile([]),
    "app.service": exec("/bin/app", "EnvironmentFile=-/proc/1/environ"),
  };
  expect(keys("Dockerfile", files)).toEqual(["warning image-environment.file"]);
});

describe("a variable of the run", () => {
  const unit = exec("/bin/app $FOO");

  test.each([
    ["a map", "    environment:\n      FOO: '1'\n"],
    ["a list", "    environment:\n      - FOO=1\n"],
    ["handed on from the shell", "    environment:\n      - FOO\n"],
  ])("%s", (_, lines) => {
    const files = { Dockerfile: dockerfile([]), "app.service": unit, "compose.yaml": compose(lines) };
    expect(keys("compose.yaml", files)).toEqual(["information run-environment.exec"]);
    expect(keys("Dockerfile", files)).toEqual([]);
  });

  test("what ENV sets as well is reported in the Dockerfile", () => {
    const files = {
      Dockerfile: dockerfile(["ENV FOO=0"]),
      "app.service": unit,
      "compose.yaml": compose("    environment: {FOO: '1'}\n"),
    };
    expect(keys("compose.yaml", files)).toEqual([]);
    expect(keys("Dockerfile", files)).toEqual(["information image-environment.exec"]);
  });

  test("the word behind init, kept behind an ENTRYPOINT", () => {
    const files = {
      Dockerfile: dockerfile([], 'ENTRYPOINT ["/sbin/init"]\nCMD ["--unit=multi-user.target"]'),
      "app.service": `[Unit]\nConditionEnvironment=FOO=1\n${exec("/bin/app")}`,
      "compose.yaml": compose("    environment: {FOO: '1'}\n"),
    };
    const [finding] = found("compose.yaml", files);
    const [fix] = finding?.fixes ?? [];
    expect(fix && keyed(fix.title)).toBe("run-environment.setenv(word=systemd.setenv=FOO=1)");
    const fixed = applyEdits(files["compose.yaml"], fix?.edits ?? []);
    expect(fixed).toContain('command: ["--unit=multi-user.target", "systemd.setenv=FOO=1"]');
    expect(keys("compose.yaml", { ...files, "compose.yaml": fixed })).toEqual([]);
  });

  test("no word where a script starts init", () => {
    const files = {
      Dockerfile: dockerfile(["COPY start.sh /start.sh"], 'CMD ["/start.sh"]'),
      "start.sh": "#!/bin/sh\nexec /sbin/init\n",
      "app.service": unit,
      "compose.yaml": compose("    environment: {FOO: '1'}\n"),
    };
    expect(found("compose.yaml", files).flatMap(({ fixes }) => fixes.map(({ title }) => title.key))).toEqual([
      "fix.environment.pass",
    ]);
  });
});

describe("a variable of a file that the run names", () => {
  const unit = exec("/bin/app $FOO");
  const files = (lines: string, more: Readonly<Record<string, string>>, service = unit) => ({
    Dockerfile: dockerfile([]),
    "app.service": service,
    "compose.yaml": compose(lines),
    ...more,
  });
  const place = (lines: string, more: Readonly<Record<string, string>>) =>
    found("compose.yaml", files(lines, more)).map(({ span }) => compose(lines).slice(span.start, span.end));

  test.each<[string, Readonly<Record<string, string>>, string]>([
    ["    env_file: app.env\n", { "app.env": "FOO=1\n" }, "app.env"],
    ["    env_file:\n      - ./a.env\n      - env/b.env\n", { "env/b.env": "export FOO='x'\n" }, "env/b.env"],
    ["    env_file: [a.env, b.env]\n", { "a.env": "FOO=1\n", "b.env": "# FOO\nFOO: 2\n" }, "b.env"],
    [
      "    env_file: [{path: app.env, required: false}]\n",
      { "app.env": "FOO=1\n" },
      "{path: app.env, required: false}",
    ],
    ["    env_file: app.env\n    environment: {FOO: '1'}\n", { "app.env": "FOO=2\n" }, "'1'"],
  ])("%j", (lines, more, expected) => {
    expect(keys("compose.yaml", files(lines, more))).toEqual(["information run-environment.exec"]);
    expect(place(lines, more)).toEqual([expected]);
  });

  test.each<[string, Readonly<Record<string, string>>]>([
    ["that is not there", {}],
    ["that compose refuses", { "app.env": "FOO=1\nB 'AR\n" }],
    ["that sets another", { "app.env": "FOOD=1\n# FOO=1\n" }],
    ["that hands it on from the shell", { "app.env": "FOO\n" }],
  ])("silent for a file %s", (_, more) => {
    expect(keys("compose.yaml", files("    env_file: app.env\n", more))).toEqual([]);
  });

  test("which is read only if a unit needs a variable", () => {
    const asked = (service: string) => {
      const texts: Record<string, string> = files(
        "    env_file: app.env\n",
        { "app.env": "FOO=1\n" },
        service,
      );
      const uri = "file:///w/compose.yaml";
      const read = (name: string) => texts[name.replace("file:///w/", "")];
      const input = { uri, text: texts["compose.yaml"] ?? "", snapshot: { runFiles: [uri], read } };
      return lint({ ...input, settings: { rules: {}, target: undefined } }).asked;
    };
    expect(asked(unit)).toContain("file:///w/app.env");
    expect(asked(exec("/bin/app"))).not.toContain("file:///w/app.env");
  });

  test("has no value in a fix, which can be a secret", () => {
    const more = { "app.env": "FOO=hunter2\n" };
    const fixes = found("compose.yaml", files("    env_file: app.env\n", more)).flatMap((one) => one.fixes);
    expect(fixes.map(({ title }) => title.key)).toEqual(["fix.environment.pass"]);
    expect(JSON.stringify(fixes)).not.toContain("hunter2");
    const condition = "[Unit]\nConditionEnvironment=FOO\n[Service]\nExecStart=/bin/app\n";
    const [finding] = found("compose.yaml", files("    env_file: app.env\n", more, condition));
    expect(finding?.message.key).toBe("run-environment.condition");
    expect(finding?.fixes.map(({ title }) => title.key)).toEqual(["fix.environment.generator"]);
  });

  test("named by the file that the override is merged over", () => {
    const over = {
      ...files("    env_file: app.env\n", { "app.env": "FOO=1\n" }),
      "compose.override.yaml": "services:\n  app:\n    tty: true\n",
    };
    expect(keys("compose.override.yaml", over)).toEqual(["information run-environment.exec"]);
  });
});

describe("an environment generator", () => {
  const fixed = (name: string, files: Readonly<Record<string, string>>) => {
    const fixes = found(name, files).flatMap((finding) =>
      finding.fixes.filter(({ title }) => title.key === "fix.environment.generator"),
    );
    const [fix] = fixes;
    return (
      fix && { count: fixes.length, safe: fix.safe, text: applyEdits(files.Dockerfile ?? "", fix.edits) }
    );
  };
  const run = (names: string) =>
    "RUN mkdir -p /etc/systemd/system-environment-generators && printf '%s\\n' '#!/bin/sh' 'tr \"\\0\" \"\\n\" < " +
    `/proc/1/environ | grep -E "^(${names})=" || :' > /etc/systemd/system-environment-generators/50-container && ` +
    "chmod 755 /etc/systemd/system-environment-generators/50-container";

  test.each([
    ["several variables", "ENV FOO=1 BAR=2", exec("/bin/app $FOO $BAR"), "FOO|BAR", 2],
    [
      "a condition",
      "ENV FOO=1",
      "[Unit]\nConditionEnvironment=FOO\n[Service]\nExecStart=/bin/app\n",
      "FOO",
      1,
    ],
    ["no secret", "ENV A_TOKEN=x FOO=1 BAR=2", exec("/bin/app $A_TOKEN $FOO $BAR"), "FOO|BAR", 3],
  ])("passes ENV: %s", (_, line, unit, names, count) => {
    const files = { Dockerfile: dockerfile([line]), "app.service": unit };
    expect(fixed("Dockerfile", files)).toMatchObject({ safe: false, count });
    expect(fixed("Dockerfile", files)?.text).toContain(run(names));
  });

  test("passes values of the run", () => {
    const files = {
      Dockerfile: dockerfile([]),
      "app.service": exec("/bin/app $FOO ${" + "BAR}"),
      "compose.yaml": compose("    environment: [FOO, BAR=2]\n"),
    };
    expect(fixed("compose.yaml", files)?.text).toContain(run("FOO|BAR"));
  });

  test("settles what it is offered for, and is not offered where PassEnvironment= does", () => {
    const files = { Dockerfile: dockerfile(["ENV FOO=1 BAR=2"]), "app.service": exec("/bin/app $FOO $BAR") };
    const Dockerfile = fixed("Dockerfile", files)?.text ?? "";
    expect(found("Dockerfile", { ...files, Dockerfile })).toEqual([]);
    expect(fixed("Dockerfile", { ...files, "app.service": exec("/bin/app $FOO") })).toBeUndefined();
    const old = files.Dockerfile.replace("ubuntu:22.04", "ubuntu:16.04");
    expect(fixed("Dockerfile", { ...files, Dockerfile: old })).toBeUndefined();
  });
});
