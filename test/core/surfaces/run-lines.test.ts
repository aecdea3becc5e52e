import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { applyEdits } from "../../../server/src/core/base/text";
import { applySteps, type SpecChange } from "../../../server/src/core/container/spec";
import { lint } from "../../../server/src/core/lint/lint";
import { isRunFile, kindOfFound, linkedFiles, readFile } from "../../../server/src/core/surfaces/files";
import { noFiles } from "../no-files";

const script = "file:///project/run.sh";

function containers(text: string, uri = script) {
  return readFile({ uri, text: `${text}\n# systemd\n` }, () => undefined)?.containers ?? [];
}

function only(text: string, uri?: string) {
  const [container, ...others] = containers(text, uri);
  if (!container || others.length > 0) throw new Error("not one container");
  return container;
}

describe("a command", () => {
  test.each([
    "docker run --privileged -v /sys/fs/cgroup:/sys/fs/cgroup:ro example/one",
    "sudo docker container run --privileged \\\n  --volume=/sys/fs/cgroup:/sys/fs/cgroup:ro \\\n  example/one",
    'id=$(podman create --privileged -v "/sys/fs/cgroup:/sys/fs/cgroup:ro" "example/one")',
    "sh -c 'nerdctl --namespace x run --privileged -v /sys/fs/cgroup:/sys/fs/cgroup:ro example/one'",
    'docker run --name "$NAME" -v "$HOME:/x" --privileged -v /sys/fs/cgroup:/sys/fs/cgroup:ro example/one /sbin/init $ARGS',
  ])("is read as %s", (text) => {
    const { spec, incomplete } = only(text);
    expect(spec).toMatchObject({
      image: "example/one",
      privileged: true,
      mounts: [{ target: "/sys/fs/cgroup", readOnly: true }],
    });
    expect(incomplete).toBeUndefined();
  });

  test.each([
    ["docker run example/one bash", 0],
    ["docker run --rm -it example/one sh -c 'systemctl --version'", 0],
    ["docker exec one /sbin/init", 0],
    ["docker run example/one $COMMAND", 0],
    ["docker run example/one --hostname x", 1],
    ["docker run example/one --hostname x bash", 0],
    ["docker run example/one --own-option x", 0],
    ["docker run example/one -v", 0],
    ["docker run example/one --user root", 0],
    ["docker run $IMAGE --privileged example/one", 0],
    ["docker run example/one --unit=my.target", 1],
    ["docker run example/one /sbin/init", 1],
    ["echo docker run example/one", 0],
  ])("%s starts %d containers that may boot", (text, count) => {
    expect(containers(text)).toHaveLength(count);
  });

  test("with options that are not known lacks nothing for certain", () => {
    expect(only("docker run $OPTIONS example/one /sbin/init").incomplete).toBe(true);
    expect(only("docker run --security-opt $X example/one").incomplete).toBe(true);
    expect(only("docker run $OPTIONS example/one").spec.image).toBe("example/one");
  });

  test("with an image that is not known has none", () => {
    expect(only("docker run -d $IMAGE /sbin/init").spec).toMatchObject({
      command: { words: ["/sbin/init"] },
    });
    expect(only("docker run -d $IMAGE /sbin/init").spec.image).toBeUndefined();
  });

  test("with options behind the image has them as they are meant, and one edit moves them", () => {
    const text = "docker run -d \\\n  example/one:1 \\\n  --privileged -v /a:/b \\\n  --name $X /sbin/init";
    const { spec, behindImage } = only(text);
    expect(spec).toMatchObject({ privileged: true, command: { words: ["/sbin/init"] } });
    expect(behindImage?.names).toEqual(["--privileged", "-v", "--name"]);
    expect(behindImage?.without.privileged).toBeUndefined();
    expect(applyEdits(text, behindImage?.change.edits ?? [])).toBe(
      "docker run -d \\\n  --privileged -v /a:/b \\\n  --name $X \\\n  example/one:1 /sbin/init",
    );
  });

  test("with options behind the image is fixed unasked only where that opens nothing", () => {
    const image = {
      "file:///project/Dockerfile":
        'FROM debian:12\nRUN apt-get install -y systemd-sysv\nCMD ["/sbin/init"]\n',
    };
    const fixes = (options: string) =>
      lint({
        uri: script,
        text: `docker build -t one .\ndocker run one ${options}\n# systemd\n`,
        snapshot: { ...noFiles, read: (uri) => (image as Record<string, string>)[uri] },
        settings: { rules: {}, target: undefined },
      })
        .findings.filter(({ rule }) => rule === "run-flag-after-image")
        .flatMap(({ fixes }) => fixes.map(({ safe, title }) => [safe, title.key]));
    expect(fixes("--tmpfs /run")).toEqual([[true, "run-flag-after-image.move"]]);
    expect(fixes("--privileged")).toEqual([[false, "run-flag-after-image.move.opens"]]);
  });

  test("of several lines has its ignore comment above all of them", () => {
    const text = "true\ndocker run \\\r\n  --init \\\n  example/one # systemd\n";
    const file = readFile({ uri: script, text }, () => undefined);
    expect(file?.commentPlace(text.indexOf("example/one"))).toBe(text.indexOf("docker"));
  });

  test("of a loop is one", () => {
    expect(containers("for i in a b; do docker run --name $i example/one; done")).toHaveLength(1);
    const [{ spec } = {}] = containers("for i in a b; do docker run --name $i-1 -t example/$i-$i; done");
    expect([spec?.name, spec?.tty, spec?.image, spec?.command]).toEqual([
      undefined,
      true,
      undefined,
      undefined,
    ]);
  });
});

