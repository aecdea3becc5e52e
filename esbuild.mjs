// Builds all bundles of the product. `--watch` rebuilds on change, and `--minify` produces the bundles to ship.
// esbuild inlines dynamic imports into CommonJS, so code that must load late has a separate entry point.
import { readFile, writeFile } from "node:fs/promises";
import { build, context } from "esbuild";
import { lateBundle, loadsLate } from "./server/late-bundles.mjs";

const minify = process.argv.includes("--minify");
const watch = process.argv.includes("--watch");

// An ES module reads its location from `import.meta.url`, which CommonJS does not have.
const here = "const importMetaUrl = require('node:url').pathToFileURL(__filename).href;";
const node = {
  platform: "node",
  target: "node20",
  format: "cjs",
  define: { "import.meta.url": "importMetaUrl" },
  banner: { js: here },
};
const web = { platform: "browser", target: "es2022", format: "cjs" };
const worker = { ...web, format: "iife" };

/**
 * Leaves out modules that a library loads for features that this project does not use or implements differently: ssh goes
 * through the ssh program, and the BuildKit session is implemented here. These modules are more than half of dockerode's
 * dependencies. Only files that match `importer` get a module with these `contents` in their place.
 */
function without(names, importer = /./, contents = "module.exports = {};") {
  const namespace = `without ${names}`;
  return {
    name: namespace,
    setup(build) {
      build.onResolve({ filter: names }, ({ path, importer: from }) =>
        importer.test(from) ? { path, namespace } : undefined,
      );
      build.onLoad({ filter: /.*/, namespace }, () => ({ contents }));
    },
  };
}

/**
 * Leaves out text that is shown only on the page of a rule. The language server does not write pages, and has to load
 * quickly.
 */
const withoutPages = {
  name: "without-pages",
  setup(build) {
    build.onLoad({ filter: /[\\/]core[\\/]lint[\\/]rules[\\/][^\\/]+\.ts$/ }, async ({ path }) => {
      const text = await readFile(path, "utf8");
      const contents = text
        .replace(/^ {2}why: `(?:[^`\\]|\\.)*`,$/m, '  why: "",')
        .replace(/^ {2}symptoms: \[.*\],$/m, "  symptoms: [],")
        .replace(/^ {2}ignore:\s+(["'`]).*\1,$/m, '  ignore: "",')
        .replace(/^ {2}evidence: \{\n(?: {4}.*\n)* {2}\},$/m, '  evidence: { measured: "" },')
        .replace(/^ {2}sources: \[(?:.*\],$|\n(?: {4}.*\n)* {2}\],$)/m, "  sources: [],");
      return { contents, loader: "ts" };
    });
  },
};

/** Features of the language server library that this server does not have, and the modules that add them. */
const unusedFeatures = [
  ["notebook", "NotebookSyncFeature"],
  ["semanticTokens", "SemanticTokensFeature"],
  ["callHierarchy", "CallHierarchyFeature"],
  ["typeHierarchy", "TypeHierarchyFeature"],
  ["linkedEditingRange", "LinkedEditingRangeFeature"],
  ["moniker", "MonikerFeature"],
  ["inlineValue", "InlineValueFeature"],
  ["inlineCompletion", "InlineCompletionFeature"],
];

const surfaces = "server/src/core/surfaces/late.ts";
const answers = "server/src/lsp/late-answers.ts";

const bundles = {
  "client/out/extension.cjs": { entry: "client/src/extension.ts", ...node, external: ["vscode"] },
  "client/out/commands.cjs": { entry: "client/src/commands-entry.ts", ...node, external: ["vscode"] },
  "client/out/engine.cjs": {
    entry: "client/src/engine-entry.ts",
    ...node,
    external: ["vscode"],
    plugins: [without(/^(ssh2|@grpc\/grpc-js|@grpc\/proto-loader|protobufjs)$/)],
  },
  // A web host appends `.js` to the entry in the manifest, and treats only a name that ends in `.cjs` as CommonJS.
  "client/out/browser.cjs.js": { entry: "client/src/browser.ts", ...web, external: ["vscode"] },
  "client/out/page/page.js": { entry: "client/src/page/page.ts", ...worker },
  "client/out/page/page.css": { entry: "client/src/page/page.css", platform: "browser" },
  "server/out/main.cjs": { entry: "server/src/main.ts", ...node },
  "server/out/server.cjs": {
    entry: "server/src/server.ts",
    ...node,
    plugins: [
      withoutPages,
      loadsLate(surfaces, answers),
      // `./files` resolves modules that a workspace has installed, which this server never loads.
      without(/^\.\/files$/, /[\\/]vscode-languageserver[\\/]lib[\\/]node[\\/]main\.js$/),
      // The protocol's messages about notebooks, which no other module reads.
      without(/^\.\/protocol\.notebook$/),
      ...unusedFeatures.map(([module, feature]) =>
        without(
          new RegExp(`^\\./${module}$`),
          /[\\/]vscode-languageserver[\\/]lib[\\/]common[\\/]/,
          `exports.${feature} = (Base) => Base;`,
        ),
      ),
    ],
  },
  "server/out/answers.cjs": { entry: answers, ...node, ...lateBundle(answers) },
  "server/out/surfaces.cjs": { entry: surfaces, ...node, ...lateBundle(surfaces) },
  "server/out/navigation.cjs": { entry: "server/src/lsp/navigation.ts", ...node },
  "server/out/words.cjs": { entry: "server/src/lsp/words.ts", ...node },
  "server/out/worker.js": {
    entry: "server/src/browser.ts",
    ...worker,
    // Only commands that have connected to an engine ask for these answers, and a browser reaches no engine.
    plugins: [withoutPages, without(/^\.\/(doctor|least|verify)$/, /[\\/]lsp[\\/]answers\.ts$/)],
  },
  // The entry point makes Node.js cache the compiled code of the program before loading it.
  "server/out/cli.cjs": {
    entry: "server/src/cli/start.ts",
    ...node,
    banner: { js: `#!/usr/bin/env node\n${here}` },
  },
  "server/out/cli-main.cjs": { entry: "server/src/cli/main.ts", ...node, plugins: [loadsLate(surfaces)] },
  "server/out/boot.cjs": { entry: "server/src/cli/boot/entry.ts", ...node, plugins: [withoutPages] },
};

const options = Object.entries(bundles).map(([outfile, { entry, ...rest }]) => ({
  entryPoints: [entry],
  outfile,
  bundle: true,
  minify,
  sourcemap: !minify,
  metafile: true,
  logLevel: "warning",
  // The "main" of vscode-languageserver's packages is UMD, which esbuild cannot follow.
  mainFields: rest.platform === "node" ? ["module", "main"] : ["browser", "module", "main"],
  ...rest,
}));

for (const option of options) {
  if (watch) {
    await (await context(option)).watch();
    continue;
  }
  const { metafile } = await build(option);
  await writeFile(`${option.outfile}.meta.json`, JSON.stringify(metafile));
}
if (watch) console.log("watching");
