import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterEach, describe, expect, test } from "vitest";
import { explainReport } from "../../client/src/flows/explain-report";
import type { BootReport } from "../../client/src/ports";
import { unitFailure } from "../../client/src/texts/exit-status";
import { bootProblems } from "../../client/src/views/boot-problems";
import { type ExplainResult, explainMethod, type PlaceMessage } from "../../server/src/protocol";
import { english, problems } from "../client/english";
import { connect, type Session } from "../lsp/connection";
import { keyedTexts } from "../lsp/keyed-texts";
import { inFolder, inventory, never, type Setup, startRequest, useEngine, withBody } from "./setup";

const setup = useEngine("docker@28/v2", ["systemd-test:252"]);

let session: Session | undefined;
afterEach(() => session?.close());

interface Told {
  readonly report: BootReport;
  readonly why: ExplainResult;
  /** What a place covers: `web.service: ExecStart=/nowhere`. */
  covered(place: PlaceMessage | undefined): string | undefined;
}

/**
 * Builds and boots a project with our engine code, as `options` say, and has our language server explain
 * what became of it; nothing is left on the engine.
 */
async function bootAndExplain(
  all: Setup,
  files: Readonly<Record<string, string>>,
  { start = {}, options = {}, file = "Dockerfile" }: { start?: object; options?: object; file?: string } = {},
): Promise<Told> {
  const { engine, docker } = all;
  const before = await inventory(all);
  const told = await inFolder(files, async (folder) => {
    const uriOf = (name: string) => pathToFileURL(join(folder, name)).toString();
    const tag = "test-explain:1";
    const request = { dockerfile: join(folder, "Dockerfile"), context: folder, tag };
    await engine.build(request, { print: () => undefined, signal: never });
    const wanted = withBody(startRequest(tag, "test-explain", options), { Cmd: undefined, ...start });
    const container = await engine.start(wanted, never);
    const report = await engine.boot(container, 60, { report: () => undefined, signal: never });
    await engine.remove(container);
    await docker.getImage(tag).remove();

    const disk = Object.fromEntries(Object.entries(files).map(([name, text]) => [uriOf(name), text]));
    const opened = await connect({ disk, folders: [uriOf("")], texts: keyedTexts });
    session = opened;
    const server = {
      explain: (params: object) => opened.client.sendRequest<ExplainResult>(explainMethod, params),
    };
    const service = file === "Dockerfile" ? undefined : "web";
    const why = await explainReport({ ui: { t: english }, server } as never, engine, {
      report,
      uri: uriOf(file),
      service,
    });
    const covered = (place: PlaceMessage | undefined) => {
      const name = Object.keys(files).find((one) => uriOf(one) === place?.uri);
      if (!place || name === undefined) return undefined;
      const line = files[name]?.split("\n")[place.line] ?? "";
      return `${name}: ${line.slice(place.character, place.endCharacter)}`;
    };
    return { report, why, covered };
  });
  expect(await inventory(all)).toEqual(before);
  return told;
}

const systemd = "FROM systemd-test:252\nENV container=docker\n";
const init = 'STOPSIGNAL SIGRTMIN+3\nCMD ["/sbin/init"]\n';
const unit = (start: string) =>
  `[Service]\nType=oneshot\nExecStart=${start}\n[Install]\nWantedBy=multi-user.target\n`;

describe("a degraded boot", () => {
  test("by a program that is not there: the ExecStart of the unit that was copied", async (context) => {
    const { report, why, covered } = await bootAndExplain(setup(context), {
      Dockerfile: `${systemd}COPY web.service /etc/systemd/system/\nRUN systemctl enable web\n${init}`,
      "web.service": unit("/opt/web/server --port 80"),
    });
    expect(report).toMatchObject({
      state: "degraded",
      failed: [{ unit: "web.service", ended: { code: 1, status: 203 } }],
    });
    expect(why.causes).toEqual([]);
    expect(why.units).toHaveLength(1);
    expect(why.units[0]?.causes.map(({ line, cause }) => [line, cause])).toEqual([
      [
        expect.stringMatching(/executable '?\/opt\/web\/server'?: No such file/),
        "explain.exec-missing.cause(path=/opt/web/server)",
      ],
    ]);
    expect(covered(why.units[0]?.place)).toBe("web.service: ExecStart=/opt/web/server --port 80");
    const ended = report.failed[0]?.ended ?? { result: "" };
    expect(bootProblems(english, report, why).map(({ message, severity }) => [severity, message])).toEqual([
      [
        "warning",
        `${problems.unitFailed("web.service", unitFailure(english, ended))} explain.exec-missing.cause(path=/opt/web/server) explain.exec-missing.fix`,
      ],
    ]);
  });

  test("by a program that says why and ends at once: what it said", async (context) => {
    const { report, why } = await bootAndExplain(setup(context), {
      Dockerfile: `${systemd}COPY web.service /etc/systemd/system/\nRUN systemctl enable web\n${init}`,
      "web.service": unit("/usr/bin/systemctl --user start other"),
    });
    expect(report).toMatchObject({
      state: "degraded",
      failed: [{ unit: "web.service", ended: { code: 1, status: 1 } }],
    });
    expect(why.units[0]?.causes.map(({ line }) => line)).toEqual([
      expect.stringMatching(/Failed to connect to (?:user scope )?bus/),
    ]);
  });

  test("by a program whose words come late into the journal: they are waited for", async (context) => {
    const journald = (signal: string) => `systemctl kill --signal=${signal} systemd-journald`;
    const { report } = await bootAndExplain(setup(context), {
      Dockerfile: `${systemd}COPY *.service /etc/systemd/system/\nRUN systemctl enable web resume\n${init}`,
      "web.service": unit(`/bin/sh -c '${journald("STOP")}; echo the last words; exit 1'`),
      "resume.service": unit(`/bin/sh -c 'sleep 5; ${journald("CONT")}'`).replace("oneshot", "exec"),
    });
    expect(report).toMatchObject({ state: "degraded", failed: [{ unit: "web.service" }] });
    expect(report.failed[0]?.journal.join("\n")).toContain("the last words");
  });

  test("by a missing capability: the service that does not give it", async (context) => {
    // It sets the clock to what it is, which takes SYS_TIME all the same.
    const { report, why, covered } = await bootAndExplain(
      setup(context),
      {
        Dockerfile: `${systemd}COPY chrony.service /etc/systemd/system/\nRUN systemctl enable chrony\n${init}`,
        "chrony.service": unit("/bin/sh -c 'exec date --set @$$(date +%%s)'"),
        "compose.yaml":
          "services:\n  other:\n    image: x\n  web:\n    build: .\n    tty: true\n    security_opt: [writable-cgroups=true]\n    tmpfs: [/run, /run/lock, /tmp]\n",
      },
      { file: "compose.yaml" },
    );
    expect(report).toMatchObject({
      state: "degraded",
      failed: [{ unit: "chrony.service", ended: { code: 1, status: 1 } }],
    });
    expect(why.units[0]?.causes.map(({ rule }) => rule)).toEqual(["run-capability-missing"]);
    expect(why.units[0]?.says).toBe("blame.need(unit=chrony.service, what=cap_add: SYS_TIME)");
    expect(covered(why.units[0]?.place)).toBe("compose.yaml: web");
  });
});

