import { expect, test } from "vitest";
import { bootSystemd } from "../../server/src/core/convert/boot-systemd";
import { addComposeService } from "../../server/src/core/convert/compose-service";
import type { Changed, Unchanged } from "../../server/src/core/convert/conversion";
import { createUnit } from "../../server/src/core/convert/create-unit";
import { forwardJournal } from "../../server/src/core/convert/forward-journal";
import { runAtBoot } from "../../server/src/core/convert/run-at-boot";
import type { FileContext } from "../../server/src/core/project/subjects";
import { type Project, snapshotOf, uriOf } from "../lab/prove/project";
import { bootCompose, bootImage, plannedRun } from "../lab/prove/start";
import { useEngine } from "./setup";

const setup = useEngine("docker@28/v2", []);

type Target = Parameters<typeof plannedRun>[1];
type Convert = (file: FileContext) => Changed | Unchanged;

/** The project after a whole-file action on one of its files, by default its Dockerfile. */
function converted(project: Project, target: Target, convert: Convert, on = project.path): Project {
  const { path, files } = project;
  const snapshot = { ...snapshotOf(project), dockerfiles: [uriOf(path)] };
  const result = convert({ uri: uriOf(on), text: files[on] ?? "", snapshot, target });
  if ("refused" in result) throw new Error(result.refused.key);
  const changed = result.changed.map(({ uri, after }) => [uri.slice(uriOf("").length), after] as const);
  const created = result.created.map(({ uri, text }) => [uri.slice(uriOf("").length), text] as const);
  return { path, files: { ...files, ...Object.fromEntries([...changed, ...created]) } };
}

const update = "RUN apt-get update && apt-get install -y --no-install-recommends";

interface Made {
  readonly says: string;
  readonly dockerfile: string;
  readonly files: Readonly<Record<string, string>>;
  readonly unit: string;
  readonly address: string;
  readonly page: string;
}

const images: readonly Made[] = [
  {
    says: "nginx, which its package's unit starts",
    dockerfile: `FROM debian:12\n${update} nginx curl\nCOPY site /var/www/html\nCMD ["nginx", "-g", "daemon off;"]\n`,
    files: { "site/index.html": "served by a unit\n" },
    unit: "nginx.service",
    address: "http://localhost/index.html",
    page: "served by a unit\n",
  },
  {
    says: "a separate service, with directory, user and variables",
    dockerfile: [
      "FROM debian:12",
      `${update} python3 curl && useradd app`,
      "ENV PORT=8000",
      "WORKDIR /srv/app",
      "COPY app.py page ./",
      "USER app",
      'CMD ["python3", "app.py"]',
      "",
    ].join("\n"),
    files: {
      page: "read from the directory\n",
      "app.py": [
        "import getpass, http.server, os",
        "class Page(http.server.BaseHTTPRequestHandler):",
        "    def do_GET(self):",
        "        self.send_response(200)",
        "        self.end_headers()",
        '        self.wfile.write((getpass.getuser() + ": " + open("page").read()).encode())',
        'http.server.HTTPServer(("", int(os.environ["PORT"])), Page).serve_forever()',
        "",
      ].join("\n"),
    },
    unit: "run-python3.service",
    address: "http://localhost:8000/",
    page: "app: read from the directory\n",
  },
];

test.for(images)("an image that is made to boot systemd starts $says", async (made, context) => {
  const { lab } = setup(context);
  const { dockerfile, files, unit, address, page } = made;
  const project = converted(
    { path: "Dockerfile", files: { ...files, Dockerfile: dockerfile } },
    lab.facts,
    bootSystemd,
  );
  const seen: string[] = [];
  const booted = await bootImage(lab, project, plannedRun(project, lab.facts), {
    inspect: async ({ exec }) => {
      seen.push((await exec(["systemctl", "is-active", unit])).stdout.trim());
      const served = [
        "curl",
        "--silent",
        "--retry",
        "20",
        "--retry-connrefused",
        "--retry-delay",
        "1",
        address,
      ];
      seen.push((await exec(served)).stdout);
    },
  });
  expect(booted, booted.log).toMatchObject({ state: "running", failedUnits: [], stop: { exitCode: 0 } });
  expect(seen).toEqual(["active", page]);
});

