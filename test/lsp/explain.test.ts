import { afterEach, describe, expect, test } from "vitest";
import {
  type ExplainParams,
  type ExplainResult,
  explainMethod,
  type PlaceMessage,
} from "../../server/src/protocol";
import { connect, type Session } from "./connection";
import { keyedTexts } from "./keyed-texts";

const docker28 = { engine: "docker", version: "28.5.2", cgroupVersion: 2 } as const;
const folder = "file:///project";
const dockerfileUri = `${folder}/Dockerfile`;
const composeUri = `${folder}/compose.yaml`;

const systemd = `FROM debian:12
RUN apt-get update && apt-get install -y systemd systemd-sysv dbus nftables
`;
const readOnly = "Failed to create /init.scope control group: Read-only file system";
const telinit = "Couldn't find an alternative telinit implementation to spawn.";
const noCgroup = "Failed to mount cgroup at /sys/fs/cgroup/systemd: Operation not permitted";

let session: Session | undefined;
afterEach(() => session?.close());

async function explain(disk: Record<string, string>, params: Partial<ExplainParams>): Promise<ExplainResult> {
  const files = Object.entries(disk).map(([name, text]) => [`${folder}/${name}`, text] as const);
  session = await connect({ disk: Object.fromEntries(files), texts: keyedTexts });
  return session.client.sendRequest<ExplainResult>(explainMethod, { log: "", uri: dockerfileUri, ...params });
}

/** The words that a place covers, with its file: `Dockerfile: CMD`. */
function covered(place: PlaceMessage | undefined): string | undefined {
  if (!place) return undefined;
  const text = session?.disk.get(place.uri) ?? "";
  const line = text.split("\n")[place.line] ?? "";
  const end = place.endLine === place.line ? place.endCharacter : line.length;
  return `${place.uri.slice(folder.length + 1)}: ${line.slice(place.character, end)}`;
}

test("a log that says nothing known is not explained, and how much was read is told", async () => {
  const result = await explain({ Dockerfile: systemd }, { log: "hello\nworld\n" });
  expect(result).toMatchObject({ causes: [], units: [], looked: { lines: 2 } });
  expect(result.looked.known).toBeGreaterThan(90);
});

test("a file that is not there or that is neither of ours is nobody's to blame", async () => {
  for (const uri of [`${folder}/gone`, `${folder}/notes.txt`, undefined]) {
    const { causes } = await explain({ "notes.txt": "hello" }, { log: readOnly, uri });
    expect(causes.map(({ rule, place }) => [rule, place])).toEqual([["run-cgroup-writable", undefined]]);
  }
});

