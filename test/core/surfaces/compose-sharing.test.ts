import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseAllDocuments } from "yaml";
import { applyEdits } from "../../../server/src/core/base/text";
import { applySteps, type SpecChange } from "../../../server/src/core/container/spec";
import { fixAll } from "../../../server/src/core/lint/fix";
import { lint } from "../../../server/src/core/lint/lint";
import { defaultSettings } from "../../../server/src/core/lint/settings";
import { subjectsOf } from "../../../server/src/core/project/subjects";
import { composeProblems, readCompose } from "../../../server/src/core/surfaces/compose/read";
import { dedent, normal, steps, uri } from "../container/helpers";
import { noFiles } from "../no-files";

// A change of one service leaves the data of every other as it is, aliases and merges expanded, unless it reports
// that it changes them too; and of the service itself it changes only what the steps are about.

const read = (text: string) => readCompose(uri, text, () => undefined).containers;

/** What each service reports once documents, anchors, merges and `extends` are put together, key by key. */
function services(text: string): Record<string, Record<string, unknown>> {
  const found: Record<string, Record<string, unknown>> = {};
  for (const document of parseAllDocuments(text, { schema: "failsafe", merge: true, logLevel: "silent" })) {
    if (!("errors" in document)) continue;
    expect(document.errors).toEqual([]);
    const data = document.toJS() as { services?: Record<string, Record<string, unknown> | null> } | null;
    for (const [name, body] of Object.entries(data?.services ?? {}))
      found[name] = { ...found[name], ...(typeof body === "object" ? body : {}) };
  }
  const whole = (name: string): Record<string, unknown> => {
    const body = found[name] ?? {};
    if (typeof body.extends !== "string") return body;
    const base = whole(body.extends);
    const keys = [...new Set([...Object.keys(base), ...Object.keys(body)])];
    // Compose takes a single value and a command from the service, and puts other lists and mappings together.
    const put = (key: string) =>
      typeof body[key] === "object" && key !== "command" ? [base[key], body[key]] : (body[key] ?? base[key]);
    return Object.fromEntries(keys.map((key) => [key, put(key)]));
  };
  return Object.fromEntries(Object.keys(found).map((name) => [name, whole(name)]));
}

function changedKeys(before: Record<string, unknown> = {}, after: Record<string, unknown> = {}): string[] {
  const keys = new Set([...Object.keys(before), ...Object.keys(after)]);
  return [...keys].filter((key) => JSON.stringify(before[key]) !== JSON.stringify(after[key])).sort();
}

const composeKeys: Record<string, string[]> = {
  init: ["init"],
  tty: ["tty"],
  stopSignal: ["stop_signal"],
  privileged: ["privileged"],
  stopGrace: ["stop_grace_period"],
  command: ["command"],
  tmpfs: ["tmpfs", "volumes"],
  securityOptions: ["security_opt"],
  mounts: ["volumes", "tmpfs"],
  cgroupNamespace: ["cgroup"],
};
const keysOf = (step: SpecChange) => ("key" in step ? (composeKeys[step.key] ?? []) : ["environment"]);

const before = fc.constantFrom("", "", "&KEY ", "!!str ", "&KEY !!str ");
const behind = fc.constantFrom("", "", " # why", "\t# why");
const gap = fc.constantFrom("", "", "", "    # of its own\n", "\n", "\n    # of its own\n\n");

