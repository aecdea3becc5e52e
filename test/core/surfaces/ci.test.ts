import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { applyEdits } from "../../../server/src/core/base/text";
import { lint } from "../../../server/src/core/lint/lint";
import { sourceSpan } from "../../../server/src/core/shell/mapped-text";
import { kindOfName, readFile } from "../../../server/src/core/surfaces/files";
import { readYaml } from "../../../server/src/core/yaml/document";
import { scalarText } from "../../../server/src/core/yaml/scalar-text";
import { noFiles } from "../no-files";

const workflow = "file:///project/.github/workflows/test.yml";
const gitlab = "file:///project/.gitlab-ci.yml";

function containers(text: string, uri = workflow) {
  return readFile({ uri, text: `${text}\n# systemd\n` }, () => undefined)?.containers ?? [];
}

function only(text: string, uri?: string) {
  const [container, ...others] = containers(text, uri);
  if (!container || others.length > 0) throw new Error("not one container");
  return container;
}

/** An expression of GitHub. */
function expression(text: string): string {
  return `\${{ ${text} }}`;
}

/** A workflow whose one step runs a script, written as YAML behind `run:`. */
function step(run: string, more = "") {
  return `on: push\njobs:\n  test:\n    runs-on: ubuntu-latest\n    steps:\n      - name: boot\n        run: ${run}\n${more}`;
}

describe("a file is known by its directory", () => {
  test.each([
    ["/a/.github/workflows/test.yml", "github-actions"],
    ["C:\\a\\.github\\workflows\\test.yaml", "github-actions"],
    ["/a/.github/workflows/deep/test.yml", undefined],
    ["/a/workflows/test.yml", undefined],
    ["/a/action.yml", "github-actions"],
    ["/a/my-action.yml", undefined],
    [".gitlab-ci.yml", "gitlab-ci"],
  ])("%s: %s", (path, kind) => expect(kindOfName(path)).toBe(kind));
});

const line = "docker run --privileged -v /sys/fs/cgroup:/sys/fs/cgroup:ro example/one";

