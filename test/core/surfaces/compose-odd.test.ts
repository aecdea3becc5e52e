import fc from "fast-check";
import { expect, it } from "vitest";
import { applyEdits } from "../../../server/src/core/base/text";
import { applySteps, type ContainerSpec } from "../../../server/src/core/container/spec";
import { composeProblems, readCompose } from "../../../server/src/core/surfaces/compose/read";
import { normal, steps, uri } from "../container/helpers";

/** Lines of a service in styles that are rare, in combinations that no one writes. */
const line = fc.constantFrom(
  "\n",
  "\n\n",
  "\r\n",
  "\t# tab",
  " # comment",
  "\n    # comment",
  "\n    tmpfs:",
  "\n    tmpfs: /run",
  "\n    tmpfs: !override\n",
  "\n    - /run",
  "\n      - /run",
  "\n      - &a /run/lock # c",
  "\n      -",
  " [/run, /tmp]",
  " {A: b}",
  "\n    environment:",
  "\n    environment: &e",
  "\n    environment: *e",
  "\n      <<: *e",
  "\n      A: b",
  "\n      container: x # c",
  "\n      - container=y",
  "\n    init: true",
  "\n    init: *a",
  "\n    image: &a x",
  "\n    ? tty\n    : true",
  "\n    tty: !!bool true",
  '\n    privileged: "true"',
  "\n    volumes:",
  "\n      - /sys/fs/cgroup:/sys/fs/cgroup:ro",
  "\n      - type: tmpfs\n        target: /run",
  "\n      - {type: bind, source: /a, target: /run}",
  "\n    <<: *base",
  "\n    command: >\n      sh -c\n\n",
  "\n    command: |+\n      x\n\n",
  "\n    command: [a, # x\n     b]",
  "\n    security_opt: [ writable-cgroups , 'a=b' ,]",
  "\n    security_opt: &so\n",
  "\n      - seccomp:unconfined",
  "\n    stop_signal:\n      SIGTERM",
  "\n    stop_signal: 'x\n      y'",
  "\n    extends: db",
  "\n  db:",
  "\n  db: *base",
  "\n  db: {security_opt: *so}",
);

const head = fc.constantFrom(
  "x-base: &base\n  privileged: true\n  tmpfs: [/run]\nservices:\n  web:",
  "x-base: &base {init: true}\nservices:\n  web: &w",
  "services:\n  db: &base\n    init: true\n  web:",
);

it("edits of odd files mean what the steps mean, or are not offered", () => {
  let changed = 0;
  fc.assert(
    fc.property(
      head,
      fc.array(line, { maxLength: 8 }),
      fc.shuffledSubarray(Object.values(steps), { minLength: 1 }),
      (start, lines, chosen) => {
        const text = start + lines.join("");
        const { containers } = readCompose(uri, text, () => undefined);
        const problems = composeProblems(uri, text);
        const source = containers.find(({ name }) => name === "web");
        const edits = problems.length > 0 ? undefined : source?.changes(chosen)[0]?.edits;
        if (!source || !edits) return;
        changed++;
        const edited = applyEdits(text, edits);
        const after = readCompose(uri, edited, () => undefined);
        expect(composeProblems(uri, edited)).toEqual([]);
        const spec = after.containers.find(({ name }) => name === "web")?.spec as ContainerSpec;
        expect(normal(spec)).toEqual(normal(applySteps(source.spec, chosen)));
      },
    ),
    { numRuns: 1_000 },
  );
  expect(changed).toBeGreaterThan(200);
});
