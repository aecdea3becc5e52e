import { describe, expect, test } from "vitest";
import boots from "../../server/src/core/docs/evidence/boots.json";
import fixRows from "../../server/src/core/docs/evidence/fixes.json";
import keptRows from "../../server/src/core/docs/evidence/kept.json";
import {
  cellText,
  evidenceKind,
  type Proof,
  proofsOf,
  proofText,
  type Seen,
} from "../../server/src/core/docs/evidence/proofs";
import { type WorkloadProof, workloadText } from "../../server/src/core/docs/evidence/workloads";
import workloads from "../../server/src/core/docs/evidence/workloads.json";
import { rulePage } from "../../server/src/core/docs/page";
import type { Example } from "../../server/src/core/lint/example";
import { imageRule, type Rule } from "../../server/src/core/lint/rule";
import { rules } from "../../server/src/core/lint/rules/index";
import { engineNames } from "../lab";
import { adviceCells, recipes } from "../lab/prove/advice";
import { digestOf } from "../lab/prove/digest";
import { type Checked, cellName, checked } from "../lab/prove/part";
import { plansPart } from "../lab/prove/plans";
import { bootsPart, tellingLine } from "../lab/prove/prove";
import { workloadsPart } from "../lab/prove/workloads";
import { made } from "./blind";
import { examplesOf } from "./example";
import { adviceRows, fixes, kept, planRows } from "./proven";

const example: Example = {
  says: "A signal.",
  source: `
    FROM debian:12
    STOPSIGNAL SIGTERM
    #          ^^^^^^^ SIGTERM
  `,
  fixed: "FROM debian:12\nSTOPSIGNAL SIGRTMIN+3\n",
  boot: { before: { state: "running", stopCode: 137 }, after: { state: "running", stopCode: 0 } },
};
const rule = imageRule({
  ...made,
  id: "image-signal",
  evidence: { sourced: "a book", why: "no engine." },
  *check() {},
});
const proof: Proof = {
  rule: "image-signal",
  example: "A signal.",
  digest: digestOf(example),
  date: "2026-11-24",
  engine: "docker",
  version: "28.5.2+dfsg1",
  cgroupVersion: 2,
  systemd: 252,
  before: { state: "running", stopCode: 137 },
  after: { state: "running", stopCode: 0 },
};

describe("a proof", () => {
  test("is of a rule", () => {
    expect(proofsOf(rule, [proof])).toEqual([proof]);
    expect(proofsOf({ ...rule, id: "image-other" }, [proof])).toEqual([]);
  });

  test("is of the text that was booted", () => {
    const other = { ...example, fixed: "FROM debian:12\nSTOPSIGNAL SIGRTMIN+4\n" };
    expect(digestOf(other)).not.toBe(proof.digest);
  });

  test("outlives another indentation, another mark, another sentence", () => {
    const source = "FROM debian:12\nSTOPSIGNAL SIGTERM\n#          ^^^^ other\n";
    expect(digestOf({ ...example, says: "Another sentence.", source })).toBe(proof.digest);
  });

  test("says where", () => {
    expect(cellText(proof)).toBe("Docker 28.5 · cgroup v2 · systemd 252");
  });

  test.each<[Seen, string]>([
    [{ state: "exited", exitCode: 255, log: "no `x`" }, "exits with code 255 (`no 'x'`)"],
    [{ state: "refused", log: "invalid" }, "rejected by the engine (`invalid`)"],
    [{ state: "build-fails" }, "the build fails"],
    [{ state: "frozen" }, "frozen"],
    [
      { state: "degraded", failed: ["a.service", "b.mount"], stopCode: 0 },
      "degraded (a.service, b.mount), stops with exit code 0",
    ],
    [
      { state: "running", inactive: ["ssh.service"], stopCode: 137 },
      "running, ssh.service inactive, killed when stopped (exit code 137)",
    ],
  ])("says how it ended: %o", (before, text) => {
    expect(proofText({ ...proof, before })).toBe(`${text} → running, stops with exit code 0`);
  });
});

