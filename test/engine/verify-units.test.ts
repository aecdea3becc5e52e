import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { Ui, VerifyProblem } from "../../client/src/ports";
import { verifyTexts } from "../../client/src/texts/verify";
import { openAnswers } from "../../server/src/cli/boot/answers";
import { readNamed } from "../../server/src/cli/input/named";
import { buttons, english as t } from "../client/english";
import { told, world } from "../client/world";
import { inFolder, inventory, type Setup, useEngine } from "./setup";

// The command of the palette, with the answers of the server, on a real engine.
const setup = useEngine("docker@28/v2", ["systemd-test:252", "debian:12"]);

let all: Setup;
let before: readonly string[];
beforeEach(async (context) => {
  all = setup(context);
  before = await inventory(all);
});

afterEach(async () => {
  if (before) expect(await inventory(all)).toEqual(before);
});

const etc = "/etc/systemd/system";
const boots = 'CMD ["/sbin/init"]\nSTOPSIGNAL SIGRTMIN+3\n';

interface Outcome {
  /** Each problem as `file:line unit`, sorted, with lines from 1. */
  readonly problems: readonly string[];
  readonly messages: readonly string[];
}

/** Verifies the units of a file, or of a service in it. `ui` is different from the usual one in these members. */
async function verify(
  files: Readonly<Record<string, string>>,
  name: string,
  service?: string,
  more: (cancel: () => void) => Partial<Ui> = () => ({}),
): Promise<Outcome> {
  return inFolder({}, async (folder) => {
    for (const [path, text] of Object.entries(files)) {
      await mkdir(dirname(join(folder, path)), { recursive: true });
      await writeFile(join(folder, path), text);
    }
    const what = service === undefined ? name : `${name}#${service}`;
    const input = readNamed(what, undefined, { cwd: folder, err: (line) => expect.fail(line) });
    const cancel = new AbortController();
    let found: readonly VerifyProblem[] = [];
    const { deps, run } = world({
      engine: all.engine,
      server: openAnswers(input, all.engine.facts),
      ui: {
        label: (uri) => uri.slice(uri.lastIndexOf("/") + 1),
        showVerified: (_verified, problems) => {
          found = problems;
        },
        progress: (_title, task) => task(() => undefined, cancel.signal),
        ...more(() => cancel.abort()),
      },
    });
    const uri = pathToFileURL(join(folder, name)).href;
    const messages = await run("verifyUnits", uri, ...(service === undefined ? [] : [service]));
    const problems = found.map(
      ({ place, message }) =>
        `${deps.ui.label(place.uri)}:${place.line + 1} ${/\w+\.service/.exec(message)?.[0]}`,
    );
    return { problems: problems.sort(), messages };
  });
}

const dockerfile = `FROM systemd-test:252
COPY app.service ${etc}/
COPY <<EOF ${etc}/here.service
[Service]
ExecStart=/bin/true
Restart=allways
EOF
${boots}`;
const files = {
  Dockerfile: dockerfile,
  "app.service": "[Service]\nExecStart=/opt/none\nFoo=1\n",
  "more.service": "[Service]\nExecStart=/bin/true\nBar=1\n",
  "compose.yaml": `services:
  web:
    build: .
    volumes: ["./more.service:${etc}/more.service:ro"]
    command: /sbin/init
`,
};
const ofDockerfile = ["Dockerfile:6 here.service", "app.service:2 app.service", "app.service:3 app.service"];

describe("Verify Units", () => {
  test("builds a Dockerfile, and finds the lines of its units, also in a heredoc", async () => {
    const { problems, messages } = await verify(files, "Dockerfile");
    expect(problems).toEqual(ofDockerfile);
    const verified = verifyTexts.verified(t, "Dockerfile", 252, 2, 3);
    expect(messages).toEqual([told("warning", verified, buttons.showProblems())]);
  });

  test("builds the image of a service, and also has the unit that the service mounts", async () => {
    const { problems, messages } = await verify(files, "compose.yaml", "web");
    expect(problems).toEqual([...ofDockerfile, "more.service:3 more.service"].sort());
    const verified = verifyTexts.verified(t, "web", 252, 3, 4);
    expect(messages).toEqual([told("warning", verified, buttons.showProblems())]);
  });

  test("finds nothing in good units", async () => {
    const good = { Dockerfile: `FROM systemd-test:252\nCOPY a.service ${etc}/\n${boots}` };
    const unit = { "a.service": "[Service]\nExecStart=/bin/true\n" };
    expect(await verify({ ...good, ...unit }, "Dockerfile")).toEqual({
      problems: [],
      messages: [told("info", verifyTexts.verified(t, "Dockerfile", 252, 1, 0))],
    });
  });

  test("says what an image without systemd-analyze and a file without units lack", async () => {
    const without = { ...files, Dockerfile: `FROM debian:12\nCOPY app.service ${etc}/\n` };
    expect((await verify(without, "Dockerfile")).messages).toEqual([
      told("warning", verifyTexts.noSystemd(t, "Dockerfile")),
    ]);
    const bare = { Dockerfile: `FROM systemd-test:252\n${boots}` };
    expect((await verify(bare, "Dockerfile")).messages).toEqual([
      told("info", verifyTexts.noUnits(t, "Dockerfile")),
    ]);
  });

  test("goes to the line of a build that fails", async () => {
    const { messages } = await verify({ ...files, Dockerfile: `${dockerfile}RUN exit 7\n` }, "Dockerfile");
    expect(messages).toEqual([expect.stringContaining(`[${buttons.goToLine()}]`)]);
  });

  test("says nothing once it is cancelled", async () => {
    const slow = { ...files, Dockerfile: `FROM systemd-test:252\nRUN echo begun; sleep 60\n${boots}` };
    const cancelAt = (cancel: () => void): Partial<Ui> => ({
      print: (text) => {
        if (text.includes("begun")) cancel();
      },
    });
    expect(await verify(slow, "Dockerfile", undefined, cancelAt)).toEqual({ problems: [], messages: [] });
  });
});
