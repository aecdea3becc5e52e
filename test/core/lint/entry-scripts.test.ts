import { describe, expect, it } from "vitest";
import { lintProject, reported, said } from "../lint-project";

const dockerfile = (program: string, copy = "COPY entry.sh /entry.sh") =>
  `FROM debian:12\nENV container=docker\nRUN apt-get update && apt-get install -y systemd systemd-sysv\n${copy}\nSTOPSIGNAL SIGRTMIN+3\n${program}\n`;
const child = "#!/bin/sh\nset -e\n/sbin/init\n";
const handsOver = "#!/bin/sh\nset -e\nexec /sbin/init\n";
const entry = 'ENTRYPOINT ["/entry.sh"]';

describe("an entry script that keeps PID 1", () => {
  it.each([
    [entry],
    ['ENTRYPOINT ["/bin/sh", "/entry.sh"]'],
    ['ENTRYPOINT ["bash", "-x", "/entry.sh"]'],
    ["ENTRYPOINT /entry.sh"],
    ["ENV ENTRY=/entry.sh\nENTRYPOINT exec $ENTRY"],
    ['CMD ["sh", "-eu", "/entry.sh"]'],
  ])("is found behind %s", (program) => {
    const found = lintProject({ Dockerfile: dockerfile(program), "entry.sh": child });
    expect(reported(found, "image-entrypoint-exec")).toEqual([
      "error: image-entrypoint-exec.child, script=entry.sh",
    ]);
  });
  it.each<[says: string, files: Record<string, string>]>([
    [
      "the context of a compose file",
      {
        "docker/Dockerfile": dockerfile(entry, "COPY docker/scripts/run.sh /entry.sh"),
        "docker/compose.yaml":
          "services:\n  a:\n    build:\n      context: ..\n      dockerfile: docker/Dockerfile\n",
        "docker/scripts/run.sh": child,
      },
    ],
    [
      "a context above that only the paths show",
      {
        "images/docker/Dockerfile": dockerfile(entry, "COPY ./docker/run.sh /entry.sh"),
        "images/docker/run.sh": child,
      },
    ],
    [
      "a context two levels above",
      {
        "images/my app/docker/Dockerfile": dockerfile(entry, 'COPY ["my app/docker/run.sh", "/entry.sh"]'),
        "images/my%20app/docker/run.sh": child,
      },
    ],
  ])("is found in %s", (_, files) => {
    const encoded = Object.fromEntries(
      Object.entries(files).map(([path, text]) => [path.replaceAll("my app", "my%20app"), text]),
    );
    expect(said(lintProject(encoded), "image-entrypoint-exec")).toHaveLength(1);
  });
  it("is not looked for above where a file stands in the folder itself", () => {
    const files = {
      "docker/Dockerfile": dockerfile(entry, "COPY docker/entry.sh /entry.sh"),
      "docker/entry.sh": child,
      "docker/docker/entry.sh": handsOver,
    };
    expect(said(lintProject(files), "image-entrypoint-exec")).toEqual([]);
  });
  it("is read behind a shell that is given init", () => {
    const text = dockerfile('ENTRYPOINT ["/bin/bash", "/entry.sh"]\nCMD ["/sbin/init"]');
    const found = lintProject({ Dockerfile: text, "entry.sh": "#!/bin/bash\nexec sleep infinity\n" });
    expect(reported(found, "image-entrypoint-exec")).toEqual([
      "error: image-entrypoint-exec.never, script=/entry.sh, init=/sbin/init",
    ]);
  });
});

describe("an entry script that passes init on", () => {
  it.each([["exec $@"], ['exec "$@"'], ['exec /usr/local/bin/next "$@"']])("is right with %s", (last) => {
    const text = dockerfile('ENTRYPOINT ["/entry.sh", "/usr/local/bin/own", "/sbin/init"]');
    const found = lintProject({ Dockerfile: text, "entry.sh": `#!/bin/bash\nmkdir -p /data\n${last}\n` });
    expect(said(found, "image-entrypoint-exec")).toEqual([]);
  });
});

describe("an entry script in shell form", () => {
  const cmd = 'CMD ["/sbin/init"]';
  const judge = (program: string, script: string) =>
    lintProject({ Dockerfile: dockerfile(`${program}\n${cmd}`), "entry.sh": script });
  it("is not given the CMD that it would start", () => {
    const findings = judge("ENTRYPOINT /entry.sh", '#!/bin/sh\nexec "$@"\n');
    expect(reported(findings, "image-entrypoint-exec")).toEqual([
      "error: image-entrypoint-exec.swallowed, script=/entry.sh, init=/sbin/init",
    ]);
    const [fix] = findings.find(({ rule }) => rule === "image-entrypoint-exec")?.fixes ?? [];
    expect(fix?.edits[0]?.text).toBe('ENTRYPOINT ["/entry.sh"]');
  });
  it("needs none where it reads none, or is given it in exec form", () => {
    const rule = "image-entrypoint-exec";
    expect(said(judge("ENTRYPOINT /entry.sh", "#!/bin/sh\nexec nginx\n"), rule)).toEqual([]);
    expect(said(judge("ENTRYPOINT /entry.sh", handsOver), rule)).toEqual([]);
    expect(said(judge('ENTRYPOINT ["/entry.sh"]', '#!/bin/sh\nexec "$@"\n'), rule)).toEqual([]);
  });
});

describe("a script that hands PID 1 over", () => {
  it.each([[entry], ['ENTRYPOINT ["/bin/sh", "/entry.sh"]'], ["ENTRYPOINT exec /entry.sh"]])(
    "is right behind %s",
    (program) => {
      const found = lintProject({ Dockerfile: dockerfile(program), "entry.sh": handsOver });
      expect(said(found, "image-entrypoint-exec")).toEqual([]);
      expect(said(found, "image-shell-form-init")).toEqual([]);
    },
  );
  it.each([
    ["debian:12", "error: image-shell-form-init.shell, sh=dash"],
    ["rockylinux:9", "warning: image-shell-form-init.bash"],
  ])("is not PID 1 in shell form on %s", (base, message) => {
    const text = `FROM ${base}\nENV container=docker\nCOPY entry.sh /entry.sh\nENTRYPOINT /entry.sh\n`;
    const found = lintProject({ Dockerfile: text, "entry.sh": handsOver });
    expect(reported(found, "image-shell-form-init")).toEqual([expect.stringContaining(message)]);
    const [fix] = found.find(({ rule }) => rule === "image-shell-form-init")?.fixes ?? [];
    expect(fix?.edits[0]?.text).toBe('ENTRYPOINT ["/entry.sh"]');
  });
});

describe("a script that sets the variable container", () => {
  const text =
    'FROM debian:11\nRUN apt-get install -y systemd-sysv\nCOPY entry.sh /\nENTRYPOINT ["/entry.sh"]\n';
  it("needs no ENV", () => {
    const script = "#!/bin/sh\ncontainer=docker\nexport container\nexec /sbin/init\n";
    expect(said(lintProject({ Dockerfile: text, "entry.sh": script }), "image-container-env")).toEqual([]);
    const bare = lintProject({ Dockerfile: text, "entry.sh": handsOver });
    expect(said(bare, "image-container-env")).toHaveLength(1);
  });
});