describe("the line to blame for a cause is that of the finding", () => {
  test("in the Dockerfile that was booted", async () => {
    const { causes } = await explain(
      { Dockerfile: `${systemd}CMD /sbin/init\n` },
      { log: telinit, exitCode: 1 },
    );
    expect(causes.map(({ rule, place }) => [rule, covered(place)])).toEqual([
      ["image-shell-form-init", "Dockerfile: /sbin/init"],
    ]);
  });

  const compose = (more: string) => `services:\n  web:\n    build: .\n    init: true\n${more}`;

  test("in the compose file, of the service that was booted and no other", async () => {
    const disk = {
      Dockerfile: `${systemd}CMD ["/sbin/init"]\n`,
      "compose.yaml": compose("  other:\n    build: .\n    init: true\n"),
    };
    for (const [name, line] of [
      ["web", 3],
      ["other", 6],
    ] as const) {
      const { causes } = await explain(disk, { log: telinit, exitCode: 1, uri: composeUri, name });
      expect(causes.map(({ rule, place }) => [rule, place?.line])).toEqual([["run-init", line]]);
    }
  });

  test("in the compose file of whichever service has it, when none is named", async () => {
    const services = "services:\n  one:\n    build: .\n  two:\n    build: .\n    init: true\n";
    const { causes } = await explain(
      { Dockerfile: `${systemd}CMD ["/sbin/init"]\n`, "compose.yaml": services },
      { log: telinit, uri: composeUri },
    );
    expect(causes.map(({ rule, place }) => [rule, place?.line])).toEqual([["run-init", 5]]);
  });

  test("in the Dockerfile of a service", async () => {
    const Dockerfile = `${systemd}VOLUME ["/sys/fs/cgroup", "/data"]\nCMD ["/sbin/init"]\n`;
    const { causes } = await explain(
      { Dockerfile, "compose.yaml": compose("") },
      { log: noCgroup, exitCode: 255, uri: composeUri, name: "web" },
    );
    expect(causes.map(({ rule, place }) => [rule, covered(place)])).toEqual([
      ["image-cgroup-volume", 'Dockerfile: "/sys/fs/cgroup"'],
    ]);
  });

  test("in the compose file that builds a Dockerfile", async () => {
    const Dockerfile = `${systemd}CMD ["/sbin/init"]\n`;
    const { causes } = await explain(
      { Dockerfile, "compose.yaml": compose("") },
      { log: telinit, exitCode: 1 },
    );
    expect(causes.map(({ rule, place }) => [rule, covered(place)])).toEqual([
      ["run-init", "compose.yaml: true"],
    ]);
  });

  test("not in a compose file that builds it where its own plan started the container", async () => {
    const disk = { Dockerfile: `${systemd}CMD /sbin/init\n`, "compose.yaml": compose("") };
    const { causes } = await explain(disk, { log: telinit, exitCode: 1, planned: true });
    expect(causes.map(({ rule, place }) => [rule, covered(place)])).toEqual([
      ["image-shell-form-init", "Dockerfile: /sbin/init"],
    ]);
  });

  test("in the stage that was booted and no other", async () => {
    const stages = `${systemd}CMD ["/sbin/init"]\nFROM debian:12 AS other\n${systemd.slice(systemd.indexOf("RUN"))}CMD /sbin/init\n`;
    const { causes } = await explain({ Dockerfile: stages }, { log: telinit, name: "0" });
    expect(causes[0]?.place).toBeUndefined();
    const last = await explain({ Dockerfile: stages }, { log: telinit, name: "other" });
    expect(covered(last.causes[0]?.place)).toBe("Dockerfile: /sbin/init");
  });
});