describe("a boot in maintenance mode", () => {
  test("by a target that does not exist: the command that names it, and what systemd wrote of a unit", async (context) => {
    const { report, why, covered } = await bootAndExplain(setup(context), {
      Dockerfile: `${systemd}COPY web.service /etc/systemd/system/\nRUN systemctl enable web\nSTOPSIGNAL SIGRTMIN+3\nCMD ["/sbin/init", "--unit=multi-user.targte"]\n`,
      "web.service": unit("/bin/true").replace("[Service]\n", "[Service]\nFoo=bar\n"),
    });
    expect(report).toMatchObject({ state: "maintenance", failed: [] });
    expect(report.targets).toContain("rescue.target");
    expect(why.causes.map(({ rule, place }) => [rule, covered(place)])).toEqual([
      ["image-unit-name", 'Dockerfile: "--unit=multi-user.targte"'],
    ]);
    expect(why.remarks.map(({ says, place }) => [says, covered(place)])).toEqual([
      ["Unknown key 'Foo' in section [Service], ignoring.", "web.service: Foo=bar"],
    ]);
  });

  test("by emergency.target", async (context) => {
    const { report, why } = await bootAndExplain(
      setup(context),
      { Dockerfile: systemd + init },
      { start: { Cmd: ["/sbin/init", "--unit=emergency.target"] } },
    );
    expect(report).toMatchObject({ state: "maintenance", failed: [] });
    expect(why.causes.map(({ cause }) => cause)).toEqual([
      "explain.target-maintenance.cause(target=emergency.target)",
    ]);
  });
});

describe("a boot that failed", () => {
  test("by a volume of its Dockerfile, started as a service: the VOLUME", async (context) => {
    const { report, why, covered } = await bootAndExplain(
      setup(context),
      {
        Dockerfile: `${systemd}VOLUME ["/sys/fs/cgroup"]\n${init}`,
        "compose.yaml": "services:\n  web:\n    build: .\n",
      },
      { file: "compose.yaml" },
    );
    expect(report).toMatchObject({ state: "exited", exitCode: 255 });
    expect(why.causes.map(({ rule }) => rule)).toEqual(["image-cgroup-volume"]);
    expect(covered(why.causes[0]?.place)).toBe('Dockerfile: "/sys/fs/cgroup"');
  });

  test("by its service's flags: the service", async (context) => {
    const { report, why, covered } = await bootAndExplain(
      setup(context),
      {
        Dockerfile: systemd + init,
        "compose.yaml": "services:\n  web:\n    build: .\n    tty: true\n",
      },
      { file: "compose.yaml", options: { SecurityOpt: [], Tmpfs: {} } },
    );
    expect(report).toMatchObject({ state: "exited", exitCode: 255 });
    expect(why.causes.map(({ rule, place }) => [rule, covered(place)])).toEqual([
      ["run-tmpfs-run", "compose.yaml: web"],
    ]);
  });

  test("by a shell before systemd: the CMD", async (context) => {
    const { report, why, covered } = await bootAndExplain(setup(context), {
      Dockerfile: `${systemd}STOPSIGNAL SIGRTMIN+3\nCMD /sbin/init\n`,
    });
    expect(report).toMatchObject({ state: "exited", exitCode: 1 });
    expect(why.causes.map(({ rule }) => rule)).toEqual(["image-shell-form-init"]);
    expect(covered(why.causes[0]?.place)).toBe("Dockerfile: /sbin/init");
  });
});

test("a boot in good health says nothing, however much it writes", async (context) => {
  const { report, why } = await bootAndExplain(
    setup(context),
    { Dockerfile: systemd + init },
    { start: { Cmd: ["/sbin/init", "--log-level=debug", "--log-target=console"] } },
  );
  expect(report.state).toBe("running");
  expect(report.log.length).toBeGreaterThan(20_000);
  expect(why).toMatchObject({ causes: [], units: [] });
});
