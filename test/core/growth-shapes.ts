// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are variables of compose files.

import { readIgnore } from "../../client/src/engine/build/ignore";
import { clean } from "../../client/src/engine/container/console";
import { fenced } from "../../client/src/views/markdown";
import { type Edit, withoutConflicts } from "../../server/src/core/base/text";
import { fixFiles } from "../../server/src/core/lint/fix-files";
import { type LintInput, lint } from "../../server/src/core/lint/lint";
import { explainLog } from "../../server/src/core/logs/explain";

const base = "FROM debian:12\nRUN apt-get update && apt-get install -y systemd\n";
const init = 'CMD ["/sbin/init"]\n';

/** `one` so many times, with its number in place of `#`. */
function times(count: number, one: string): string {
  return one.includes("#")
    ? Array.from({ length: count }, (_, index) => one.replaceAll("#", String(index))).join("")
    : one.repeat(count);
}

let calls = 0;

const uris = {
  dockerfile: "file:///w/Dockerfile",
  compose: "file:///w/compose.yaml",
  "github-actions": "file:///w/.github/workflows/w.yml",
};

/** A text that is linted alone. A comment makes it new each time, so that nothing is known of it from before. */
function alone(kind: keyof typeof uris, body: string): LintInput & { readonly kind: typeof kind } {
  const text = `${body}# ${++calls}\n`;
  const uri = uris[kind];
  const read = (asked: string) => (asked === uri ? text : undefined);
  const snapshot = { runFiles: kind === "dockerfile" ? [] : [uri], read };
  return { uri, text, kind, snapshot, settings: { rules: {}, target: undefined } };
}

/** Applies all fixes to a text alone. */
function fixed(kind: "dockerfile" | "compose", body: string) {
  const file = alone(kind, body);
  return fixFiles([file], file.snapshot, file.settings, { hints: true });
}

/** A Dockerfile that boots systemd, with additional lines. */
export const dockerfile = (lines: string) => lint(alone("dockerfile", `${base}${lines}\n${init}`));

/** A service that boots systemd, with additional lines. */
export const compose = (lines: string, before = "", after = "") =>
  lint(
    alone(
      "compose",
      `${before}services:\n  web:\n    image: debian\n    command: /sbin/init\n${lines}${after}`,
    ),
  );

/** A workflow with a step whose script is the lines. */
const workflow = (run: string) =>
  lint(alone("github-actions", `on: push\njobs:\n  j:\n    steps:\n      - run: ${run}\n`));
const started = "docker run --init a/b# /sbin/init";

const bare = "  s#:\n    image: x\n    command: /sbin/init\n";
/** Insertions in the order of their places. */
const insertions = (count: number): Edit[] =>
  Array.from({ length: count }, (_, at) => ({ span: { start: at, end: at }, text: "" }));

const esc = "\u001b";

/** What is repeated, how often at first, and what reads it. */
export type Shape = readonly [name: string, count: number, read: (count: number) => unknown];

