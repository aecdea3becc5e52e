import { describe, expect, it } from "vitest";
import { applyEdits } from "../../../server/src/core/base/text";
import { lintProject, reported } from "../lint-project";

const dockerfile = (program = 'CMD ["/start.sh"]', copy = "COPY start.sh /start.sh") =>
  `FROM debian:12\nRUN apt-get install -y systemd-sysv\n${copy}\n${program}\n`;
const found = (script: string, text = dockerfile()) =>
  reported(lintProject({ Dockerfile: text, "start.sh": `#!/bin/sh\n${script}\n` }), "image-work-after-init");
const background = expect.stringMatching(/^warning: image-work-after-init\.background, script=/);
const never = (command: string) =>
  expect.stringMatching(new RegExp(`^\\w+: image-work-after-init\\.after, script=.*, command=${command}$`));

describe("init in the background", () => {
  it.each([
    ["/sbin/init &\nsleep 5\nsystemctl start httpd\nwait"],
    ["/usr/sbin/init & sleep 5; yum -y install httpd"],
    ["nohup /lib/systemd/systemd --system &\nexec tail -f /dev/null"],
    ["exec /sbin/init &\nwait"],
    ["INIT=/sbin/init\n$INIT &\nsleep 1"],
    ["(/sbin/init) &\nbash"],
  ])("%s", (script) => {
    expect(found(script)).toEqual([background]);
  });
  it.each([
    ["ENTRYPOINT /start.sh"],
    ['ENTRYPOINT ["/bin/sh", "/start.sh"]'],
    ['ENTRYPOINT ["bash", "-x", "/start.sh"]'],
    ["CMD exec /start.sh"],
  ])("behind %s", (program) => {
    expect(found("/sbin/init &\nwait", dockerfile(program))).toEqual([background]);
  });
  it.each([
    ["CMD /sbin/init & sleep 5; systemctl start x; wait"],
    ['CMD ["sh", "-c", "/usr/sbin/init & sleep 5 && systemctl start x"]'],
    ['ENTRYPOINT ["/bin/bash", "-lc", "/sbin/init & bash"]'],
  ])("in the Dockerfile itself: %s", (program) => {
    expect(found("", dockerfile(program))).toEqual([background]);
  });
  it("in a heredoc of the Dockerfile", () => {
    const copy = "COPY --chmod=755 <<EOF /start.sh\n#!/bin/sh\n/sbin/init &\nwait\nEOF";
    expect(found("", dockerfile(undefined, copy))).toEqual([background]);
  });
  it("is said once", () => {
    const files = { Dockerfile: dockerfile(), "start.sh": "#!/bin/sh\n/sbin/init &\nwait\n" };
    const rules = lintProject(files).map(({ rule }) => rule);
    expect(rules).not.toContain("image-entrypoint-exec");
    expect(rules).not.toContain("image-shell-form-init");
  });
});

