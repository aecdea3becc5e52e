import { seenText } from "../../server/src/core/docs/evidence/proofs";
import { ruleTable } from "../../server/src/core/docs/index-page";
import { withRegion } from "../../server/src/core/docs/region";
import { rules } from "../../server/src/core/lint/rules/index";
import { adviceRows, fixes, kept, planRows } from "../core/proven";
import { adviceCells, recipes } from "../lab/prove/advice";
import { cellName } from "../lab/prove/part";
import type { PlanProof } from "../lab/prove/plans";

/** The README with its regions as they are generated now: the rules, what was proven, and what comes of advice. */
export function withRegions(readme: string): string {
  const regions = {
    advice: adviceTable(),
    proven: `${provenText()}\n`,
    rules: ruleTable(rules, "docs/rules/"),
  };
  return Object.entries(regions).reduce((text, [name, content]) => withRegion(text, name, content), readme);
}

function adviceTable(): string {
  const lines = recipes.map(({ advice: words, rule: id, notMeasured }) => {
    const cells = adviceCells.map((cell) => {
      const found = adviceRows.find((row) => row.advice === words && cellName(row) === cell);
      return found ? seenText(found.seen) : "not measured";
    });
    const reason = notMeasured ? `; ${notMeasured}` : "";
    return `| ${words} | ${cells.join(" | ")}${reason} | [${id}](docs/rules/${id}.md) |`;
  });
  const head = adviceCells.map((cell) => {
    const [, version, cgroup] = /^docker@(.+)\/v(.)$/.exec(cell) ?? [];
    return `Docker ${version}, cgroup v${cgroup}`;
  });
  return `| recipe | ${head.join(" | ")} | what to do |\n|---|---|---|---|\n${lines.join("\n")}\n`;
}

function provenText(): string {
  const cells = planRows.filter(({ refused }) => !refused);
  const refused = planRows.filter((row) => row.refused);
  return (
    `Tested on ${engines(cells)} · cgroup ${list(cells.map((row) => `v${row.cgroupVersion}`))} · systemd ` +
    `${list(cells.map(({ systemd }) => `${systemd}`))}: a container started with the launch plan reaches the state ` +
    "*running* and stops with exit code 0, and leaving out any one of the plan's requirements breaks something. The plan " +
    `refuses systemd ${list(refused.map(({ systemd }) => `${systemd}`))} on cgroup ${list(refused.map((row) => `v${row.cgroupVersion}`))}, ` +
    "because no flags make it boot. " +
    `*Fix All* was applied, with and without a specified engine, to ${kept.current.flatMap((row) => Object.keys(row.kept)).length} projects that already boot ` +
    "despite faults or with flags that differ from the plan. All of them still boot at least as well as before. " +
    `Another ${fixes.current.length} projects have several faults each; all of them boot once they are fixed. No container was booted on Docker 29.`
  );
}

function engines(cells: readonly PlanProof[]): string {
  const docker = list(cells.flatMap((row) => (row.engine === "docker" ? [short(row.version)] : [])));
  const podman = list(cells.flatMap((row) => (row.engine === "podman" ? [short(row.version)] : [])));
  return `Docker ${docker} and Podman ${podman}`;
}

function short(version: string): string {
  return version.split(".").slice(0, 2).join(".");
}

function list(items: readonly string[]): string {
  return [...new Set(items)].sort((a, b) => a.localeCompare(b, "en", { numeric: true })).join(", ");
}
