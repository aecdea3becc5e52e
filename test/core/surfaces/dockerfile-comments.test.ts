import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { applyEdits } from "../../../server/src/core/base/text";
import { fixAll } from "../../../server/src/core/lint/fix";
import { lint } from "../../../server/src/core/lint/lint";
import { ignoreWriter } from "../../../server/src/core/lint/suppress";
import { launches } from "../../../server/src/core/project/plans";
import { readFile } from "../../../server/src/core/surfaces/files";
import { lintProject } from "../lint-project";
import { noFiles } from "../no-files";

const uri = "file:///web/Dockerfile";
const image =
  'FROM debian:13\nRUN apt-get install -y systemd-sysv && : > /etc/machine-id\nENV container=docker\nSTOPSIGNAL SIGRTMIN+3\nCMD ["/sbin/init"]\n';

function remarked(text: string, of = uri) {
  return readFile({ uri: of, text }, () => undefined)?.remarked ?? [];
}

const settings = { rules: {}, target: { engine: "docker", version: "28.5", cgroupVersion: 2 } } as const;
const lintText = (text: string) => lint({ uri, text, snapshot: noFiles, settings });

describe("a comment of a Dockerfile", () => {
  test.each([
    "# docker run --privileged -v /sys/fs/cgroup:/sys/fs/cgroup:ro web",
    "# Run with: docker run --privileged -v /sys/fs/cgroup:/sys/fs/cgroup:ro IMAGE",
    "# Start with docker run --privileged -v /sys/fs/cgroup:/sys/fs/cgroup:ro web",
    "#   $ sudo podman run --privileged \\\n#      -v /sys/fs/cgroup:/sys/fs/cgroup:ro \\\n#      <your image>",
    "# Start it by `docker run --privileged -v /sys/fs/cgroup:/sys/fs/cgroup:ro you/any`, then log in.",
    "## docker container run --privileged -v /sys/fs/cgroup:/sys/fs/cgroup:ro $IMAGE /sbin/init",
  ])("shows a container of the file's own image: %j", (comment) => {
    for (const text of [
      `${comment}\n${image}`,
      `${image}\n${comment}`,
      `${comment}\n${image}`.replaceAll("\n", "\r\n"),
    ]) {
      const [container, ...others] = remarked(text);
      expect(others).toEqual([]);
      expect(container?.spec).toMatchObject({
        privileged: true,
        mounts: [{ target: "/sys/fs/cgroup", readOnly: true }],
      });
      expect(container?.build?.dockerfile).toBe(uri);
      expect(container?.shown).toBe(true);
    }
  });

  test.each([
    "# You can use docker run to start it",
    "# docker run documentation",
    "# Compare with docker run --init in tests",
    "# docker run -it web bash",
    "# docker build -t web .",
    "RUN <<EOF\n# docker run --privileged web\nEOF",
    "RUN true \\\n# docker run --privileged web\n  && true",
    "LABEL run='docker run --privileged web'",
  ])("shows none: %j", (comment) => {
    expect(remarked(`${image}${comment}\n`)).toEqual([]);
  });

  test("of another image is not about this one", () => {
    const about = (comments: string) =>
      remarked(`${comments}\n${image}`).map(({ build }) => build?.dockerfile);
    expect(about("# docker run -d one\n# docker run -d two")).toEqual([undefined, undefined]);
    expect(about("# docker run -it debian:13")).toEqual([undefined]);
    expect(about("# docker run -d db\n# docker run -d web")).toEqual([undefined, uri]);
    expect(about("# docker build -t a -f other.Dockerfile .\n# docker run -d a")).toEqual([
      "file:///web/other.Dockerfile",
    ]);
    expect(about("# docker build -t a -f web/Dockerfile web\n# docker run -d a\n# docker run -d b")).toEqual([
      uri,
      undefined,
    ]);
  });

  test("is judged with the image, as information at most, and is fixed in its place", () => {
    const text = `# docker run -d --cgroupns=private \\\n#   -v /sys/fs/cgroup:/sys/fs/cgroup:ro \\\n#   --tmpfs /run --tmpfs /run/lock \\\n#   web\n${image}`;
    const found = lintText(text).findings.filter(({ span }) => span.start < text.indexOf("FROM"));
    expect(found.map(({ rule }) => rule)).toContain("run-cgroup-read-only");
    expect(found.filter(({ severity }) => severity === "error" || severity === "warning")).toEqual([]);
    const fixed = fixAll({ uri, text, snapshot: noFiles, settings }).text;
    expect(fixed).not.toBe(text);
    expect(fixed.split("\n").slice(0, 2).join("\n")).toMatch(/^# docker run -d .*\\\n# {3}/);
    expect(fixed.replace(/^#.*\n/gm, "")).toBe(image);
    expect(lintText(fixed).findings.map(({ rule }) => rule)).not.toContain("run-cgroup-read-only");
  });

  test("is nothing that is planned or started", () => {
    const text = `# docker run -d --privileged web\n${image}`;
    expect(launches({ uri, text, snapshot: noFiles }, undefined)).toHaveLength(1);
  });

  test("can be ignored above its first line, also above that of an instruction", () => {
    const text = `# docker run -d --privileged \\\n#  -v /sys/fs/cgroup:/sys/fs/cgroup:ro web\n${image}`;
    const rule = "run-privileged";
    const at = lintText(text).findings.find((each) => each.rule === rule)?.span.start ?? -1;
    const { here } = ignoreWriter({ uri, text })(at, rule);
    const ignored = applyEdits(text, here ? [here] : []);
    expect(ignored).toMatch(/^# systemd-containers-ignore run-privileged\n# docker run/);
    const rules = lintText(ignored).findings.map((each) => each.rule);
    expect(rules).not.toContain(rule);
    expect(rules).not.toContain("unused-ignore");
  });

  test("of an image that starts another program is silent", () => {
    const files = { Dockerfile: "# docker run -d -p 80:80 web\nFROM nginx\n" };
    expect(lintProject(files)).toEqual([]);
  });
});

const piece = fc.constantFrom(
  ...[
    "# ",
    "docker run",
    " -v ",
    "/sys/fs/cgroup:/sys/fs/cgroup:ro",
    " web",
    "\n",
    "\\\n",
    "`",
    ": ",
    "<a b>",
  ],
  ...[
    "$(",
    '"',
    "'",
    "FROM debian\n",
    "RUN <<EOF\n",
    "EOF\n",
    "CMD /sbin/init\n",
    "\r\n",
    "podman run -d",
    "##",
  ],
);

test("reading never throws, and only comments change", () => {
  const comments = (text: string) => text.replace(/^[ \t]*#.*$/gm, "#");
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 25 }), (pieces) => {
      const text = `${pieces.join("")}\n${image}`;
      const { findings, failures } = lintText(text);
      expect(failures).toEqual([]);
      for (const { fixes, rule } of findings)
        for (const { edits } of rule.startsWith("run-") ? fixes : [])
          expect(comments(applyEdits(text, edits))).toBe(comments(text));
    }),
    { numRuns: 300 },
  );
});