describe("in a Makefile", () => {
  const uri = "file:///project/Makefile";

  test("recipes are read, without the characters of make", () => {
    const { spec } = only('run:\n\t@bash -c "docker run --privileged \\\n\t$(IMAGE) /sbin/init"\n', uri);
    expect(spec).toMatchObject({ privileged: true, command: { words: ["/sbin/init"] } });
    expect(spec.image).toBeUndefined();
  });

  test("words in quotes are edited in place, behind variables and in continued lines", () => {
    const text =
      'run:\n\tbash -c "docker run --init --name $(IMAGE) \\\n\t  -e \\"A=b c\\" -v /a:/b \\\n\t  $(IMAGE) /sbin/init"\n';
    const source = only(text, uri);
    expect(text.slice(source.nameSpan.start, source.nameSpan.end)).toBe("$(IMAGE)");
    const [change] = source.changes([
      { do: "unset", key: "init" },
      { do: "set", key: "cgroupNamespace", value: "host" },
      { do: "drop", key: "mounts", value: { type: "bind", source: "/a", target: "/b", readOnly: false } },
    ]);
    expect(applyEdits(text, change?.edits ?? [])).toBe(
      text.replace(" --init", "").replace(" -v /a:/b", " \\\n\t  --cgroupns=host"),
    );
  });

  test("what is not a recipe is not a command", () => {
    expect(containers("RUN = docker run example/one\n", uri)).toEqual([]);
  });

  test("an image is linked to the Dockerfile that builds it, also by a variable", () => {
    const text = "build:\n\tdocker build -t $(IMAGE):1 -f my.Dockerfile .\nrun:\n\tdocker run $(IMAGE):1\n";
    expect(only(text, uri).build).toMatchObject({
      dockerfile: "file:///project/my.Dockerfile",
      context: "file:///project",
    });
  });

  test.each(["$(CURDIR)", "$(PWD)", `$\{PWD}`, "$$PWD", '"$(CURDIR)/"', "`pwd`", "./"])(
    "a build in %s is a build in the directory of the file",
    (folder) => {
      const text = `all:\n\tdocker build -t one ${folder}\nrun:\n\tdocker run one\n`;
      expect(only(text, uri).build?.dockerfile).toBe("file:///project/Dockerfile");
    },
  );

  test("a variable that is named like options is an image if a build names it", () => {
    const run = "run:\n\tdocker run --privileged -v /sys/fs/cgroup:/sys/fs/cgroup:ro $(TAG_VOLUME)\n";
    expect(containers(run, uri)).toEqual([]);
    const { build, incomplete, spec } = only(`all:\n\tdocker build -t $(TAG_VOLUME) .\n${run}`, uri);
    expect(build?.dockerfile).toBe("file:///project/Dockerfile");
    expect(incomplete).toBe(true);
    expect(spec).toMatchObject({ privileged: true, mounts: [{ readOnly: true }] });
  });

  test.each([
    ["--target=slim", { target: "slim" }],
    ['--target "slim"', { target: "slim" }],
    ["", { dockerfile: "file:///project/Dockerfile" }],
    // The stage, and so what starts in it, is not known.
    ["--target $(STAGE)", undefined],
  ])("the image of a build with %s is linked to the stage", (option, build) => {
    const text = `all:\n\tdocker build ${option} -t one .\nrun:\n\tdocker run one\n`;
    if (build === undefined) expect(only(text, uri).build).toBeUndefined();
    else expect(only(text, uri).build).toMatchObject(build);
  });
});