describe("a script of a workflow", () => {
  test.each([
    line,
    `"${line}"`,
    `'${line}'`,
    `|\n          cd /tmp\n          ${line}`,
    `|-\n          docker run \\\n            --privileged -v /sys/fs/cgroup:/sys/fs/cgroup:ro \\\n            example/one`,
    `>\n          docker run --privileged\n          -v /sys/fs/cgroup:/sys/fs/cgroup:ro\n          example/one`,
    line.replace(" --priv", "\n          --priv"),
    `"docker run --privileged \\\n          -v \\"/sys/fs/cgroup:/sys/fs/cgroup:ro\\" example/one"`,
  ])("is read as %j", (run) => {
    const text = step(run);
    for (const written of [text, text.replaceAll("\n", "\r\n")]) {
      const source = only(written);
      expect(source.spec).toMatchObject({
        image: "example/one",
        privileged: true,
        mounts: [{ target: "/sys/fs/cgroup", readOnly: true }],
      });
      expect(written.slice(source.nameSpan.start, source.nameSpan.end)).toBe("example/one");
    }
  });

  test("is edited in place", () => {
    const text = step(
      `|\n          docker run \\\n            --privileged \\\n            example/one /sbin/init\n`,
    );
    const [change] = only(text).changes([
      { do: "unset", key: "privileged" },
      { do: "set", key: "cgroupNamespace", value: "host" },
    ]);
    expect(applyEdits(text, change?.edits ?? [])).toBe(
      step(
        `|\n          docker run \\\n            --cgroupns=host \\\n            example/one /sbin/init\n`,
      ),
    );
  });

  test("of an action is read too", () => {
    const text = `runs:\n  using: composite\n  steps:\n    - run: ${line}\n      shell: bash\n`;
    expect(only(text, "file:///project/action.yml").spec.privileged).toBe(true);
  });

  test.each(["pwsh", "python"])("of another program is not read: %s", (shell) =>
    expect(containers(step(line, `        shell: ${shell}\n`))).toEqual([]),
  );

  test("that expressions are part of is known but for these", () => {
    const { spec, incomplete } = only(
      step(`docker run ${expression("matrix.options")} -e A=${expression("env.B")} example/one`),
    );
    expect(spec).toMatchObject({ image: "example/one" });
    expect(incomplete).toBe(true);
    expect(only(step(`docker run -d ${expression("env.IMAGE")} /sbin/init`)).spec.image).toBeUndefined();
    expect(only(step(`docker run -d test:${expression("matrix.os")} /sbin/init`)).spec.image).toBeUndefined();
    expect(containers(step(`docker run ${expression("matrix.thing")} example/one`))).toEqual([]);
    expect(containers(step(`docker run example/one ${expression("matrix.command")}`))).toEqual([]);
  });

  test("finds the Dockerfile of its image from the root of the repository, also by an expression", () => {
    const build = (text: string) => only(text).build?.dockerfile;
    const two = (tag: string) =>
      step(`|\n          docker build -t ${tag} images\n          docker run ${tag}\n`);
    expect(build(two("one"))).toBe("file:///project/images/Dockerfile");
    expect(build(two(`one:${expression("matrix.os")}`))).toBe("file:///project/images/Dockerfile");
    expect(build(`defaults: { run: { working-directory: sub } }\n${two("one")}`)).toBe(
      "file:///project/sub/images/Dockerfile",
    );
    expect(build(`defaults: { run: { working-directory: "\${{ x }}" } }\n${two("one")}`)).toBeUndefined();
  });

  test("takes ignore comments as a shell does", () => {
    const text = step(`|\n          docker run --init \\\n            example/one /sbin/init\n`);
    const input = { uri: workflow, snapshot: noFiles, settings: { rules: {}, target: undefined } };
    const ids = (text: string) =>
      lint({ ...input, text: `${text}# systemd\n` }).findings.map(({ rule }) => rule);
    expect(ids(text)).toContain("run-init");
    const read = readFile({ uri: workflow, text: `${text}# systemd\n` }, () => undefined);
    const place = read?.commentPlace(text.indexOf("example/one")) ?? 0;
    const lineStart = text.lastIndexOf("\n", place) + 1;
    const silenced = `${text.slice(0, lineStart)}          # systemd-containers-ignore run-init\n${text.slice(lineStart)}`;
    expect(ids(silenced)).not.toContain("run-init");
    expect(ids(silenced)).not.toContain("unused-ignore");
  });
});

describe("a script of GitLab", () => {
  test.each([
    `test:\n  script:\n    - echo\n    - ${line}\n`,
    `test:\n  script: ${line}\n`,
    `before_script:\n  - |\n    ${line}\n`,
    `default:\n  after_script:\n    - [echo]\n    - - ${line}\n`,
    `spec:\n  inputs: {}\n---\ntest:\n  script:\n    - ${line}\n`,
  ])("is read: %j", (text) => expect(only(text, gitlab).spec.privileged).toBe(true));

  test.each([
    `test:\n  script: !reference [.a, script]\n  image: ${line}\n`,
    `test:\n  script:\n    - docker run $[[ inputs.thing ]] example/one\n`,
    `variables:\n  A: ${line}\n`,
  ])("is not read: %j", (text) => expect(containers(text, gitlab)).toEqual([]));
});

