import { describe, expect, it } from "vitest";
import { applyEdits } from "../../../server/src/core/base/text";
import type { Target } from "../../../server/src/core/engine";
import { lintProject, reported, said } from "../lint-project";

const podman = (version?: string): Target => ({ engine: "podman", version, cgroupVersion: 2 });
const image = (program: string, base = "registry.access.redhat.com/ubi8/ubi-init") =>
  `FROM ${base}\nCOPY entry.sh /entry.sh\n${program}\n`;
const files = { "entry.sh": '#!/bin/bash\nexec "$@"\n' };
const entry = 'ENTRYPOINT ["/entry.sh"]\nCMD ["/sbin/init"]';
const rule = "run-podman-systemd";
const found = (Dockerfile: string, target?: Target, more: Record<string, string> = {}) =>
  lintProject({ Dockerfile, ...files, ...more }, { target });

describe("an image that Podman does not take for systemd", () => {
  it.each<[says: string, program: string, version: string | undefined, message: string]>([
    ["an entry script", entry, "4.3", "program=/entry.sh"],
    ["an entry script on the newest", entry, undefined, "program=/entry.sh"],
    ["a shell that reads it", entry.replace('"/e', '"/bin/sh", "/e'), "5.4", "program=/bin/sh"],
    ["init without a path", 'CMD ["init"]', "5.4", "program=init"],
    ["a script in shell form", "ENTRYPOINT /entry.sh /sbin/init", "4.0", "program=/bin/sh"],
    ["shell form with exec", "CMD exec /sbin/init", "5.4", "or use the exec form"],
  ])("%s", (_, program, version, message) => {
    const [first, ...others] = reported(found(image(program), podman(version)), rule);
    expect(first).toMatch(/^warning: run-podman-systemd\.image, /);
    expect(first).toContain(message);
    expect(others).toEqual([]);
  });
  it("is said with care where no engine is known", () => {
    expect(reported(found(image(entry)), rule)).toEqual([
      "warning: run-podman-systemd.other, program=/entry.sh, or=",
    ]);
  });
});