/** Keys of a service with their values, `VALUE` before the value for an anchor of its. */
const entry = fc.constantFrom(
  ["image", " VALUEx"],
  ["image", "\tx"],
  ["init", " VALUEtrue"],
  ["init", " !!bool true"],
  ["privileged", " VALUEtrue"],
  ["stop_signal", " VALUESIGTERM"],
  ["stop_signal", " *signal"],
  ["stop_signal", "\n      SIGTERM"],
  ["command", " VALUE/sbin/init"],
  ["command", " VALUE[/sbin/init, '--log-level=info']"],
  ["command", " >-\n      /sbin/init\n      --log-level=info"],
  ["command", " |\n      /sbin/init\n"],
  ["command", " !!seq\n      - /sbin/init"],
  ["tmpfs", " VALUE/run"],
  ["tmpfs", " VALUE[/run, &TMP /run/lock]"],
  ["tmpfs", " VALUE\n      - /run # run\n      # lock\n      - &TMP /run/lock"],
  ["tmpfs", "\n    - !!str /run"],
  ["tmpfs", " *tmpfs"],
  ["tmpfs", " VALUE"],
  ["tmpfs", ""],
  ["environment", " VALUE\n      A: b"],
  ["environment", " VALUE{A: b, &ENV container: x}"],
  ["environment", "\n      - container=x\n      - A=b"],
  ["environment", " *env"],
  ["environment", "\n      <<: *env\n      A: c"],
  ["environment", ""],
  ["security_opt", "\n      - seccomp=unconfined\n      - writable-cgroups"],
  ["security_opt", " ['seccomp=unconfined', \"writable-cgroups\"]"],
  ["volumes", "\n      - /sys/fs/cgroup:/sys/fs/cgroup:ro"],
  ["volumes", "\n      - &VOL {type: tmpfs, target: /run}\n      - data:/data"],
  ["labels", " VALUE{a: b}"],
  ["labels", " *env"],
  ["<<", " *base"],
  ["<<", " [*base, *other]"],
  ["<<", " *FIRST"],
  ["extends", " FIRST"],
) as fc.Arbitrary<[key: string, value: string]>;

const body = fc.oneof(
  { weight: 1, arbitrary: fc.constantFrom(" *base", " *FIRST", "", " &SELF", " # nothing", " ~", " {}") },
  {
    weight: 8,
    arbitrary: fc
      .tuple(
        fc.constantFrom("", "", " # why", " &SELF", " &SELF !!map", " !!map", " &SELF # why", "\n    &SELF"),
        fc.uniqueArray(fc.tuple(entry, before, behind, gap, fc.boolean()), {
          selector: ([[key]]) => key,
          minLength: 1,
          maxLength: 6,
        }),
      )
      .map(
        ([head, entries]) =>
          head +
          entries
            .map(([[key, value], decoration, comment, space, anchored], index) => {
              const start = key === "<<" ? "" : decoration.replace("KEY", `k${index}NAME`);
              const said = value.replace("VALUE", anchored ? `&v${index}NAME ` : "").trimEnd();
              return `\n${space}    ${start}${key}:${said}${said.includes("\n") ? "" : comment}`;
            })
            .join(""),
      ),
  },
);

const fragments = dedent(`
  x-signal: &signal SIGTERM
  x-tmpfs: &tmpfs [/run]
  x-env: &env {container: y, A: b}
  x-base: &base # of all
    init: true
    stop_signal: SIGTERM
    tmpfs:
      - /run
    environment:
      container: y
  x-other: &other {tty: true, privileged: true}
`);

const files = fc
  .record({
    bodies: fc.array(body, { minLength: 2, maxLength: 4 }),
    end: fc.constantFrom(
      "\n",
      "",
      "\n# end\n",
      "\nvolumes:\n  data:\n",
      "\n---\nservices:\n  last:\n    image: z\n",
    ),
    start: fc.constantFrom("", "", "---\n", "%YAML 1.2\n---\n"),
    crlf: fc.boolean(),
  })
  .map(({ bodies, start, end, crlf }) => {
    const names = ["web", "db", "mail", "log"];
    const text = bodies.map((one, index) => {
      const name = names[index] as string;
      const said = index === 0 ? one.replaceAll("*FIRST", "*base").replace(/\n.*extends:.*/, "") : one;
      const self = index === 0 ? one.replace(/(^|\n {4}) ?&SELF/, "$1") : one;
      const anchor = index === 0 ? " &first" : "";
      const own = (
        index === 0 ? self.replaceAll("*FIRST", "*base").replace(/\n[^\n]*extends:[^\n]*/, "") : said
      )
        .replaceAll("*FIRST", "*first")
        .replaceAll("FIRST", "web")
        .replaceAll(/SELF|NAME|TMP|ENV|VOL/g, (word) => `${word.toLowerCase()}${index}`);
      return `  ${name}:${/^ ?(\*|~|\{)/.test(own) || own === "" ? "" : anchor}${own}\n`;
    });
    const whole = `${start}${fragments}services:\n${text.join("")}`.replace(/\n$/, "") + end;
    return crlf ? whole.replaceAll("\n", "\r\n") : whole;
  })
  .filter((text) => composeProblems(uri, text).length === 0);