describe("commands behind exec", () => {
  it.each([
    ["exec /sbin/init\nsystemctl start nginx", "systemctl start nginx"],
    ["set -e\nexec /usr/sbin/init --log-level=info\n\n# later\n/opt/setup.sh --x", "/opt/setup.sh --x"],
    ["exec /sbin/init; nginx", "nginx"],
    ["boot() { exec /sbin/init; }\nmkdir /a\nboot\nnginx", "nginx"],
    ["exec /sbin/init\nlater() { mkdir /a; }\nlater", "mkdir /a"],
    ["exec /lib/systemd/systemd && touch /a", "touch /a"],
    ["exec env container=docker /sbin/init\nif true; then nginx; fi", "true"],
  ])("%s", (script, command) => {
    expect(found(script)).toEqual([never(command)]);
  });
  it("of a script that execs what it is given", () => {
    const text = dockerfile('ENTRYPOINT ["/start.sh"]\nCMD ["/sbin/init"]');
    expect(found('exec "$@"\nnginx', text)).toEqual([never("nginx")]);
  });
  it("of a script that a shell reads, and that execs what it is given", () => {
    const text = dockerfile('ENTRYPOINT ["/bin/sh", "/start.sh"]\nCMD ["/sbin/init"]');
    expect(found('exec "$@"\nnginx', text)).toEqual([never("nginx")]);
  });
  it("in shell form", () => {
    expect(found("", dockerfile("CMD exec /sbin/init; nginx"))).toEqual([never("nginx")]);
  });
  it("are moved where they do not need the boot", () => {
    const fixesOf = (script: string) =>
      lintProject({ Dockerfile: dockerfile(), "start.sh": script }).find(
        ({ rule }) => rule === "image-work-after-init",
      )?.fixes;
    const [fix] = fixesOf("#!/bin/sh\nset -e\nexec /sbin/init\n\nmkdir /a\n") ?? [];
    expect(fix?.safe).toBe(false);
    expect(fix?.edits.map(({ text }) => text)).toEqual(["\nmkdir /a\n", ""]);
    const needing = fixesOf("#!/bin/sh\nexec /sbin/init\nsystemctl start nginx\n") ?? [];
    expect(needing.map(({ title }) => title.key)).toEqual(["image-work-after-init.enable"]);
  });
});