describe("in Markdown", () => {
  const uri = "file:///project/README.md";

  test.each([
    "```sh\n$ docker run --privileged example/one\n```",
    "    docker run --privileged example/one",
    "~~~\n# docker run --privileged example/one\n~~~",
    "Start it: `docker run --privileged example/one`.",
  ])("code is read: %j", (text) => {
    const { spec, shown } = only(text, uri);
    expect(spec).toMatchObject({ image: "example/one", privileged: true });
    expect(shown).toBe(true);
  });

  test.each(["docker run example/one", "```yaml\ndocker run example/one\n```"])(
    "other text is not: %j",
    (text) => expect(containers(text, uri)).toEqual([]),
  );

  test("an image that is named like the directory is built by the Dockerfile there", () => {
    expect(only("```\ndocker run you/project\n```", uri).build?.dockerfile).toBe(
      "file:///project/Dockerfile",
    );
  });

  test.each([
    ["```\n$ #\n```", true],
    ["```\n$ #\n$ docker ps\nCONTAINER ID\n```", true],
    ["```\n#\n```\nIt runs.", true],
    ["```\n#\n0123\n```", true],
    ["```\n$ #\n0123\n```", false],
    ["```\n$ #\r\n0123\r\n```", false],
    ["    me@host:~$ #\n    0123\n", false],
    ["```\n$ docker run --privileged \\\n  --init jrei/systemd-debian:12\n0123\n```", false],
  ])("a command is fixed unasked if its output is not shown: %j", (block, isSafe) => {
    const command = "docker run --privileged --init jrei/systemd-debian:12";
    const text = block.replace("#", () => command);
    const { findings } = lint({ uri, text, snapshot: noFiles, settings: { rules: {}, target: undefined } });
    const fixes = findings.find(({ rule }) => rule === "run-init")?.fixes;
    expect(fixes?.map(({ safe }) => safe)).toEqual([isSafe]);
  });

  test("findings are information at most", () => {
    const text = "```sh\ndocker run -v /sys/fs/cgroup:/sys/fs/cgroup:ro example/one /sbin/init\n```\n";
    const severities = (uri: string, text: string) =>
      lint({ uri, text, snapshot: noFiles, settings: { rules: {}, target: undefined } }).findings.map(
        ({ severity }) => severity,
      );
    expect(severities(script, text.split("\n").slice(1, 2).join("\n"))).toContain("error");
    const shown = severities(uri, text);
    expect(shown.length).toBeGreaterThan(0);
    expect(shown.filter((severity) => severity === "error" || severity === "warning")).toEqual([]);
  });
});

const step = fc.constantFrom<SpecChange>(
  { do: "set", key: "cgroupNamespace", value: "host" },
  { do: "unset", key: "privileged" },
  { do: "unset", key: "init" },
  { do: "set", key: "stopSignal", value: "SIGRTMIN+3" },
  { do: "add", key: "tmpfs", value: { path: "/run", options: ["exec"] } },
  { do: "drop", key: "capabilities", value: "SYS_ADMIN" },
  { do: "add", key: "securityOptions", value: "writable-cgroups=true" },
  { do: "setEnv", name: "container", value: "docker" },
);

const flag = fc.constantFrom(
  ...["--init", "--privileged", "-it", "-v /a:/b", "--tmpfs /run", "--tmpfs=/run", "--cap-add SYS_ADMIN"],
  ...[
    "-e container=x",
    '-e "A=b c"',
    "--cgroupns=private",
    "--name $X",
    "--stop-signal=15",
    "$OPTIONS",
    "-tv /c:/d",
  ],
);

test("steps are what the words say after them, whatever the lines of the command are", () => {
  fc.assert(
    fc.property(
      fc.array(flag, { maxLength: 7 }),
      fc.uniqueArray(step, {
        minLength: 1,
        maxLength: 3,
        selector: (of) => ("name" in of ? of.name : of.key),
      }),
      fc.constantFrom(" ", " \\\n  ", " \\\r\n\t"),
      (flags, steps, space) => {
        const text = ["docker run", ...flags, "example/one /sbin/init"].join(space);
        const source = only(text);
        for (const { edits } of source.changes(steps)) {
          const { spec } = only(applyEdits(text, edits));
          const wanted = applySteps(source.spec, steps);
          expect(spec).toMatchObject({ image: "example/one", command: { words: ["/sbin/init"] } });
          for (const key of ["init", "privileged", "cgroupNamespace", "stopSignal", "environment"] as const)
            expect(spec[key]).toEqual(wanted[key]);
          for (const key of ["capabilities", "securityOptions", "mounts"] as const)
            expect(spec[key]).toEqual(wanted[key]);
        }
      },
    ),
    { numRuns: 500 },
  );
});

const piece = fc.constantFrom(
  ...[
    "docker run",
    " -v ",
    "/sys/fs/cgroup:/sys/fs/cgroup:ro",
    " example/one",
    " /sbin/init",
    "\n",
    "\\\n",
    "$(",
  ],
  ...[
    ")",
    '"',
    "'",
    "```\n",
    "\t",
    "    ",
    "$X",
    "<<EOF\n",
    "| podman run",
    "&&",
    "-e",
    "=",
    "run:",
    "#",
    "$(X)",
    "\r\n",
  ],
);