describe("the rows of a part", () => {
  const rows = ["a", "b"].map((title) => ({ title, digest: "1" }));
  const part: Checked<(typeof rows)[number]> = {
    name: "part",
    jobs: (cell) => (cell === "docker@28/v2" ? rows : []).map(({ title }) => ({ title, work: never })),
    cellOf: () => "docker@28/v2",
    titleOf: ({ title, digest }) => (digest === "1" ? title : undefined),
    order: () => 0,
  };

  test("prove what is claimed", () => {
    expect(checked(part, rows)).toEqual({ current: rows, missing: [] });
  });

  test("prove nothing when they are of other texts", () => {
    const [a, b] = [
      { title: "a", digest: "2" },
      { title: "b", digest: "1" },
    ];
    expect(checked(part, [a, b])).toEqual({ current: [b], missing: ["docker@28/v2 a"] });
  });

  const never = () => Promise.reject(new Error("Nothing is booted here."));
});

describe("the committed boots", () => {
  const recorded = boots as readonly Proof[];

  test("are of examples as they stand, and of each that claims one", () => {
    const { current, missing } = checked(bootsPart, recorded);
    expect(missing, "not proven: run `npm run lab:all -- boots`").toEqual([]);
    expect(current.length, "proofs of other texts: run `npm run lab:all -- boots`").toBe(recorded.length);
  });

  test("show the state and the codes that their examples claim", () => {
    for (const rule of rules) {
      const { id } = rule;
      for (const one of examplesOf(rule)) {
        const proofs = recorded.filter((row) => row.rule === id && row.digest === digestOf(one));
        for (const { before, after } of proofs) {
          const { log, inactive: _, ...claim } = one.boot?.before ?? { state: "running" };
          expect(before, id).toMatchObject(claim);
          if (log) expect(before.log, id).toContain(log);
          expect(after, id).toMatchObject({ state: one.boot?.after.state });
        }
      }
    }
  });

  test("hold nothing that varies from run to run", () => {
    expect(JSON.stringify(recorded)).not.toMatch(/lab-boot-|\\u001b|[0-9a-f]{12}/);
  });
});

const pageOf = (one: Rule) => rulePage(one, examplesOf(one), []);

describe("pages", () => {
  const booted = rules.filter((one) => evidenceKind(one) === "booted");

  test("print what was booted, and where", () => {
    expect(booted.length).toBeGreaterThan(0);
    for (const one of booted) {
      for (const found of proofsOf(one)) {
        expect(pageOf(one)).toContain(`Results (before the fix → after it) on ${cellText(found)}`);
        expect(pageOf(one)).toContain(proofText(found));
      }
    }
  });

  test("never claim a boot of what was not booted", () => {
    for (const one of rules.filter((candidate) => !booted.includes(candidate))) {
      expect(pageOf(one)).not.toContain("Results (before");
      if (!("sourced" in one.evidence)) continue;
      expect(pageOf(one)).toContain(`Not measured: ${one.evidence.why} Source: ${one.evidence.sourced}`);
    }
  });
});

describe("advice found on the web", () => {
  const rows = adviceRows;

  test("is recorded, each recipe on each engine or with the reason why not", () => {
    for (const { advice: words, rule: id, notMeasured } of recipes) {
      expect(rules.map((one) => one.id)).toContain(id);
      const cells = rows.filter((row) => row.advice === words).map(cellName);
      expect(cells.sort(), words).toEqual(notMeasured ? [] : [...adviceCells].sort());
    }
  });
});

