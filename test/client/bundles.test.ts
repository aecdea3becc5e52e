import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { transform } from "esbuild";
import { describe, expect, onTestFinished, test } from "vitest";
import type * as EngineBundle from "../../client/src/engine-entry";
import { faultWords, isFault } from "../../client/src/texts/faults";
import { examples } from "../../server/src/core/lint/examples/index";
import { rules } from "../../server/src/core/lint/rules/index";
import { english } from "./english";

const root = join(__dirname, "../..");

/** The files that a bundle is made of. */
function inputs(outfile: string): string[] {
  return Object.keys(JSON.parse(readFileSync(join(root, `${outfile}.meta.json`), "utf8")).inputs);
}

test("a build without the source of a bundle fails", async () => {
  const folder = await mkdtemp(join(tmpdir(), "systemd-containers-test-"));
  onTestFinished(() => rm(folder, { recursive: true }));
  const { status, stderr } = spawnSync(process.execPath, [join(root, "esbuild.mjs")], {
    cwd: folder,
    encoding: "utf8",
  });
  expect(status).toBe(1);
  expect(stderr).toContain('Could not resolve "client/src/extension.ts"');
});

// `npm run test:unit` builds them first.
describe.each(["server.cjs", "worker.js", "cli-main.cjs"])("the bundle server/out/%s", (name) => {
  const text = readFileSync(join(root, "server/out", name), "utf8");
  const { inputs } = JSON.parse(readFileSync(join(root, "server/out", `${name}.meta.json`), "utf8"));

  test("holds every rule", () => {
    expect(rules.filter(({ id }) => !text.includes(`id: "${id}"`)).map(({ id }) => id)).toEqual([]);
  });

  test("is made of no file of examples, and holds the text of none", () => {
    const files = Object.keys(inputs);
    expect(files).toContain("server/src/core/lint/rules/index.ts");
    expect(files.filter((file) => file.includes("core/lint/examples/"))).toEqual([]);
    const marks = Object.values(examples).flatMap((all) =>
      all.flatMap(({ source }) => source.match(/#\s*\^+ .*/g) ?? []),
    );
    expect(marks.length).toBeGreaterThan(50);
    expect(marks.filter((mark) => text.includes(mark))).toEqual([]);
  });
});

test("the bundle of late readers has no module that the server has, and the server none of the readers", () => {
  const readers = inputs("server/out/surfaces.cjs").filter((file) => file.startsWith("server/"));
  const files = inputs("server/out/server.cjs");
  expect(readers).toContain("server/src/core/surfaces/molecule/read.ts");
  expect(readers.filter((file) => files.includes(file))).toEqual(["server/src/core/surfaces/late.ts"]);
  expect(inputs("server/out/surfaces.cjs").filter((file) => file.includes("node_modules/yaml/"))).toEqual([]);
  expect(inputs("server/out/worker.js")).toContain("server/src/core/surfaces/molecule/read.ts");
});

describe("the bundle client/out/engine.cjs", () => {
  const path = join(root, "client/out/engine.cjs");

  test("rejects with codes, for which the extension has the sentences", async () => {
    const bundle: typeof EngineBundle = createRequire(path)(path);
    const url = "unix:///nowhere/engine.sock";
    const error = await bundle.find({ host: url }).catch((error: unknown) => error);
    if (!isFault(error)) throw error;
    const tried = [{ url, source: { code: "setting" }, reason: { code: "no-socket" } }] as const;
    expect(error).toMatchObject({ code: "no-engine", tried });
    expect(faultWords(english, error)).toEqual(faultWords(english, { code: "no-engine", tried }));
  });

  test("has no texts", () => {
    const { inputs } = JSON.parse(readFileSync(`${path}.meta.json`, "utf8"));
    expect(Object.keys(inputs)).toContain("client/src/engine/errors.ts");
    expect(Object.keys(inputs).filter((file) => file.startsWith("client/src/texts/"))).toEqual([]);
  });
});

/** What is loaded before the first finding is shown, and how large it may be as it is shipped, in bytes. */
describe.each([
  ["client/out/extension.cjs", 500_000],
  ["server/out/server.cjs", 900_000],
])("the first load: %s", (outfile, most) => {
  test("is no larger than it may be", async () => {
    const { code } = await transform(readFileSync(join(root, outfile), "utf8"), {
      minify: true,
      format: "cjs",
    });
    expect(Buffer.byteLength(code)).toBeLessThan(most);
  });
});

test("activation loads no command, no engine code, no parser, and of the core only names and messages", () => {
  const files = inputs("client/out/extension.cjs");
  expect(files).toContain("client/src/vscode/register.ts");
  const late =
    /node_modules\/(dockerode|docker-modem|yaml|unbash)\/|client\/src\/(engine|commands|page|views|view|flows\/(?!failure))|server\/src\/(?!(least-|seen-|verify-)?protocol|core\/base\/(file-names|message))/;
  expect(files.filter((file) => late.test(file))).toEqual([]);
});

test("the command line loads what boots for that command alone, and that loads the extension's engine code", () => {
  const main = inputs("server/out/cli-main.cjs");
  expect(main).toContain("server/src/cli/commands/boot.ts");
  expect(main.filter((file) => /^client\/|server\/src\/(cli\/boot\/|lsp\/)/.test(file))).toEqual([]);
  const boot = inputs("server/out/boot.cjs");
  expect(boot).toEqual(expect.arrayContaining(["client/src/flows/bring-up.ts", "server/src/lsp/plan.ts"]));
  const others =
    /client\/src\/(engine|commands|page|view|vscode)\/|node_modules\/(dockerode|vscode-languageserver)\//;
  expect(boot.filter((file) => others.test(file))).toEqual([]);
});

test("the script of a page is loaded by the page, and is small", () => {
  expect(inputs("client/out/page/page.js")).toEqual(["client/src/page/page.ts"]);
  expect(inputs("client/out/commands.cjs")).toContain("client/src/views/report-page.ts");
  const bytes = ["page.js", "page.css"].map(
    (name) => readFileSync(join(root, "client/out/page", name)).length,
  );
  expect(Math.max(...bytes)).toBeLessThan(10_000);
});

test("linting loads nothing of what explains logs and engines, and no Fix All", () => {
  const files = inputs("server/out/server.cjs");
  expect(files).toContain("server/src/core/lint/lint.ts");
  const late =
    /server\/src\/(core\/(logs|doctor|language|lint\/fix\.ts)|lsp\/(answers|plan|explain|doctor|words|navigation)\.ts|cli)/;
  expect(files.filter((file) => late.test(file))).toEqual([]);
});

test.each([
  ["words", "complete"],
  ["navigation", "navigate"],
])("the bundle of %s reads no file on its own: it gets what linting has read", (name, file) => {
  const files = inputs(`server/out/${name}.cjs`);
  expect(files).toContain(`server/src/core/language/${file}.ts`);
  const readers =
    /server\/src\/(lsp\/(?!words|navigation)|core\/(surfaces|lint|image\/(dockerfile|instructions)|shell\/commands))|node_modules\//;
  expect(files.filter((file) => readers.test(file))).toEqual([]);
});