test.each(["run.sh", "Makefile", "README.md", "web.service"])("reading %s never throws", (name) => {
  const uri = `file:///project/${name}`;
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 25 }), (pieces) => {
      const text = `${pieces.join("")}\n# systemd docker run\n`;
      const input = { uri, text, snapshot: noFiles, settings: { rules: {}, target: undefined } };
      const { findings, failures } = lint(input);
      expect(failures).toEqual([]);
      for (const { fixes } of findings)
        for (const { edits } of fixes) expect(applyEdits(text, edits)).not.toBe(text);
    }),
    { numRuns: 300 },
  );
});

test("others are linked to common files only beside them", () => {
  const all = [
    "file:///a/Dockerfile",
    "file:///a/README.md",
    "file:///b/README.md",
    "file:///b/c/compose.yaml",
  ];
  expect(linkedFiles(all).filter(isRunFile)).toEqual(["file:///a/README.md", "file:///b/c/compose.yaml"]);
});

test("of a flag that is given twice the last counts", () => {
  const text = "docker run --init=false --init example/one /sbin/init";
  const [change] = only(text).changes([{ do: "set", key: "init", value: false }]);
  expect(applyEdits(text, change?.edits ?? [])).toBe("docker run --init=false example/one /sbin/init");
});

describe("in a unit", () => {
  const uri = "file:///project/web.service";
  const unit = (start: string) => `[Unit]\nDescription=web\n\n[Service]\n${start}\n`;
  const findings = (text: string, files: Readonly<Record<string, string>> = {}) =>
    lint({
      ...{ uri, text, settings: { rules: {}, target: undefined } },
      snapshot: { ...noFiles, read: (asked) => files[asked] },
    }).findings;

  test.each([
    "ExecStart=/usr/bin/podman run --privileged -v /sys/fs/cgroup:/sys/fs/cgroup:ro example/one /sbin/init",
    "ExecStart=-/usr/bin/docker run --name %n \\\n# a comment\n  --privileged -v /sys/fs/cgroup:/sys/fs/cgroup:ro\\\n  example/one /sbin/init",
    "ExecStartPre=/bin/sh -c 'docker create --privileged -v /sys/fs/cgroup:/sys/fs/cgroup:ro example/one /sbin/init'",
  ])("commands are read: %j", (start) => {
    const { spec, nameSpan } = only(unit(start), uri);
    expect(spec).toMatchObject({
      ...{ image: "example/one", privileged: true, command: { words: ["/sbin/init"] } },
      mounts: [{ target: "/sys/fs/cgroup", readOnly: true }],
    });
    expect(spec.name).toBeUndefined();
    expect(unit(start).slice(nameSpan.start, nameSpan.end)).toBe("example/one");
    expect(findings(unit(start)).map(({ rule }) => rule)).toContain("run-privileged");
  });

  test.each([
    "ExecStart=/usr/bin/web\n# docker run example/one /sbin/init",
    "ExecStop=/usr/bin/podman run example/one /sbin/init",
    "[Install]\nExecStart=/usr/bin/podman run example/one /sbin/init",
  ])("others are not: %j", (start) => expect(containers(unit(start), uri)).toEqual([]));

  test("settings alone are no sign of systemd, nor is a name", () => {
    const settings = "--privileged -v /sys/fs/cgroup:/sys/fs/cgroup:ro --tmpfs /run";
    for (const image of ["example/web", "example/debian-systemd"]) {
      const command = `/usr/bin/docker run ${settings} ${image}`;
      expect(findings(unit(`ExecStart=${command}`))).toEqual([]);
      expect(findings(unit(`ExecStart=${command} /sbin/init`))).not.toEqual([]);
    }
  });

  test("a flag is changed in its line, and an ignore comment stands above the first line", () => {
    const text = unit("ExecStart=podman run \\\n  --init \\\n  example/one /sbin/init");
    const [change] = only(text, uri).changes([{ do: "unset", key: "init" }]);
    expect(applyEdits(text, change?.edits ?? [])).toBe(text.replace(" \\\n  --init", ""));
    const file = readFile({ uri, text: `${text}# systemd\n` }, () => undefined);
    expect(file?.commentPlace(text.indexOf("example/one"))).toBe(text.indexOf("ExecStart"));
  });

  test("a unit that starts no container is of no kind", () => {
    expect(kindOfFound(uri, unit("ExecStart=/usr/bin/web"))).toBe("unknown");
    expect(isRunFile(uri)).toBe(false);
  });
});