describe("services under their launch plan", () => {
  const rows = workloads as unknown as readonly WorkloadProof[];

  test("do their work with what it grants them, and not without", () => {
    expect(rows.map((row) => `${cellName(row)} ${row.workload}`)).toEqual(
      workloadsPart.jobs("docker@28/v2").flatMap(({ title }) => {
        const cells = engineNames.filter((cell) =>
          workloadsPart.jobs(cell).some((job) => job.title === title),
        );
        return cells.map((cell) => `${cell} ${title}`);
      }),
    );
    for (const { workload, granted, without } of rows) {
      expect(granted, workload).toMatchObject({ state: "running", stopCode: 0 });
      expect(granted.answer, workload).toMatch(/./);
      for (const found of Object.values(without)) {
        expect(["running", "degraded"], workload).toContain(found.state);
        expect(found.answer, workload).toBeUndefined();
      }
    }
  });

  test("are on the pages of the rules that speak of them", () => {
    for (const row of rows) {
      for (const id of row.rules) {
        const one = rules.find((candidate) => candidate.id === id);
        expect(one && pageOf(one), id).toContain(`- ${row.workload}: ${workloadText(row)}`);
      }
    }
  });

  test("are told with what they need, and how they fail without", () => {
    const granted = { state: "running", stopCode: 0, answer: "fuse" } as const;
    const row: WorkloadProof = { ...proof, workload: "a mount", rules: [], granted, without: {} };
    expect(workloadText(row)).toBe("running, stops with exit code 0, output `fuse`");
    const failed = { state: "degraded", failed: ["a.service"], log: "not permitted" } as const;
    expect(workloadText({ ...row, without: { SYS_ADMIN: failed } })).toBe(
      "with SYS_ADMIN: running, stops with exit code 0, output `fuse`; " +
        "without SYS_ADMIN: degraded (a.service) (`not permitted`), no output",
    );
  });
});

describe("what boots", () => {
  test("was booted after Fix All as Fix All is now", () => {
    expect(kept.missing, "not proven: run `npm run lab:all -- kept`").toEqual([]);
    expect(kept.current.length, "proofs of other texts: run `npm run lab:all -- kept`").toBe(keptRows.length);
  });

  test("boots after fix-all", () => {
    for (const { before, stated, unstated } of kept.current.flatMap((row) => Object.values(row.kept))) {
      expect(stated ?? unstated).toBeDefined();
      for (const after of [stated, unstated]) {
        if (after) expect([before.state, "running"]).toContain(after.state);
        if (after && before.stopCode === 0) expect(after.stopCode).toBe(0);
      }
    }
  });
});

describe("several faults at once", () => {
  test("were booted after their fixes as the fixes are now", () => {
    expect(fixes.missing, "not proven: run `npm run lab:all -- fixes`").toEqual([]);
    expect(fixes.current.length, "proofs of other texts: run `npm run lab:all -- fixes`").toBe(
      fixRows.length,
    );
  });

  test("boot after their fixes", () => {
    for (const { after, seed } of fixes.current) {
      expect(after.state, `seed ${seed}`).toBe("running");
      // The kernel ends a privileged PID 1 that halts as by SIGINT.
      expect([0, 130], `seed ${seed}`).toContain(after.stopCode);
    }
  });
});

describe("the launch plan", () => {
  const rows = planRows;

  test("was booted with every systemd on every engine", () => {
    const claimed = engineNames.flatMap((cell) => plansPart.jobs(cell).map(() => cell));
    expect(rows.map(cellName).sort()).toEqual(claimed.sort());
  });

  test("boots wherever it does not refuse", () => {
    for (const { refused, boots: shown } of rows) {
      for (const found of Object.values(shown)) {
        if (refused) expect(found.state).toBe("exited");
        else expect(found).toEqual({ state: "running", stopCode: 0 });
      }
    }
  });
});

describe("the line that tells why", () => {
  test("is the first that sounds like a failure", () => {
    const log =
      "Welcome\r\n\u001b[0;31mFailed to mount\u001b[0m tmpfs\r\n[!!!!!!] Failed to mount API filesystems.\r\n";
    expect(tellingLine(log, undefined)).toBe("Failed to mount tmpfs");
  });

  test("has the piece that is claimed, without what varies", () => {
    const log =
      '#9 [2/3] RUN mv nologin /tmp\n#9 0.131 mv: cannot stat "nologin"\nERROR: failed lab-boot-12-3\n';
    expect(tellingLine(log, "nologin")).toBe('mv: cannot stat "nologin"');
    expect(tellingLine(log, "NAME")).toBe("ERROR: failed NAME");
    expect(tellingLine(log, "absent")).toBeUndefined();
  });
});
