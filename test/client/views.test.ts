import { expect, test } from "vitest";
import type { BootRecord, BootReport } from "../../client/src/ports";
import { unitFailure } from "../../client/src/texts/exit-status";
import { reportMarkdown } from "../../client/src/views/boot-report";
import { code, fenced, prose } from "../../client/src/views/markdown";
import type { ExplainResult } from "../../server/src/protocol";
import { bootReport, notes } from "./english";
import { nothingKnown, someReport, world } from "./world";

const { ui } = world().deps;

const container = { id: "0123456789abcdef", name: "web", running: true };
const record = (report: BootReport, why: ExplainResult = nothingKnown): BootRecord => {
  return { container, url: "unix:///d", report, why, at: 0 };
};

test("a report says the state, what failed and why, and what the container is like", () => {
  const place = { uri: "file:///work/web/Dockerfile", line: 3, character: 0, endLine: 3, endCharacter: 9 };
  const text = reportMarkdown(
    ui,
    record(
      {
        state: "degraded",
        seconds: 2.345,
        systemd: "systemd 252 (252.39-1~deb12u1)",
        pid1: "/lib/systemd/systemd",
        cgroup: "/init.scope",
        virtualization: "docker",
        targets: ["multi-user.target", "ssh.target"],
        failed: [
          {
            unit: "ssh.service",
            ended: { result: "exit-code", code: 1, status: 255 },
            journal: ["Starting", "no host keys"],
          },
        ],
        mounts: [{ path: "/run", type: "tmpfs", options: "rw|nosuid" }],
        log: "Welcome\r\n\u001b[1;31mred\u001b[0m\n",
      },
      {
        ...nothingKnown,
        causes: [{ line: " a line ", cause: "A cause.", fix: "A fix.", place }],
        units: [
          {
            unit: "ssh.service",
            causes: [{ line: "", cause: "No keys.", fix: "Make some.", rule: "x" }],
            place,
            says: "It comes from here.",
          },
        ],
      },
    ),
  );
  expect(text).toBe(`# ${bootReport.title(prose("web"))}

${bootReport.readAt(prose(new Date(0).toLocaleString()), code("0123456789ab"))}

- ${bootReport.state()}: **${bootReport.degraded(1)}**
- ${bootReport.time()}: ${bootReport.seconds(prose("2.3"))}
- systemd: \`systemd 252 (252.39-1~deb12u1)\`
- PID 1: \`/lib/systemd/systemd\`
- ${bootReport.virtualization()}: \`docker\`
- ${bootReport.cgroup()}: \`/init.scope\`

## ${bootReport.why()}

- **A cause.** A fix. \`web/Dockerfile:4\`

  \`a line\`

## ${bootReport.failedUnits()}

### \`ssh.service\`: ${unitFailure(ui.t, { result: "exit-code", code: 1, status: 255 })}

- **No keys.** Make some. (\`x\`)

It comes from here. \`web/Dockerfile:4\`

\`\`\`
Starting
no host keys
\`\`\`

## ${bootReport.mounts()}

| ${bootReport.mountPath()} | ${bootReport.mountType()} | ${bootReport.mountOptions()} |
| --- | --- | --- |
| \`/run\` | \`tmpfs\` | \`rw\\|nosuid\` |

## ${bootReport.targets()}

\`multi-user.target\`, \`ssh.target\`

## ${bootReport.console()}

\`\`\`
Welcome
red
\`\`\`
`);
});

test("a report leaves out what there is nothing to say about", () => {
  const report = { state: "frozen", exitCode: 1, targets: [], failed: [], mounts: [], log: "" } as const;
  const text = reportMarkdown(ui, record(report));
  expect(text.match(/^#.*/gm)).toEqual([`# ${bootReport.title(prose("web"))}`]);
});

test("a report says what is missing of a long console", () => {
  const report = { ...someReport, log: "first\nlast\n", omitted: { at: 6, characters: 70 } };
  expect(reportMarkdown(ui, record(report))).toContain(
    `\`\`\`\nfirst\n… ${notes.charactersOmitted(70)} …\nlast\n\`\`\``,
  );
});

test("a log cannot break out of its block, nor a name out of its code span", () => {
  expect(fenced("```\n# no heading")).toBe("````\n```\n# no heading\n````");
  expect(code("`x`")).toBe("`` `x` ``");
});
