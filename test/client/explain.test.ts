import { describe, expect, test } from "vitest";
import { unitFailure } from "../../client/src/texts/exit-status";
import { prose } from "../../client/src/views/markdown";
import type { ExplainParams, ExplainResult } from "../../server/src/protocol";
import { buttons, english, logReport, notices, problems, titles } from "./english";
import { afterBoot, dockerfile, nothingKnown, someReport, told, world } from "./world";

const place = { uri: dockerfile, line: 3, character: 0, endLine: 3, endCharacter: 9 };
const unitFile = "file:///work/web/web.service";
const unitPlace = { uri: unitFile, line: 5, character: 0, endLine: 5, endCharacter: 20 };
const cause = { line: "a line", cause: "The tree is read-only.", fix: "Make it writable.", place };
const failed = {
  unit: "web.service",
  ended: { result: "exit-code", code: 1, status: 203 },
  journal: ["Unable to locate executable '/opt/web'"],
};
const missing = { line: "", cause: "It is missing.", fix: "Copy it.", rule: "unit-rule" };

/** Boots the Dockerfile; the server answers with what is given. */
async function booted(report: object, why: Partial<ExplainResult>) {
  const asked: ExplainParams[] = [];
  const scene = world({
    engine: {
      boot: async () => ({ ...someReport, ...report }),
      report: async () => ({ ...someReport, ...report }),
    },
    server: {
      explain: async (params) => {
        asked.push(params);
        return { ...nothingKnown, ...why };
      },
    },
  });
  const shown = await scene.run("buildAndBoot");
  return { ...scene, shown, asked, blamed: scene.events.filter((event) => event.startsWith("blames ")) };
}

describe("a boot in maintenance mode", () => {
  const targets = ["sysinit.target", "rescue.target"];

  test("is told with its own title and cause, and is an error in Problems", async () => {
    const { shown, blamed } = await booted({ state: "maintenance", targets }, { causes: [cause] });
    const what = notices.maintenance("web-systemd", "rescue.target", "1.2");
    const actions = [buttons.goToLine(), ...afterBoot];
    expect(shown).toEqual([told("error", `${what} The tree is read-only. Make it writable.`, ...actions)]);
    expect(blamed.at(-1)).toContain(": error: ");
  });

  test("says that no cause is known where none is", async () => {
    const { shown } = await booted({ state: "maintenance", targets: ["emergency.target"] }, {});
    const what = notices.maintenance("web-systemd", "emergency.target", "1.2");
    expect(shown).toEqual([told("error", `${what} ${notices.noCause()}`, ...afterBoot)]);
  });
});

test("what systemd wrote about a line is left in Problems", async () => {
  const says = "Unknown key 'Foo' in section [Service], ignoring.";
  const { blamed } = await booted({ state: "running" }, { remarks: [{ says, place: unitPlace }] });
  expect(blamed.at(-1)).toBe(`blames ${unitFile}:5: warning: ${problems.systemdSays(says)}`);
});

describe("a degraded boot", () => {
  const why = { units: [{ unit: "web.service", causes: [missing], place: unitPlace, says: "It says so." }] };

  test("asks why its units failed, with their exit statuses and journals", async () => {
    const { asked } = await booted({ state: "degraded", failed: [failed], cgroup: "/", log: "x" }, why);
    expect(asked).toEqual([
      {
        log: "x",
        planned: true,
        exitCode: undefined,
        group: "/",
        uri: dockerfile,
        name: undefined,
        facts: { engine: "docker", version: "28.5.2", cgroupVersion: 2 },
        failed: [{ unit: "web.service", result: "exit-code", status: "203/EXEC", journal: failed.journal }],
      },
    ]);
  });

  test("says why, goes to the line, and leaves it in Problems", async () => {
    const { shown, blamed, press, events } = await booted({ state: "degraded", failed: [failed] }, why);
    expect(shown).toEqual([
      told(
        "warning",
        `${notices.degraded("web-systemd", "1.2", "web.service")} It is missing. Copy it.`,
        buttons.goToLine(),
        ...afterBoot,
      ),
    ]);
    expect(blamed).toEqual([
      `blames nothing for ${dockerfile}`,
      `blames ${unitFile}:5: warning: ${problems.unitFailed("web.service", unitFailure(english, failed.ended))} It is missing. Copy it.`,
    ]);
    await press(buttons.goToLine());
    expect(events.at(-1)).toBe(`reveals ${unitFile}:5`);
  });

  test("of several units names all and explains the first", async () => {
    const other = { unit: "other.service", journal: [] };
    const { shown } = await booted({ state: "degraded", failed: [failed, other] }, why);
    const what = notices.degraded("web-systemd", "1.2", "web.service, other.service");
    expect(shown).toEqual([
      told("warning", `${what} web.service: It is missing. Copy it.`, buttons.goToLine(), ...afterBoot),
    ]);
  });

  test("of which nothing is known gives the exit status in words", async () => {
    const { shown, blamed } = await booted({ state: "degraded", failed: [failed] }, {});
    const what = notices.degraded("web-systemd", "1.2", "web.service");
    expect(shown).toEqual([told("warning", `${what} ${unitFailure(english, failed.ended)}.`, ...afterBoot)]);
    expect(blamed.at(-1)).toBe(`blames nothing for ${dockerfile}`);
  });

  test("is reported with causes, links and journals, also when it is asked for later", async () => {
    const { run, copiedReport } = await booted({ state: "degraded", failed: [failed] }, why);
    await run("showBootReport");
    const report = await copiedReport();
    expect(report).toContain(`### \`web.service\`: ${prose(unitFailure(english, failed.ended))}\n`);
    expect(report).toContain("- **It is missing.** Copy it. (`unit-rule`)\n");
    expect(report).toContain("It says so. `web/web.service:6`\n");
    expect(report).toContain("Unable to locate executable '/opt/web'");
  });
});

