import { expect, test } from "vitest";
import { bootSystemd } from "../../server/src/core/convert/boot-systemd";
import { type Project, snapshotOf, uriOf } from "../lab/prove/project";
import { bootImage, plannedRun } from "../lab/prove/start";
import { useEngine } from "./setup";

const setup = useEngine("docker@28/v2", []);

/** The project with its Dockerfile made to boot systemd, and the units that this wrote. */
function converted(project: Project, target: Parameters<typeof plannedRun>[1]): Project {
  const { path, files } = project;
  const file = { uri: uriOf(path), text: files[path] ?? "", snapshot: snapshotOf(project), target };
  const result = bootSystemd(file);
  if ("refused" in result) throw new Error(result.refused.key);
  const created = result.created.map(({ uri, text }) => [uri.slice(uriOf("").length), text] as const);
  return { path, files: { ...files, ...Object.fromEntries(created), [path]: result.text } };
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
  const project = converted({ path: "Dockerfile", files: { ...files, Dockerfile: dockerfile } }, lab.facts);
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