describe("a unit that failed", () => {
  const init = 'CMD ["/sbin/init"]\n';
  const unit = "[Service]\nUser=web\nExecStart=/opt/web/server --port 80\n";
  const failed = (name: string, status?: string, ...journal: string[]) => [
    { unit: name, result: "exit-code", status, journal },
  ];
  const blamed = async (disk: Record<string, string>, units: ReturnType<typeof failed>, more = {}) => {
    const { units: told } = await explain(disk, { failed: units, facts: docker28, ...more });
    return told.map(({ place, says }) => [covered(place), says])[0];
  };

  test.each([
    ["203/EXEC", "web.service: ExecStart=/opt/web/server --port 80"],
    ["217/USER", "web.service: User=web"],
  ])("with %s: the directive in the unit that was copied", async (status, place) => {
    const Dockerfile = `${systemd}COPY web.service /etc/systemd/system/\nRUN systemctl enable web\n${init}`;
    const line = place.slice("web.service: ".length);
    expect(await blamed({ Dockerfile, "web.service": unit }, failed("web.service", status))).toEqual([
      place,
      `blame.directive(unit=web.service, line=${line})`,
    ]);
  });

  test("the unit in a folder that is copied, in a tree, and with a drop-in", async () => {
    const status = failed("web.service", "203/EXEC");
    const folders = `${systemd}COPY units/ /etc/systemd/system/\n${init}`;
    expect((await blamed({ Dockerfile: folders, "units/web.service": unit }, status))?.[0]).toBe(
      "units/web.service: ExecStart=/opt/web/server --port 80",
    );
    const tree = `${systemd}COPY rootfs /\n${init}`;
    expect(
      (await blamed({ Dockerfile: tree, "rootfs/usr/lib/systemd/system/web.service": unit }, status))?.[0],
    ).toBe("rootfs/usr/lib/systemd/system/web.service: ExecStart=/opt/web/server --port 80");
    const dropIn = `${systemd}COPY web.service /etc/systemd/system/web.service\nCOPY own.conf /etc/systemd/system/web.service.d/\n${init}`;
    expect(
      (
        await blamed(
          {
            Dockerfile: dropIn,
            "web.service": unit,
            "own.conf": "[Service]\nExecStart=\nExecStart=/opt/x\n",
          },
          status,
        )
      )?.[0],
    ).toBe("own.conf: ExecStart=/opt/x");
  });

  test.each([
    ["226/NAMESPACE", "ProtectKernelTunables=yes\nPrivateTmp=yes\nDynamicUser=yes", "DynamicUser=yes"],
    ["226/NAMESPACE", "ProtectControlGroups=yes\nBindPaths=/srv", "BindPaths=/srv"],
    ["226/NAMESPACE", "DynamicUser=no\nPrivateTmp=yes\nRootImage=/a.raw", "RootImage=/a.raw"],
    ["226/NAMESPACE", "PrivateTmp=yes\nProtectHome=yes", "PrivateTmp=yes"],
    ["217/USER", "User=web\nPrivateUsers=yes", "PrivateUsers=yes"],
    ["214/SETSCHEDULER", "CPUSchedulingPriority=5\nCPUSchedulingPolicy=rr", "CPUSchedulingPolicy=rr"],
    ["211/IOPRIO", "IOSchedulingPriority=0\nIOSchedulingClass=realtime", "IOSchedulingClass=realtime"],
    [
      "225/NETWORK",
      "PrivateNetwork=yes\nNetworkNamespacePath=/run/netns/a",
      "NetworkNamespacePath=/run/netns/a",
    ],
    ["242/NUMA_POLICY", "NUMAMask=0\nNUMAPolicy=default", "NUMAPolicy=default"],
  ])("with %s: of %j the directive that was measured to end so", async (status, lines, line) => {
    const disk = {
      Dockerfile: `${systemd}COPY web.service /etc/systemd/system/\n${init}`,
      "web.service": `[Service]\n${lines}\nExecStart=/bin/true\n`,
    };
    const journal = "web.service: Failed to set up mount namespacing: /run/systemd: yes, no";
    expect((await blamed(disk, failed("web.service", status, journal)))?.[0]).toBe(`web.service: ${line}`);
  });

  test("of several programs the one that the journal names", async () => {
    const text = "[Service]\nExecStartPre=-/bin/mkdir /x\nExecStart=/opt/nowhere/server\n";
    const Dockerfile = `${systemd}COPY web.service /etc/systemd/system/\n${init}`;
    const journal = "web.service: Failed to locate executable /opt/nowhere/server: No such file or directory";
    expect(
      (await blamed({ Dockerfile, "web.service": text }, failed("web.service", "203/EXEC", journal)))?.[0],
    ).toBe("web.service: ExecStart=/opt/nowhere/server");
  });

  test("a line that goes on, in a file with Windows line ends", async () => {
    const text = "[Service]\r\n  ExecStart = -/opt/web \\\r\n    --port 80\r\n";
    const Dockerfile = `${systemd}COPY web.service /etc/systemd/system/\n${init}`;
    expect((await blamed({ Dockerfile, "web.service": text }, failed("web.service", "203/EXEC")))?.[0]).toBe(
      "web.service: ExecStart = -/opt/web",
    );
  });

  test("an instance of a template that is written in the Dockerfile", async () => {
    const Dockerfile = `${systemd}COPY <<END /etc/systemd/system/web@.service\n${unit}END\n${init}`;
    expect((await blamed({ Dockerfile }, failed("web@1.service", "203/EXEC")))?.[0]).toBe(
      "Dockerfile: ExecStart=/opt/web/server --port 80",
    );
  });

  test("that failed by itself: the COPY of the unit, else its enabling", async () => {
    const copy = `${systemd}COPY web.service /etc/systemd/system/\nRUN systemctl enable web\n${init}`;
    expect(
      await blamed({ Dockerfile: copy, "web.service": unit }, failed("web.service", "1/FAILURE")),
    ).toEqual(["Dockerfile: COPY web.service /etc/systemd/system/", "blame.file(unit=web.service)"]);
    const enable = `${systemd}RUN systemctl enable dbus nftables\n${init}`;
    expect(await blamed({ Dockerfile: enable }, failed("nftables.service", "1/FAILURE"))).toEqual([
      "Dockerfile: nftables",
      "blame.enabled(unit=nftables.service)",
    ]);
  });

  test("that needs the whole machine: why, where it is enabled", async () => {
    const Dockerfile = `${systemd}RUN systemctl enable auditd\n${init}`;
    expect(await blamed({ Dockerfile }, failed("auditd.service", "6/NOTCONFIGURED"))).toEqual([
      "Dockerfile: auditd",
      "need.audit(unit=auditd.service)",
    ]);
  });

  test("of which the files say nothing has no line", async () => {
    expect(await blamed({ Dockerfile: systemd + init }, failed("web.service", "203/EXEC"))).toEqual([
      undefined,
      undefined,
    ]);
  });

  test("that lacks a capability: the service that does not give it", async () => {
    const Dockerfile = `${systemd}RUN systemctl enable nftables\n${init}`;
    const compose = (more: string) =>
      `services:\n  web:\n    build: .\n    security_opt: [writable-cgroups=true]\n    tmpfs: [/run, /run/lock]\n${more}`;
    const where = { uri: composeUri, name: "web" };
    const status = failed("nftables.service", "1/FAILURE");
    const lacking = await blamed({ Dockerfile, "compose.yaml": compose("") }, status, where);
    expect(lacking?.[0]).toBe("compose.yaml: web");
    expect(lacking?.[1]).toBe("blame.need(unit=nftables.service, what=cap_add: NET_ADMIN)");
    const given = compose("    cap_add: [NET_ADMIN, NET_RAW]\n");
    expect((await blamed({ Dockerfile, "compose.yaml": given }, status, where))?.[0]).toBe(
      "Dockerfile: nftables",
    );
  });

  test("is explained from its journal, and its causes are not told twice", async () => {
    const journal = ["tmp.mount: Mount process exited, code=exited, status=32/n/a"];
    const { causes, units } = await explain(
      { Dockerfile: systemd + init },
      {
        log: "[FAILED] Failed to mount tmp.mount - Temporary Directory /tmp.",
        failed: failed("tmp.mount", undefined, ...journal),
      },
    );
    expect(causes).toEqual([]);
    expect(units.map((one) => one.causes.map(({ rule }) => rule))).toEqual([["run-tmpfs-tmp"]]);
  });

  test("whose journal is lost is explained from its exit status", async () => {
    const { units } = await explain({}, { uri: undefined, failed: failed("web.service", "217/USER") });
    expect(units[0]?.causes[0]?.cause).toBe("explain.unit-user.cause");
  });
});