describe("containers of a job", () => {
  const job = (text: string) => `on: push\njobs:\n  test:\n${text}`;
  const service = (text: string) => job(`    services:\n      web:\n${text}`);

  test("have GitHub's program in place of their own", () => {
    const source = only(job("    container: { image: quay.io/one, options: --privileged }\n"));
    expect(source).toMatchObject({
      spec: { image: "quay.io/one", privileged: true, entrypoint: { words: ["tail"] } },
      standIn: { isFixed: true },
    });
    expect(only(job("    container: quay.io/one\n")).spec.image).toBe("quay.io/one");
    expect(only(job(`    container: quay.io/${expression("matrix.os")}\n`)).spec.image).toBeUndefined();
  });

  test("of services are what keys and options say", () => {
    const text = service(
      "        image: quay.io/one\n        options: >-\n          --privileged\n          --tmpfs /run -e A=b\n" +
        `        volumes: ['/sys/fs/cgroup:/sys/fs/cgroup:ro', '${expression("x")}:/y']\n        env: { container: docker }\n`,
    );
    const { spec, standIn } = only(text);
    expect(standIn).toBeUndefined();
    expect(spec).toMatchObject({
      image: "quay.io/one",
      privileged: true,
      tmpfs: [{ path: "/run" }],
      mounts: [{ target: "/sys/fs/cgroup" }],
      environment: { A: "b", container: "docker" },
    });
    expect(spec.command).toBeUndefined();
  });

  test.each([
    [
      "        image: a/b\n        options: --privileged -t\n        volumes: [/sys/fs/cgroup:/sys/fs/cgroup:ro, /a:/b]\n",
      "        image: a/b\n        options: -t --tmpfs /run\n        volumes: [/a:/b]\n",
    ],
    ["        image: a/b\n", '        image: a/b\n        options: "--tmpfs /run"\n'],
  ])("are edited where they are written: %j", (before, after) => {
    const source = only(service(before));
    const mount = {
      type: "bind",
      source: "/sys/fs/cgroup",
      target: "/sys/fs/cgroup",
      readOnly: true,
    } as const;
    const [change] = source.changes([
      ...(source.spec.privileged ? [{ do: "unset", key: "privileged" } as const] : []),
      { do: "add", key: "tmpfs", value: { path: "/run", options: [] } },
      ...(source.spec.mounts.length > 0 ? [{ do: "drop", key: "mounts", value: mount } as const] : []),
    ]);
    expect(applyEdits(service(before), change?.edits ?? [])).toBe(service(after));
  });
});

test("a file without the words is not read as YAML", () => {
  const text = "jobs: [\n  docker run example/one\n  container:\n";
  expect(readFile({ uri: workflow, text }, () => undefined)?.problems()).toEqual([]);
  expect(readFile({ uri: workflow, text: `${text}# systemd` }, () => undefined)?.problems()).not.toEqual([]);
});

const piece = fc.constantFrom(
  ...[
    "a",
    "bc ",
    " d",
    "\\",
    '"',
    "'",
    "\n",
    "\n\n",
    "\n ",
    "\n\t",
    "# ",
    ": ",
    "é",
    "{",
    "- ",
    "\r\n",
    "\\n",
    "\\x41",
  ],
);
const layout = fc.constantFrom(
  ...[
    "k: ",
    "k: '",
    'k: "',
    "k: |\n  ",
    "k: >\n  ",
    "k: |2-\n    ",
    "k: >+\n   ",
    "- k: >-\n     ",
    "k:\n  ",
  ],
);

test("each character of a scalar is where it is written, in all styles", () => {
  let placed = 0;
  fc.assert(
    fc.property(layout, fc.array(piece, { maxLength: 12 }), (head, pieces) => {
      const indent = head.startsWith("-") ? "     " : "  ";
      const quote = /['"]$/.exec(head)?.[0] ?? "";
      const text = `${head}${pieces.join("").replaceAll("\n", `\n${indent}`)}${quote}\nl: m\n`;
      const file = readYaml(`file:///${text.length}.yml`, text);
      const root = file.resolve(file.root) as { items?: unknown[] } | undefined;
      const map = head.startsWith("-") ? root?.items?.[0] : file.root;
      const value = file.entries(map).get("k")?.pair.value;
      const found = value ? scalarText(file, value) : undefined;
      const isWhole =
        value && "value" in value && typeof value.value === "string" && file.errors.length === 0;
      if (isWhole) expect(found?.text).toBe(value.value);
      if (!found) return;
      placed++;
      for (let at = 0; at < found.text.length; at++) {
        const span = sourceSpan(found, at, at + 1);
        const written = text.slice(span.start, span.end);
        if (span.end - span.start === 1 && !/\s/.test(written)) expect(written).toBe(found.text[at]);
      }
    }),
    { numRuns: 3000 },
  );
  expect(placed).toBeGreaterThan(500);
});
