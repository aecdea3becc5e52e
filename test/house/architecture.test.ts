import { describe, expect, test } from "vitest";
import { importsOf, parse, parsed } from "./parsed";
import { phrasesIn } from "./phrases";
import { literalsSaid } from "./texts";

/** The files that enter the engine room: one for each bundle that has engine code. */
const engineEntries = ["client/src/engine-entry.ts"];

interface Import {
  readonly from: string;
  readonly to: string;
}

const imports: Import[] = parsed().flatMap((file) => importsOf(file).map((to) => ({ from: file.path, to })));

/** What of the imports one side cannot have, as `FILE imports FILE`. */
function refused(isRefused: (each: Import) => boolean): string[] {
  return imports.filter(isRefused).map(({ from, to }) => `${from} imports ${to}`);
}

/** The ports that know no editor either. */
const enginePort = /^client\/src\/ports\/(container|engine|fault|inside|job|launching)\.ts$/;

const isIn = (path: string, ...rooms: string[]) =>
  rooms.some((room) => path.startsWith(`client/src/${room}/`));

describe("the engine room", () => {
  test("is entered by the entries of its bundles alone", () => {
    const found = refused(
      ({ from, to }) => isIn(to, "engine") && !isIn(from, "engine") && !engineEntries.includes(from),
    );
    expect(found).toEqual([]);
    expect(imports.filter(({ from, to }) => engineEntries.includes(from) && isIn(to, "engine"))).not.toEqual(
      [],
    );
  });

  test("imports nothing of the editor: neither vscode, nor commands, flows and views, nor the ports of them", () => {
    const known =
      /^(node:.*|dockerode|tar-stream|client\/src\/engine\/.*|server\/src\/(protocol|core\/base\/glob|core\/image\/seen-files)\.ts)$/;
    const found = refused(({ from, to }) => isIn(from, "engine") && !known.test(to) && !enginePort.test(to));
    expect(found).toEqual([]);
  });
});

describe("the texts about an engine", () => {
  test("are not in the engine room, which gives codes and records", () => {
    const files = parsed("client/src").filter(
      ({ path }) => isIn(path, "engine") || engineEntries.includes(path),
    );
    const found = files.flatMap(({ path, tree }) => phrasesIn(tree()).map((phrase) => `${path}: ${phrase}`));
    expect(found).toEqual([]);
  });

  test("are told by two words side by side", () => {
    const text = `
      import { a } from "./two-words";
      throw fault("engine-gone", "The connection broke.");
      const hint = \`Port \${port} is free\`;
      const reasons = { denied: "permission denied", path: \`/containers/\${id}/json\` };
      const script = "exec sh -l; echo two words";
      const shell = { script: "exec bash -l || exec sh", said: [version, "systemd 252"].join(" ") };
    `;
    expect(phrasesIn(parse("a.ts", text).tree())).toEqual([
      "The connection broke.",
      "Port … is free",
      "permission denied",
    ]);
  });

  test("need neither the editor nor anything that knows it: a command line can say the same", () => {
    expect(imports.some(({ from }) => isIn(from, "texts"))).toBe(true);
    const found = refused(
      ({ from, to }) =>
        isIn(from, "texts") && !isIn(to, "texts") && to !== "client/src/text.ts" && !enginePort.test(to),
    );
    expect(found).toEqual([]);
  });
});

describe("the texts of the extension", () => {
  test("are in the tables of texts/, and every other directory only names them", () => {
    const files = parsed("client/src").filter(({ path }) => !isIn(path, "texts", "vscode"));
    const found = files.flatMap(({ path, tree }) => literalsSaid(tree()).map((text) => `${path}: ${text}`));
    expect(found).toEqual([]);
  });

  test("are told by a call of t or md with a literal", () => {
    const text = 'ui.t("Built {0}.", tag); md(`Why`); t(title); notices.built(ui.t, tag); at("x");';
    expect(literalsSaid(parse("a.ts", text).tree())).toEqual(["Built {0}.", "Why"]);
  });
});

describe("the commands", () => {
  test("import no other command: what they share is a flow", () => {
    const found = refused(
      ({ from, to }) =>
        isIn(from, "commands") &&
        isIn(to, "commands") &&
        from !== "client/src/commands/index.ts" &&
        to !== "client/src/commands/command.ts",
    );
    expect(found).toEqual([]);
  });

  test("are known to the editor alone: neither flows, views, nor ports import one", () => {
    expect(refused(({ from, to }) => isIn(from, "flows", "views", "ports") && isIn(to, "commands"))).toEqual(
      [],
    );
  });

  test("each is in the table, which imports every file of the folder", () => {
    const files = parsed("client/src/commands").map(({ path }) => path);
    const table = "client/src/commands/index.ts";
    const known = imports.filter(({ from }) => from === table).map(({ to }) => to);
    expect(files.filter((path) => path !== table && !known.includes(path))).toEqual([]);
  });
});

test("views and ports import neither flows nor the editor", () => {
  expect(refused(({ from, to }) => isIn(from, "views", "ports") && isIn(to, "flows", "vscode"))).toEqual([]);
});