describe("what systemd writes about a line of a unit file", () => {
  const init = 'CMD ["/sbin/init"]\n';
  const unit = "[Unit]\nDescription=Web\n[Service]\n  Foo=bar\nExecStart=/bin/true\n";
  const path = "/etc/systemd/system/web.service";
  const remarked = async (disk: Record<string, string>, log: string) =>
    (await explain(disk, { log })).remarks.map(({ says, place }) => [covered(place), says]);
  const copy = `${systemd}COPY web.service /etc/systemd/system/\nRUN systemctl enable web nftables\n${init}`;
  const says = "Unknown key 'Foo' in section [Service], ignoring.";

  test.each([
    ["as it is since 240", `${path}:4: ${says}`],
    ["as it was before", `[${path}:4] ${says}`],
    ["in a journal", `Nov 24 10:00:00 web systemd[1]: ${path}:4: ${says}`],
    ["more than once", `${path}:4: ${says}\n${path}:4: ${says}`],
    ["under another name of the directory", `/usr/lib/systemd/system/web.service:4: ${says}`],
  ])("is at that line of the file that is copied, %s", async (_, log) => {
    expect(await remarked({ Dockerfile: copy, "web.service": unit }, log)).toEqual([
      ["web.service: Foo=bar", says],
    ]);
  });

  test("is in a drop-in, and in a file that the Dockerfile writes", async () => {
    const dropIn = `${copy}COPY own.conf /etc/systemd/system/web.service.d/\n`;
    const disk = { Dockerfile: dropIn, "web.service": unit, "own.conf": "[Service]\nBar=1\n" };
    expect(await remarked(disk, `${path}.d/own.conf:2: ${says}`)).toEqual([["own.conf: Bar=1", says]]);
    const Dockerfile = `${systemd}COPY <<END ${path}\n${unit}END\n${init}`;
    expect(await remarked({ Dockerfile }, `${path}:4: ${says}`)).toEqual([["Dockerfile: Foo=bar", says]]);
  });

  test("is where the unit comes from where no file has it or the file has fewer lines", async () => {
    expect(await remarked({ Dockerfile: copy }, `/lib/systemd/system/nftables.service:4: ${says}`)).toEqual([
      ["Dockerfile: nftables", says],
    ]);
    expect(await remarked({ Dockerfile: copy, "web.service": unit }, `${path}:99: ${says}`)).toEqual([
      ["Dockerfile: COPY web.service /etc/systemd/system/", says],
    ]);
  });

  test("is where the unit comes from where it is about the whole unit", async () => {
    const refusing = "Service has no ExecStart=, ExecStop=, or SuccessAction=. Refusing.";
    expect(await remarked({ Dockerfile: copy, "web.service": unit }, `web.service: ${refusing}`)).toEqual([
      ["Dockerfile: COPY web.service /etc/systemd/system/", refusing],
    ]);
  });

  test("is left out where no file has the unit", async () => {
    const log = `/lib/systemd/system/other.service:4: ${says}\nother.service: Cannot add dependency job, ignoring: x`;
    expect(await remarked({ Dockerfile: copy, "web.service": unit }, log)).toEqual([]);
  });
});