export const shapes: readonly Shape[] = [
  ["a long word", 20_000, (n) => dockerfile(`RUN systemctl enable ${times(n, "a")}`)],
  ["many words", 600, (n) => dockerfile(`RUN apt-get install -y ${times(n, "pkg# ")}`)],
  ["many quotes", 2000, (n) => dockerfile(`RUN echo ${times(n, "'a'\"b\"")}`)],
  ["dollar signs", 4000, (n) => dockerfile(`RUN echo ${times(n, "$")}`)],
  ["variables that are put in", 300, (n) => dockerfile(`ENV A=b\nRUN systemctl enable ${times(n, "$A ")}`)],
  ["backslashes", 5000, (n) => dockerfile(`RUN echo ${times(n, "\\\\")}a`)],
  ["continued lines", 2000, (n) => dockerfile(`RUN a ${times(n, "\\\n")} b`)],
  ["comments in a RUN", 1000, (n) => dockerfile(`RUN a \\\n${times(n, "# c\n")} b`)],
  ["blanks before a command", 20_000, (n) => dockerfile(`RUN x; ${times(n, " ")}systemctl start b; y`)],
  [
    "continued blanks before a command",
    5000,
    (n) => dockerfile(`RUN x;${times(n, "\\\n")}systemctl start b; y`),
  ],
  ["commands in a script of a workflow", 60, (n) => workflow(`|\n${times(n, `          ${started}\n`)}`)],
  ["commands in a folded script", 60, (n) => workflow(`>\n${times(n, `          ${started};\n`)}`)],
  ["escapes in a script", 2000, (n) => workflow(`"${started} ${times(n, "\\\\x41\\\n          ")}"`)],
  ["steps of a workflow", 60, (n) => workflow(times(n, `${started}\n      - run: `))],
  [
    "templates that end too early",
    100,
    (n) => workflow(`${started}\n${times(n, `        env#: "{{ a\n        }}"\n`)}`),
  ],
  ["expressions in a script", 500, (n) => workflow(`${started} ${times(n, "${{ a }}")}`)],
  ["expressions without an end", 2000, (n) => workflow(`${started} ${times(n, "${{ ")}`)],
  ["commands of a RUN", 60, (n) => dockerfile(`RUN ${times(n, "systemctl enable a# && ")} true`)],
  ["commands that must go", 50, (n) => dockerfile(`RUN ${times(n, "systemctl start a# && ")} true`)],
  ["subshells", 40, (n) => dockerfile(`RUN ${times(n, "A#=b; (cd /; $(x)); ")} true`)],
  ["assignments to a list", 200, (n) => dockerfile(`RUN ${times(n, "A+=(b#); ")} true`)],
  ["assignments under a condition", 100, (n) => dockerfile(`RUN ${times(n, "if x; then A=b#; fi; ")} $A`)],
  [
    "a loop over many words",
    500,
    (n) => dockerfile(`RUN for i in ${times(n, "a# ")}; do systemctl enable $i; done`),
  ],
  [
    "uses of a loop's variable",
    200,
    (n) => dockerfile(`RUN for i in a b c d; do echo ${times(n, "$i ")}; done`),
  ],
  ["heredocs of a RUN", 300, (n) => dockerfile(`RUN ${times(n, "<<A ")}\n${times(n, "x\nA\n")}`)],
  [
    "files by heredoc",
    30,
    (n) => dockerfile(times(n, "COPY <<A /etc/systemd/system/a#.service\n[Service]\nExecStart=/a\nA\n")),
  ],
  ["instructions", 50, (n) => dockerfile(times(n, "RUN systemctl enable a#.service\n"))],
  ["RUN that must go", 30, (n) => dockerfile(times(n, "RUN systemctl start a#\n"))],
  ["ENV", 150, (n) => dockerfile(times(n, "ENV A# b\n"))],
  ["variables of an ENV", 400, (n) => dockerfile(`ENV ${times(n, "A#=b ")}`)],
  ["ARG", 150, (n) => dockerfile(times(n, "ARG A#=b\n"))],
  ["VOLUME", 60, (n) => dockerfile(times(n, "VOLUME /sys/fs/cgroup\n"))],
  ["paths of a VOLUME", 500, (n) => dockerfile(`VOLUME ${times(n, "/run ")}`)],
  ["strings of a VOLUME", 500, (n) => dockerfile(`VOLUME [${times(n, '"/sys/fs/cgroup",')}"/a"]`)],
  ["EXPOSE", 500, (n) => dockerfile(times(n, "EXPOSE #\n"))],
  ["a health check", 2000, (n) => dockerfile(`HEALTHCHECK CMD ${times(n, "is-system-running ")}`)],
  ["health checks", 200, (n) => dockerfile(times(n, "HEALTHCHECK CMD systemctl is-system-running\n"))],
  ["rm of links", 30, (n) => dockerfile(times(n, "RUN rm -f /lib/systemd/system/*.wants/*\n"))],
  [
    "links of an rm",
    80,
    (n) => dockerfile(`RUN rm -f ${times(n, "/etc/systemd/system/a#.target.wants/* ")}`),
  ],
  [
    "units and what deletes their links",
    30,
    (n) =>
      dockerfile(
        times(
          n,
          "RUN systemctl enable a#\nRUN rm -f /etc/systemd/system/multi-user.target.wants/a#.service\n",
        ),
      ),
  ],
  [
    "stars of a glob",
    500,
    (n) =>
      dockerfile(`RUN systemctl enable ${times(60, "a")}\nRUN find /etc -name '${times(n, "*a")}*b' -delete`),
  ],
  ["folders below /run", 40, (n) => dockerfile(times(n, "RUN mkdir /run/a#\n"))],
  [
    "folders below /run and what uses them",
    20,
    (n) =>
      dockerfile(
        times(
          n,
          "RUN mkdir /run/a#\nCOPY <<A /etc/systemd/system/a#.service\n[Service]\nWorkingDirectory=/run/a#\nA\n",
        ),
      ),
  ],
  [
    "files that commands of a RUN write",
    40,
    (n) => dockerfile(`RUN ${times(n, "cat <<A# > /a#; ")}\n${times(n, "x#\nA#\n")}`),
  ],
  [
    "units that are started and enabled",
    30,
    (n) => dockerfile(times(n, "RUN systemctl start a#\n") + times(n, "RUN systemctl enable b#\n")),
  ],
  [
    "units that come after they are enabled",
    20,
    (n) =>
      dockerfile(
        `RUN ${times(n, "systemctl enable a#.service && ")} true\n${times(n, "COPY a#.service /etc/systemd/system/\n")}`,
      ),
  ],
  ["comments", 1000, (n) => dockerfile(times(n, "# comment\n"))],
  ["blank lines", 10_000, (n) => dockerfile(times(n, "\n"))],
  ["ignore comments", 200, (n) => dockerfile(times(n, "# systemd-containers-ignore image-stop-signal\n"))],
  [
    "ignore comments and what they cover",
    40,
    (n) =>
      dockerfile(times(n, "# systemd-containers-ignore image-systemctl-at-build\nRUN systemctl start a#\n")),
  ],
  ["rules of an ignore comment", 2000, (n) => dockerfile(`# systemd-containers-ignore ${times(n, "a# ")}`)],
  ["stages", 30, (n) => dockerfile(times(n, "FROM debian AS a#\nRUN apt-get install -y systemd\n"))],
  ["keys", 400, (n) => compose(times(n, "    k#: x\n"))],
  ["anchors and aliases", 150, (n) => compose("", times(n, "x-#: &a# {b: c}\ny-#: *a#\n"))],
  ["merges", 100, (n) => compose(`    <<: [${times(n, "*a#, ")}*a0]\n`, times(n, "x-#: &a# {k#: c}\n"))],
  ["volumes", 60, (n) => compose(`    volumes:\n${times(n, "      - /a#:/a#\n")}`)],
  [
    "equal volumes",
    60,
    (n) => compose(`    volumes:\n${times(n, "      - /sys/fs/cgroup:/sys/fs/cgroup:ro\n")}`),
  ],
  ["environment", 150, (n) => compose(`    environment:\n${times(n, "      A#: b\n")}`)],
  ["environment as a list", 150, (n) => compose(`    environment:\n${times(n, "      - A#=b\n")}`)],
  ["ports", 200, (n) => compose(`    ports:\n${times(n, '      - "#:#"\n')}`)],
  ["capabilities", 200, (n) => compose(`    privileged: true\n    cap_add: [${times(n, "A#, ")}A]\n`)],
  ["security options", 60, (n) => compose(`    security_opt:\n${times(n, "      - label:a#\n")}`)],
  ["tmpfs options", 3000, (n) => compose(`    tmpfs: ["/run:${times(n, "a#=b,")}"]\n`)],
  ["words of a command", 500, (n) => compose(`    entrypoint: ["/sbin/init", ${times(n, "a#, ")}b]\n`)],
  ["variables of a value", 500, (n) => compose(`    stop_signal: "${times(n, "${A:-b}")}"\n`)],
  ["nested brackets", 200, (n) => compose(`    x: ${times(n, "[")}${times(n, "]")}\n`)],
  ["services", 6, (n) => compose("", "", times(n, "  s#:\n    image: x\n    command: /sbin/init\n"))],
  ["services that are fixed", 6, (n) => fixed("compose", `services:\n${times(n, bare)}`)],
  [
    "services that are fixed against their ignore comments",
    6,
    (n) => fixed("compose", `services:\n${times(n, `  # systemd-containers-ignore run-tmpfs-run\n${bare}`)}`),
  ],
  [
    "RUN that are fixed",
    30,
    (n) => fixed("dockerfile", `${base}${times(n, "RUN systemctl start a#\n")}${init}`),
  ],
  [
    "services that share a fragment",
    6,
    (n) => compose("", "x-a: &a {image: x, command: /sbin/init, tty: false}\n", times(n, "  s#: {<<: *a}\n")),
  ],
  [
    "ignore comments of services",
    6,
    (n) =>
      compose(
        "",
        "",
        times(
          n,
          "  # systemd-containers-ignore run-tmpfs-run\n  s#:\n    image: x\n    command: /sbin/init\n",
        ),
      ),
  ],
  [
    "lines of a log",
    200,
    (n) => explainLog({ log: times(n, "systemd[1]: a#.service: Failed with result 'exit-code'.\n") }),
  ],
  ["terminal sequences of a log", 5000, (n) => explainLog({ log: times(n, `${esc}]`) })],
  ["terminal sequences of a console", 20_000, (n) => clean(times(n, `${esc}]`))],
  ["carriage returns of a console", 20_000, (n) => clean(`${times(n, "\r")}x\u2028${times(n, "\u2028")}`)],
  ["terminal sequences of a journal", 20_000, (n) => fenced(times(n, `${esc}]`))],
  ["code marks of a journal", 50_000, (n) => fenced(times(n, "`a"))],
  ["patterns of an ignore file", 300, (n) => readIgnore(times(n, "**/*a#\n"), false).ignores("a/b/c")],
  ["edits that are chosen", 200, (n) => withoutConflicts(insertions(n), (edit) => [edit])],
];
