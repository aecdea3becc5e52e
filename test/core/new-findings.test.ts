import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { applyEdits } from "../../server/src/core/base/text";
import type { Target } from "../../server/src/core/engine";
import { lint } from "../../server/src/core/lint/lint";
import type { Finding, Fix } from "../../server/src/core/lint/rule";
import { rules } from "../../server/src/core/lint/rules/index";
import { exampleProject, examplesOf, pathOf, readMarks, settingsOf } from "./example";

// What is true of a file is reported at once: after a fix no rule reports more than before, unless the fix itself makes
// it true, or one of these states why it was not true before.

/** A fix, a rule that reports something new after it, and why. */
const exceptions: readonly (readonly [fix: RegExp, rule: RegExp, why: string])[] = [
  [
    /^image-no-init\.(add|replace)$/,
    /^(?!image-(container-env|stop-signal)$)(image|run|unit)-/,
    "Where no systemd starts, its settings lack nothing: an image that may be a base for others, and its containers, are judged for that alone.",
  ],
  [
    /^image-cgroup-version\.fix$/,
    /^run-/,
    "There is no plan for an image that the host cannot boot, which its containers could be compared with.",
  ],
  [
    /^(fix\.cgroup\.host|fix\.add)\.opens$/,
    /^run-cgroup-host$/,
    "The fix opens the host's cgroup tree, which its title states.",
  ],
  [
    /^image-boot-target\.sysinit$/,
    /^image-target-skips-services$/,
    "The fix ends the boot before services start, which its title states.",
  ],
  [/-ignored-command\.unit$/, /^unit-console$/, "The fix creates the unit."],
];

interface Project {
  readonly about: string;
  readonly files: Readonly<Record<string, string>>;
  readonly rules?: Readonly<Record<string, "hint">>;
  readonly target?: Target;
}

const systemd = "RUN apt-get update && apt-get install -y systemd systemd-sysv";
const own = (name: string) => readFileSync(join(__dirname, "../../examples/broken", name), "utf8");

const projects: readonly Project[] = [
  ...rules.flatMap((rule) =>
    examplesOf(rule).map((example): Project => {
      const { text } = readMarks(example.source);
      const { snapshot } = exampleProject(rule, example, text);
      const names = [...Object.keys(example.files ?? {}), "Dockerfile", "compose.yaml"];
      const texts = names.flatMap((name) => {
        const found = snapshot.read(`file:///example/${name}`);
        return found === undefined ? [] : [[name, found] as const];
      });
      const { rules: set } = settingsOf(rule, example);
      const files = { ...Object.fromEntries(texts), [pathOf(rule, example)]: text };
      return { about: example.says, files, rules: set as Project["rules"], target: example.target };
    }),
  ),
  {
    about: "the example that is broken",
    files: { Dockerfile: own("Dockerfile"), "compose.yaml": own("compose.yaml") },
  },
  {
    about: "an old systemd that nothing starts",
    files: {
      Dockerfile: `FROM debian:11\n${systemd} nginx\nRUN systemctl enable nginx\n`,
      "compose.yaml": "services:\n  web:\n    build: .\n    privileged: true\n",
    },
  },
  {
    about: "an engine in the image",
    files: {
      Dockerfile: `FROM debian:12\n${systemd} docker.io udev\nRUN systemctl enable docker\nCMD ["/sbin/init"]\n`,
      "compose.yaml": "services:\n  web:\n    build: .\n",
    },
    target: { engine: "docker", version: "28.5.2", cgroupVersion: 2 },
  },
  {
    about: "a script in place of systemctl",
    files: {
      Dockerfile:
        `FROM mcr.microsoft.com/devcontainers/base:bookworm\n${systemd} nginx docker.io\n` +
        `RUN /usr/bin/systemctl enable nginx docker\nCMD ["/sbin/init"]\n`,
      "compose.yaml": "services:\n  web:\n    build: .\n    privileged: true\n",
    },
  },
  {
    about: "an image that the host cannot boot",
    files: {
      Dockerfile: 'FROM centos:7\nCMD ["/usr/sbin/init"]\n',
      "compose.yaml": "services:\n  web:\n    build: .\n    privileged: true\n",
    },
    target: { engine: "docker", version: "28.5.2", cgroupVersion: 2 },
  },
  {
    about: "a server behind an early target",
    files: {
      Dockerfile: `FROM debian:12\n${systemd} openssh-server\nRUN systemctl enable ssh\nCMD ["/sbin/init", "--unit=basic.target"]\n`,
    },
  },
  {
    about: "a shell in place of init, and nothing of what that needs",
    files: {
      Dockerfile: `FROM debian:12\n${systemd}\nCMD ["/sbin/init"]\n`,
      "compose.yaml": "services:\n  web:\n    build: .\n    command: bash\n",
    },
  },
];

/** The findings of all files of a project, in which a fix may change others. */
function findingsOf({ files, rules: set = {}, target }: Project) {
  const uri = (name: string) => `file:///example/${name}`;
  const snapshot = {
    runFiles: Object.keys(files)
      .filter((name) => name.endsWith(".yaml"))
      .map(uri),
    read: (asked: string) => files[asked.replace("file:///example/", "")],
  };
  return ["Dockerfile", "compose.yaml"].flatMap((name) => {
    const text = files[name];
    if (text === undefined) return [];
    const { findings } = lint({ uri: uri(name), text, snapshot, settings: { rules: set, target } });
    return findings.map((finding) => ({ ...finding, name }));
  });
}

function applied({ files, ...project }: Project, name: string, { edits }: Fix): Project {
  const after: Record<string, string> = { ...files };
  const nameOf = (uri: string | undefined) => uri?.replace("file:///example/", "") ?? name;
  for (const each of new Set(edits.map(({ uri }) => nameOf(uri)))) {
    after[each] = applyEdits(
      files[each] ?? "",
      edits.filter(({ uri }) => nameOf(uri) === each),
    );
  }
  return { ...project, files: after };
}

/** The rules that report more often than before. */
function newRules(before: readonly Finding[], after: readonly Finding[]): string[] {
  const count = (findings: readonly Finding[], id: string) =>
    findings.filter(({ rule }) => rule === id).length;
  return [...new Set(after.map(({ rule }) => rule))].filter((id) => count(after, id) > count(before, id));
}

test("a fix brings nothing to light that was true before", () => {
  const used = new Set<string>();
  const found: string[] = [];
  for (const project of projects) {
    const before = findingsOf(project);
    for (const { rule, name, fixes } of before) {
      for (const fix of fixes) {
        const { key } = fix.title;
        for (const id of newRules(before, findingsOf(applied(project, name, fix)))) {
          const known = exceptions.find(([title, which]) => title.test(key) && which.test(id));
          if (known) used.add(known[2]);
          else found.push(`${rule}: ${key} brings ${id}: ${project.about}`);
        }
      }
    }
  }
  expect(found).toEqual([]);
  expect(exceptions.map(([, , why]) => why).filter((why) => !used.has(why))).toEqual([]);
});