test("a target that does not exist is blamed on the command that names it", async () => {
  const Dockerfile = `${systemd}CMD ["/sbin/init", "--unit=multi-user.targte"]\n`;
  const log =
    "Failed to load unit multi-user.targte: Unit name multi-user.targte is not valid.\nFalling back to rescue.target.\n[  OK  ] Reached target rescue.target - Rescue Mode.\n";
  const { causes } = await explain({ Dockerfile }, { log });
  expect(causes.map(({ rule, cause, place }) => [rule, cause, covered(place)])).toEqual([
    ["image-unit-name", "explain.target-not-loaded.cause", 'Dockerfile: "--unit=multi-user.targte"'],
  ]);
});

test.each([
  ["cannot be loaded", "Falling back to rescue.target.", "explain.target-not-loaded.cause"],
  [
    "has no services",
    "[  OK  ] Reached target rescue.target - Rescue Mode.",
    "explain.target-maintenance.cause(target=rescue.target)",
  ],
])(
  "a target that %s is blamed on the word that chooses it, also where no rule finds it",
  async (_, log, cause) => {
    const command = `${systemd}CMD ["/sbin/init", "--unit=nowhere.target"]\n`;
    const { causes } = await explain({ Dockerfile: command }, { log });
    expect(causes.map((each) => [each.cause, covered(each.place)])).toEqual([
      [cause, 'Dockerfile: "--unit=nowhere.target"'],
    ]);
    const link = `${systemd}RUN systemctl set-default nowhere.target\nCMD ["/sbin/init"]\n`;
    const { causes: others } = await explain({ Dockerfile: link }, { log });
    expect(others.map(({ place }) => covered(place))).toEqual(["Dockerfile: nowhere.target"]);
  },
);