const booting = [
  "FROM debian:12",
  `${update} systemd-sysv dbus`,
  "ENV container=docker",
  "STOPSIGNAL SIGRTMIN+3",
];
const init = 'CMD ["/sbin/init"]';

/** A program that writes a line, and stays. */
const app = "#!/bin/sh\necho said by the app $1\nexec sleep infinity\n";

/** Boots a project by its plan, and gives what a command prints in it. */
async function ask(lab: ReturnType<typeof setup>["lab"], project: Project, argv: readonly string[]) {
  const seen: string[] = [];
  const booted = await bootImage(lab, project, plannedRun(project, lab.facts), {
    inspect: async ({ exec }) => void seen.push((await exec(argv)).stdout.trim()),
  });
  expect(booted, booted.log).toMatchObject({ state: "running", failedUnits: [], stop: { exitCode: 0 } });
  return { booted, seen: seen.join() };
}

test("a unit that is created for a program of the image runs it", async (context) => {
  const { lab } = setup(context);
  const dockerfile = [...booting, "COPY --chmod=755 app /opt/", init, ""].join("\n");
  const project = { path: "Dockerfile", files: { Dockerfile: dockerfile, app } };
  const made = converted(project, lab.facts, (file) => createUnit(file, "/opt/app once"));
  const { seen } = await ask(lab, made, ["journalctl", "-o", "cat", "-u", "run-app.service"]);
  expect(seen).toContain("said by the app once");
});

test("lines of an entry script run at boot: one that stays, and one that ends", async (context) => {
  const { lab } = setup(context);
  const dockerfile = [...booting, "COPY --chmod=755 app start.sh /opt/", 'ENTRYPOINT ["/opt/start.sh"]', ""];
  const start = "#!/bin/sh\n/opt/app moved &\nmkdir -p /srv/made\nexec /sbin/init\n";
  const project = {
    path: "Dockerfile",
    files: { Dockerfile: dockerfile.join("\n"), app, "start.sh": start },
  };
  const line =
    (text: string): Convert =>
    (file) =>
      runAtBoot(file, file.text.indexOf(text));
  const one = converted(project, lab.facts, line("/opt/app"), "start.sh");
  const both = converted(one, lab.facts, line("mkdir"), "start.sh");
  expect(both.files["start.sh"]).toBe("#!/bin/sh\nexec /sbin/init\n");
  const { seen } = await ask(lab, both, [
    "sh",
    "-c",
    "systemctl is-active run-app.service run-mkdir.service; ls /srv; journalctl -o cat -u run-app.service",
  ]);
  expect(seen).toMatch(/^active\nactive\nmade\n(.*\n)*said by the app moved/);
});

test("docker logs shows what a service logs, where the journal is forwarded", async (context) => {
  const { lab } = setup(context);
  const dockerfile = [...booting, "COPY --chmod=755 app /opt/", init, ""].join("\n");
  const project = { path: "Dockerfile", files: { Dockerfile: dockerfile, app } };
  const quiet = converted(project, lab.facts, (file) => createUnit(file, "/opt/app forwarded"));
  const said = /said by the app forwarded/;
  expect((await ask(lab, quiet, ["true"])).booted.log).not.toMatch(said);
  const forwarded = converted(quiet, lab.facts, forwardJournal);
  expect((await ask(lab, forwarded, ["true"])).booted.log).toMatch(said);
});

test("a compose service that is added boots the image", async (context) => {
  const { lab } = setup(context);
  const project = { path: "Dockerfile", files: { Dockerfile: [...booting, init, ""].join("\n") } };
  const { files } = converted(project, lab.facts, addComposeService);
  const booted = await bootCompose(lab, { path: "compose.yaml", files }, 252);
  expect(booted, booted.log).toMatchObject({ state: "running", failedUnits: [], stop: { exitCode: 0 } });
});