describe("what starts init as PID 1", () => {
  type Files = Record<string, string>;
  const fixed = (script: string, text = dockerfile()) => {
    const files: Files = { Dockerfile: text, "start.sh": script };
    const [finding] = lintProject(files).filter(({ rule }) => rule === "image-work-after-init");
    return (finding?.fixes ?? []).map(({ safe, title, edits }) => {
      const after: Files = { ...files };
      for (const path of new Set(edits.map(({ uri }) => uri?.replace("file:///p/", "") ?? "Dockerfile"))) {
        const own = edits.filter(({ uri = "file:///p/Dockerfile" }) => uri === `file:///p/${path}`);
        after[path] = applyEdits(files[path] ?? "", own);
      }
      return { safe, key: title.key.replace("image-work-after-init.", ""), after, left: severe(after) };
    });
  };
  const severe = (files: Files) =>
    lintProject(files, { target: { engine: "docker" } }).flatMap(({ rule, severity }) =>
      /^(error|warning)$/.test(severity) ? [rule] : [],
    );

  it("is exec, and a unit for what needs the boot", () => {
    const script =
      "#!/bin/bash\nset -e\nmkdir -p /srv\n/usr/sbin/init &\nsleep 5\nsystemctl start httpd\nmkdir /b\nwait\n";
    const [first, ...others] = fixed(script);
    expect(others).toEqual([]);
    expect(first).toMatchObject({ safe: false, key: "unit" });
    expect(first?.after["start.sh"]).toBe("#!/bin/bash\nset -e\nmkdir -p /srv\nexec /usr/sbin/init\n");
    expect(first?.after["after-boot.sh"]).toBe(
      "#!/bin/bash\nset -e\nsleep 5\nsystemctl start httpd\nmkdir /b\n",
    );
    const made = first?.after["after-boot.service"];
    expect(made).toContain("After=multi-user.target");
    expect(made).toContain("Type=oneshot");
    expect(made).toContain("ExecStart=/bin/bash /usr/local/bin/after-boot.sh");
    expect(first?.after.Dockerfile).toContain(
      "COPY after-boot.sh /usr/local/bin/\nCOPY after-boot.service /etc/systemd/system/\nRUN systemctl enable after-boot.service\nCMD",
    );
    expect(first?.left).toEqual(["image-stop-signal"]);
  });
  it.each<[script: string, keys: string[]]>([
    ["/sbin/init &\nmkdir /a\nwait", ["move", "unit"]],
    ["/sbin/init &\nnginx -g 'daemon off;'", ["unit"]],
    ["/sbin/init &\nwait", ["exec"]],
    ["nohup /lib/systemd/systemd &\nexec tail -f /dev/null", ["exec"]],
    ["exec /sbin/init &\nexec bash", ["exec"]],
    // What the lines above define would be missing in the unit.
    ["NAME=x\n/sbin/init &\nmkdir $NAME\nsystemctl start a", []],
    ["go() {\n  mkdir /b\n}\n/sbin/init &\nsystemctl start x\ngo", []],
    ["/sbin/init &\nsystemctl start $1", []],
    ["/sbin/init &\nsleep 5\nservice nginx start\n/etc/init.d/cron restart\ntail -f /dev/null", ["enable"]],
    ["exec /sbin/init\nsystemctl start a.socket b", ["enable"]],
    ["/sbin/init &\nif true; then service nginx start; fi", ["unit"]],
    ["exec /sbin/init\nmkdir /a\n/etc/init.d/cron start", ["unit"]],
    ["/sbin/init &\nPID=$!\nsystemctl start x\nkill $PID", []],
    ["(/sbin/init) &\nbash", []],
    ["/usr/sbin/init & sleep 5; yum -y install httpd", []],
  ])("%j: %j", (script, keys) => {
    const fixes = fixed(`#!/bin/sh\n${script}\n`);
    expect(fixes.map(({ key }) => key)).toEqual(keys);
    for (const { left } of fixes) expect(left).toEqual(["image-stop-signal"]);
  });
  it("is init itself in the Dockerfile", () => {
    const [first] = fixed("", dockerfile("CMD /sbin/init & sleep 5; systemctl start x; ls; wait"));
    expect(first?.after.Dockerfile).toContain('RUN systemctl enable after-boot.service\nCMD ["/sbin/init"]');
    expect(first?.after["after-boot.service"]).toContain(
      'ExecStart=/bin/sh -c "sleep 5; systemctl start x; ls; wait"',
    );
    expect(first?.left).toEqual(["image-stop-signal"]);
    const [service] = fixed("", dockerfile("CMD /sbin/init & sleep 5; service nginx start; wait"));
    expect(service?.after.Dockerfile).toContain('RUN systemctl enable nginx.service\nCMD ["/sbin/init"]');
    const [bare] = fixed("", dockerfile('ENTRYPOINT ["/bin/bash", "-lc", "/sbin/init & bash"]'));
    expect(bare).toMatchObject({ key: "exec", left: ["image-stop-signal"] });
    expect(bare?.after.Dockerfile).toContain('ENTRYPOINT ["/sbin/init"]');
  });
  it("is not written over a file that is there", () => {
    const files = { Dockerfile: dockerfile(), "start.sh": "#!/bin/sh\n/sbin/init &\nnginx\n" };
    const fixes = (more: Files) =>
      lintProject({ ...files, ...more }).find(({ rule }) => rule === "image-work-after-init")?.fixes;
    expect(fixes({})).toHaveLength(1);
    expect(fixes({ "after-boot.sh": "" })).toEqual([]);
    expect(fixes({ "after-boot.service": "" })).toEqual([]);
  });
});

describe("no work after init", () => {
  it.each([
    ["exec /sbin/init"],
    ["journalctl -f &\nexec /sbin/init"],
    ["(sleep 10; systemctl start x) &\nexec /sbin/init"],
    ["exec /sbin/init\necho 'no init' >&2\nexit 1"],
    ["if [ -x /sbin/init ]; then exec /sbin/init; fi\nexec bash"],
    ['[ "$1" = init ] && exec /sbin/init\nexec "$@"'],
    ["case $1 in\n  boot) exec /sbin/init;;\nesac\nnginx"],
    ["boot() {\n  exec /sbin/init\n}\nmkdir /a\nboot"],
    ["/sbin/init --version &\nexec /sbin/init"],
    ["/sbin/init"],
    ["never() {\n  mkdir /a\n}\nexec /sbin/init"],
    ["nginx &\nexec sshd -D"],
  ])("%s", (script) => {
    expect(found(script)).toEqual([]);
  });
  it("in an image on Alpine", () => {
    expect(found("/sbin/init &\nwait", dockerfile().replace("debian:12", "alpine"))).toEqual([]);
  });
});