describe("a change of a service in a file that shares", () => {
  it("changes no other without saying so, and of its own only what it is about", () => {
    let alone = 0;
    let said = 0;
    fc.assert(
      fc.property(
        files,
        fc.shuffledSubarray(Object.values(steps), { minLength: 1, maxLength: 3 }),
        (text, chosen) => {
          const old = services(text);
          for (const source of read(text)) {
            for (const { edits, runs } of source.changes(chosen)) {
              expect(runs).toContain(source.name);
              const after = applyEdits(text, edits);
              expect(composeProblems(uri, after)).toEqual([]);
              const now = services(after);
              const others = Object.keys(old).filter((name) => name !== source.name);
              for (const name of others) if (!runs.includes(name)) expect(now[name]).toEqual(old[name]);
              const allowed = new Set(chosen.flatMap(keysOf));
              for (const name of runs)
                expect(changedKeys(old[name], now[name]).filter((key) => !allowed.has(key))).toEqual([]);
              const spec = read(after).find(({ name }) => name === source.name)?.spec;
              expect(spec && normal(spec)).toEqual(normal(applySteps(source.spec, chosen)));
              if (runs.length > 1) said++;
              else alone++;
            }
          }
        },
      ),
      { numRuns: 250 },
    );
    expect(alone).toBeGreaterThan(100);
    expect(said).toBeGreaterThan(20);
  });

  it("is made by Fix All only where systemd starts", () => {
    let fixed = 0;
    let kept = 0;
    fc.assert(
      fc.property(files, (text) => {
        const input = {
          uri,
          text,
          snapshot: noFiles,
          settings: defaultSettings,
        };
        const after = fixAll(input).text;
        if (after === text) return;
        fixed++;
        expect(composeProblems(uri, after)).toEqual([]);
        const reached = new Set(
          lint(input).findings.flatMap(({ fixes }) =>
            fixes.flatMap(({ reach, safe }) => (reach && safe ? reach.runs : [])),
          ),
        );
        const plain = subjectsOf({ ...input, target: undefined }).containers.filter(
          ({ boot }) => boot.boots === "no",
        );
        const [old, now] = [services(text), services(after)];
        for (const { source } of plain) {
          if (reached.has(source.name)) continue;
          kept++;
          expect(now[source.name]).toEqual(old[source.name]);
        }
        expect(fixAll({ ...input, text: after }).text).toBe(after);
      }),
      { numRuns: 120 },
    );
    expect(fixed).toBeGreaterThan(30);
    expect(kept).toBeGreaterThan(5);
  });
});

describe("privileges that services share", () => {
  const service = (name: string, keys: string) =>
    `  ${name}:\n    image: registry.access.redhat.com/ubi9/ubi-init\n${keys}`;
  const shares = {
    "a fragment": `x-base: &base\n  privileged: true\nservices:\n${service("web", "    <<: *base\n")}${service("db", "    <<: *base\n")}`,
    "a service that they extend": `services:\n${service("base", "    privileged: true\n")}${service("web", "    extends: base\n")}${service("db", "    extends: base\n")}`,
  };

  it.each(Object.entries(shares))("in %s are replaced for all of them", (_, text) => {
    const target = { engine: "docker", version: "28.5.2", cgroupVersion: 2 } as const;
    const { findings } = lint({ uri, text, snapshot: noFiles, settings: { rules: {}, target } });
    const [fix] = findings
      .filter(({ rule, subjects }) => rule === "run-privileged" && subjects.includes("db"))
      .flatMap(({ fixes }) => fixes);
    const specs = read(applyEdits(text, fix?.edits ?? [])).map(({ spec }) => normal(spec));
    expect(specs[0]).toMatchObject({ securityOptions: ['"writable-cgroups=true"'] });
    expect(specs[0]).not.toHaveProperty("privileged");
    expect(specs).toEqual(specs.map(() => specs[0]));
  });
});