describe("what makes Podman recognize it", () => {
  const script = '#!/bin/bash\necho prepare\nexec "$@"\n';
  const fixed = (program: string, text = script) => {
    const project = { Dockerfile: image(program), "entry.sh": text };
    const [finding] = lintProject(project, { target: podman("4.3") }).filter((one) => one.rule === rule);
    return (finding?.fixes ?? []).map(({ safe, title, edits }) => {
      const after = applyEdits(project.Dockerfile, edits);
      const left = lintProject({ ...project, Dockerfile: after }, { target: podman("4.3") });
      return { safe, key: title.key, after, left: left.map((one) => one.rule) };
    });
  };
  it("is a comment with the command, or a name for the script", () => {
    const [comment, named, ...others] = fixed(entry);
    expect(comment).toMatchObject({ safe: false, left: [], key: `${rule}.comment` });
    expect(comment?.after).toMatch(/^# podman run .*--systemd=always IMAGE$/m);
    expect(named).toMatchObject({ safe: false, left: [], key: `${rule}.program` });
    expect(named?.after).toContain(
      'RUN ln -s /entry.sh /usr/local/sbin/init\nENTRYPOINT ["/usr/local/sbin/init"]\nCMD ["/sbin/init"]',
    );
    expect(others).toEqual([]);
  });
  it.each([
    ['CMD ["init", "--log-level=info"]', 'CMD ["/sbin/init", "--log-level=info"]'],
    ["CMD exec /sbin/init", 'CMD ["/sbin/init"]'],
    [
      entry.replace('"/e', '"/bin/sh", "/e'),
      "RUN chmod +x /entry.sh && ln -s /entry.sh /usr/local/sbin/init",
    ],
  ])("%s becomes %s", (program, expected) => {
    const [, named] = fixed(program);
    expect(named?.after).toContain(expected);
    expect(named?.left).toEqual([]);
  });
  it.each([
    ["finds files by its own name", '#!/bin/sh\n. "$(dirname "$0")/env"\nexec "$@"\n'],
    ["starts init by its name", "#!/bin/sh\nexec init\n"],
    ["has no interpreter line", 'exec "$@"\n'],
  ])("is not another name for a script that %s", (_, text) => {
    expect(fixed(entry, text).map(({ key }) => key)).toEqual([`${rule}.comment`]);
  });
});

describe("an image that Podman takes for systemd, or that is not for Podman", () => {
  it.each<[says: string, text: string, target: Target]>([
    ["init", image('CMD ["/usr/sbin/init"]'), podman("3.4")],
    ["systemd", image('CMD ["/lib/systemd/systemd", "--log-level=info"]'), podman("3.4")],
    ["shell form before 4.1, of which its own rule speaks", image("CMD /sbin/init"), podman("3.4")],
    ["shell form from 4.1 on", image("CMD /sbin/init"), podman("4.1")],
    ["shell form of an unknown version", image("CMD /sbin/init"), undefined],
    ["Docker", image(entry), { engine: "docker" }],
    ["written for Docker", image(`ENV container=docker\n${entry}`), undefined],
    ["an image that boots nothing", image('ENTRYPOINT ["/entry.sh"]\nCMD ["nginx"]'), podman("4.3")],
    ["what its base starts", "FROM kindest/node:v1.31.0\n", podman("4.3")],
  ])("%s", (_, text, target) => {
    expect(said(found(text, target), rule)).toEqual([]);
  });
  it("one whose script or README is for Docker, where no engine is stated", () => {
    const script = '#!/bin/sh\nexport container=docker\nexec "$@"\n';
    const readme = { "README.md": "docker run --privileged me/image\n" };
    expect(said(found(image(entry), undefined, { "entry.sh": script }), rule)).toEqual([]);
    expect(said(found(image(entry), undefined, readme), rule)).toEqual([]);
    expect(said(found(image(entry), podman(), readme), rule)).toHaveLength(1);
    const both = { "README.md": `${readme["README.md"]}or podman run\n` };
    expect(said(found(image(entry), undefined, both), rule)).toHaveLength(1);
  });
  it("one that the workspace starts, where the run is judged", () => {
    const compose = { "compose.yaml": "services:\n  a:\n    build: .\n" };
    expect(said(found(image(entry), podman("4.3"), compose), rule)).toEqual([]);
    const all = { "compose.yaml": compose["compose.yaml"], Dockerfile: image(entry), ...files };
    expect(reported(lintProject(all, { target: podman("4.3") }), rule)).toEqual([
      "error: run-podman-systemd.unknown, program=/entry.sh",
    ]);
  });
});

describe("the shell form", () => {
  it.each<[version: string | undefined, message: string]>([
    ["3.4", "error: image-shell-form-init.podman"],
    ["4.0.3", "error: image-shell-form-init.podman"],
    ["4.1.0", "warning: image-shell-form-init.bash"],
    [undefined, "warning: image-shell-form-init.bash"],
  ])("under Podman %s", (version, message) => {
    const text = "FROM registry.opensuse.org/opensuse/tumbleweed\nCMD /usr/lib/systemd/systemd\n";
    expect(reported(found(text, podman(version)), "image-shell-form-init")).toEqual([
      expect.stringContaining(message),
    ]);
  });
  it("under dash is the same on each engine", () => {
    expect(
      reported(found("FROM debian:12\nCMD /sbin/init\n", podman("3.4")), "image-shell-form-init"),
    ).toEqual(["error: image-shell-form-init.shell, sh=dash"]);
  });
});

describe("a file that is written for Podman", () => {
  const service = "services:\n  web:\n    build: .\n";
  it.each([
    ["podman-compose.yaml", service],
    ["dev.podman-compose.yml", service],
    ["compose.yaml", `x-podman:\n  in_pod: false\n${service}`],
    ["compose.yaml", `${service}    x-podman.no_hosts: true\n`],
  ])("%s is judged for that: %j", (name, text) => {
    const project = { [name]: text, Dockerfile: image(entry), ...files };
    const rules = lintProject(project).map((finding) => finding.rule);
    expect(rules).toContain(rule);
    expect(rules).not.toContain("run-cgroup-writable");
    const own = lintProject({ [name]: text, Dockerfile: image('CMD ["/sbin/init"]'), ...files });
    expect(own.map((finding) => finding.rule)).toEqual([]);
  });
  it("judges its image for that, too, where nothing else starts it", () => {
    const debian = { Dockerfile: 'FROM debian:11\nRUN apt-get install systemd-sysv\nCMD ["/sbin/init"]\n' };
    const env = (others: Record<string, string>) =>
      said(lintProject({ ...debian, ...others }), "image-container-env").length;
    expect(env({ "podman-compose.yaml": service })).toBe(0);
    expect(env({ "compose.yaml": service })).toBe(1);
    expect(env({ "podman-compose.yaml": service, "compose.yaml": service })).toBe(1);
  });
  it("is judged for another engine where that is stated", () => {
    const project = { "podman-compose.yaml": service, Dockerfile: image('CMD ["/sbin/init"]'), ...files };
    expect(said(lintProject(project, { target: { engine: "docker" } }), "run-cgroup-writable")).toHaveLength(
      1,
    );
  });
});
