import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseDocument } from "yaml";
import { applyEdits, conflict } from "../../../server/src/core/base/text";
import { applySteps, type ContainerSpec } from "../../../server/src/core/container/spec";
import { composeProblems, readCompose } from "../../../server/src/core/surfaces/compose/read";
import { renderCompose } from "../../../server/src/core/surfaces/compose/render";
import { runs, stepKeys, stepsBetween } from "../container/arbitrary";
import { normal, service, uri } from "../container/helpers";

/** A service in one of the styles in which people write it. */
type Style = (spec: ContainerSpec) => string;

const block: Style = (spec) => renderCompose(spec, "web");
const bodyOf = (spec: ContainerSpec) => block(spec).split("\n").slice(2, -1);

const styles: Record<string, Style> = {
  "block style": (spec) => `# head\n${block(spec)}  other: # tail\n    image: o # last\n`,
  "comments on every line": (spec) =>
    bodyOf(spec).reduce(
      (text, line, n) => `${text}${line} # c${n}\n\n    # own ${n}\n`,
      "services:\n  web: # name\n",
    ),
  "sequences without indentation": (spec) => block(spec).replace(/^ {6}(?=- | {2}\w)/gm, "    "),
  "no line ending at the end": (spec) => block(spec).trimEnd(),
  "carriage returns": (spec) => `${block(spec)}volumes: {}\n`.replaceAll("\n", "\r\n"),
  "flow style": (spec) => flowOf(spec, undefined),
  JSON: (spec) => flowOf(spec, 2),
  "a merged fragment": (spec) => {
    const body = bodyOf(spec).map((line) => line.slice(2));
    const fragment = body.length > 0 ? `x-base: &base # f\n${body.join("\n")}\n` : "x-base: &base {}\n";
    return `${fragment}services:\n  web:\n    <<: *base\n  db:\n    <<: *base\n    image: db\n`;
  },
  "variables as a list": (spec) => {
    const simple = Object.values(spec.environment).every(
      (value) => value === undefined || /^[a-z][\w./]*$/.test(value),
    );
    const list = (lines: string) =>
      lines.replace(
        /^ {6}("?)(\w+)\1:(?: (.*))?$/gm,
        (_, _quote, name, value) =>
          `      - ${value === undefined ? name : `${name}=${value.replaceAll('"', "")}`}`,
      );
    return simple ? block(spec).replace(/(?<=\n {4}environment:\n)( {6}[^\n]*\n)+/, list) : block(spec);
  },
};

function flowOf(spec: ContainerSpec, indent: number | undefined): string {
  const data = parseDocument(block(spec)).toJS() as unknown;
  return `${JSON.stringify(data, (_, value) => value, indent)}\n`;
}

function readable(text: string): boolean {
  return parseDocument(text, { logLevel: "silent" }).errors.length === 0;
}

describe("any run in compose", () => {
  it("reads back as what was rendered", () => {
    fc.assert(
      fc.property(runs, (spec) => {
        const text = renderCompose(spec, "web");
        const { containers: read } = readCompose(uri, text, () => undefined);
        expect(composeProblems(uri, text)).toEqual([]);
        expect(normal(read[0]?.spec as ContainerSpec)).toEqual(normal(spec));
      }),
      { numRuns: 150 },
    );
  });

  for (const [name, style] of Object.entries(styles)) {
    it(`is edited into any other in ${name}, and all else stays`, () => {
      fc.assert(
        fc.property(runs, runs, fc.shuffledSubarray(stepKeys), (from, to, keys) => {
          const text = style(from);
          expect(readable(text)).toBe(true);
          const source = service(text);
          expect(normal(source.spec)).toEqual(normal(from));
          const steps = stepsBetween(from, to, keys);
          const edits = source.changes(steps)[0]?.edits;
          if (!edits) throw new Error("the surface cannot say it");
          edits.forEach((edit, index) => {
            expect(edit.span.start).toBeGreaterThanOrEqual(0);
            expect(edit.span.end).toBeLessThanOrEqual(text.length);
            if (index > 0) expect(edit.span.start).toBeGreaterThanOrEqual(edits[index - 1]?.span.end ?? 0);
          });
          const after = applyEdits(text, edits);
          expect(readable(after)).toBe(true);
          expect(normal(service(after).spec)).toEqual(normal(applySteps(source.spec, steps)));
          expect(rest(after, keys)).toEqual(rest(text, keys));
          expect(comments(after)).toEqual(
            comments(text).filter((comment) => comments(after).includes(comment)),
          );
          if (edits.length === 0) expect(after).toBe(text);
        }),
        { numRuns: 60 },
      );
    });
  }

  it("keeps the edits of two keys apart, unless both write to one place", () => {
    fc.assert(
      fc.property(
        runs,
        runs,
        fc.shuffledSubarray(stepKeys, { minLength: 2, maxLength: 2 }),
        (from, to, [first, second]) => {
          const text = styles["block style"]?.(from) ?? "";
          const source = service(text);
          const [a, b] = [first, second].map(
            (key) => source.changes(stepsBetween(from, to, [key as string]))[0]?.edits ?? [],
          );
          const clashes = (a ?? []).flatMap((one) =>
            (b ?? []).filter((other) => conflict(one, other)).map((other) => [one, other]),
          );
          for (const [one, other] of clashes) expect(one?.span).toEqual(other?.span);
          if (clashes.length > 0) return;
          const after = applyEdits(text, [...(a ?? []), ...(b ?? [])]);
          const target = applySteps(source.spec, stepsBetween(from, to, [first as string, second as string]));
          expect(normal(service(after).spec)).toEqual(normal(target));
        },
      ),
      { numRuns: 150 },
    );
  });
});

/** What the file reports apart from the service's own keys that were changed. */
function rest(text: string, keys: readonly string[]): unknown {
  const data = parseDocument(text, { merge: false, logLevel: "silent" }).toJS() as Record<
    string,
    Record<string, unknown>
  >;
  const { web, ...services } = data.services as Record<string, Record<string, unknown>>;
  for (const each of [web, ...Object.values(services)]) delete each?.["<<"];
  const touched = new Set(keys.flatMap((key) => composeKeys[key] ?? [key]));
  const untouched = Object.entries({ ...data["x-base"], ...web }).filter(([key]) => !touched.has(key));
  return { ...data, "x-base": undefined, services, web: Object.fromEntries(untouched) };
}

const composeKeys: Record<string, string[]> = {
  stopSignal: ["stop_signal"],
  stopGrace: ["stop_grace_period"],
  network: ["network_mode"],
  readOnly: ["read_only"],
  cgroupNamespace: ["cgroup"],
  usernsMode: ["userns_mode"],
  name: ["container_name"],
  memory: ["mem_limit"],
  mounts: ["volumes"],
  tmpfs: ["tmpfs", "volumes"],
  securityOptions: ["security_opt"],
  capabilities: ["cap_add"],
};

function comments(text: string): string[] {
  return text.match(/# (c\d+|own \d+|head|tail|last|name|f)$/gm) ?? [];
}