describe("what a boot is blamed on", () => {
  test("is an error where it failed", async () => {
    const { blamed } = await booted({ state: "exited", exitCode: 255 }, { causes: [cause] });
    expect(blamed.at(-1)).toBe(
      `blames ${dockerfile}:3: error: ${problems.atLastBoot()} The tree is read-only. Make it writable.`,
    );
  });

  test("is a warning where it boots and misbehaves, and the message says so", async () => {
    const { shown, blamed } = await booted({}, { causes: [cause] });
    const what = `${notices.booted("web-systemd", "1.2")} The tree is read-only. Make it writable.`;
    expect(shown).toEqual([told("warning", what, buttons.goToLine(), ...afterBoot)]);
    expect(blamed.at(-1)).toMatch(/: warning: /);
  });

  test("goes when the file boots again, before anything is built", async () => {
    const { run, events } = await booted({ state: "exited", exitCode: 255 }, { causes: [cause] });
    events.length = 0;
    await run("buildAndBoot");
    const cleared = events.indexOf(`blames nothing for ${dockerfile}`);
    expect(cleared).toBeGreaterThanOrEqual(0);
    expect(cleared).toBeLessThan(events.indexOf("built web:systemd"));
  });

  test("is nothing where no line is known", async () => {
    const { place: _, ...placeless } = cause;
    const { blamed } = await booted({ state: "exited", exitCode: 255 }, { causes: [placeless] });
    expect(blamed.at(-1)).toBe(`blames nothing for ${dockerfile}`);
  });
});

describe("Explain Log", () => {
  const explained = (texts: { label: string; text: string }[], more: object = {}) => {
    const asked: ExplainParams[] = [];
    const scene = world({
      ui: { texts: async () => texts, ...more },
      server: {
        explain: async (params) => {
          asked.push(params);
          return { ...nothingKnown, causes: [cause] };
        },
      },
    });
    return { ...scene, asked };
  };

  test("explains the only text there is, for the file that is open", async () => {
    const { run, events, asked } = explained([{ label: "Clipboard", text: "a log" }]);
    await run("explainLog");
    expect(asked).toEqual([{ log: "a log", uri: dockerfile }]);
    expect(events).toEqual([
      `preview: ${titles.logAnalysis()}\n# ${logReport.title()}\n\n- **The tree is read-only.** Make it writable. \`web/Dockerfile:4\`\n\n  \`a line\`\n`,
    ]);
  });

  test("asks which of several", async () => {
    const { run, events, asked } = explained([
      { label: "boot.log", text: "\n first\n second" },
      { label: "Clipboard", text: "other" },
    ]);
    await run("explainLog");
    expect(events[0]).toBe(`picked: ${titles.selectLog()} boot.log, Clipboard`);
    expect(asked[0]?.log).toBe("\n first\n second");
  });

  test("blames the only file of the workspace where none is open, and none of several", async () => {
    const texts = [{ label: "boot.log", text: "x" }];
    const one = explained(texts, { activeFile: () => undefined, findFiles: async () => [dockerfile] });
    await one.run("explainLog");
    expect(one.asked[0]?.uri).toBe(dockerfile);
    const two = explained(texts, { activeFile: () => undefined, findFiles: async () => [dockerfile, "x"] });
    await two.run("explainLog");
    expect(two.asked[0]?.uri).toBeUndefined();
  });

  test("of an unknown log says what was looked for", async () => {
    const { run, events } = world();
    await run("explainLog");
    expect(events.at(-1)).toBe(
      `preview: ${titles.logAnalysis()}\n# ${logReport.noCause()}\n\n${logReport.looked(100, 1)}\n\n${logReport.patterns()}\n\n${logReport.advice()}\n`,
    );
  });

  test("without any text says what to do", async () => {
    const { run } = explained([]);
    expect(await run("explainLog")).toEqual([told("info", notices.noLog())]);
  });
});
