// Bundles that a program of the server loads late. They contain none of the modules that the server contains: the bundle
// that loads one passes these on.
import { dirname, relative, resolve } from "node:path";
import { build } from "esbuild";

/** The modules that a program replaces by a bundle of their own, and what each exports. */
export const lateModules = {
  "server/src/core/surfaces/late.ts": { bundle: "./surfaces.cjs", name: "late" },
  "server/src/lsp/late-answers.ts": { bundle: "./answers.cjs", name: "lateAnswers" },
};

const quiet = {
  ...{ bundle: true, write: false, metafile: true, platform: "node", format: "cjs", logLevel: "silent" },
  mainFields: ["module", "main"],
};

/** What is found once: the modules of the server, and by late module those that it shares with the server. */
const known = new Map();

function once(key, find) {
  if (!known.has(key)) known.set(key, find());
  return known.get(key);
}

/**
 * The modules that a late module imports and the server contains, as paths from the current directory. They are found
 * by what is imported: there is no list to keep.
 */
async function sharedBy(entry) {
  const inServer = await once("the server", modulesOfServer);
  const found = new Set();
  await build({
    ...quiet,
    entryPoints: [entry],
    plugins: [sharing(new Set([...inServer].filter((path) => path !== entry)), (path) => found.add(path))],
  });
  const packages = [...found].filter((path) => path.includes("node_modules"));
  if (packages.length > 0)
    throw new Error(`${entry} imports ${packages}: let a module of the server export it.`);
  return [...found].sort();
}

async function modulesOfServer() {
  const plugins = [late(Object.keys(lateModules), () => [])];
  const { metafile } = await build({ ...quiet, entryPoints: ["server/src/server.ts"], plugins });
  return new Set(Object.keys(metafile.inputs));
}

const shared = (entry) => once(entry, () => sharedBy(entry));

/** Leaves late modules out of a bundle, which loads them when the first of them is needed. */
export function loadsLate(...entries) {
  return late(entries, shared);
}

function late(entries, sharedOf) {
  return {
    name: "late-modules",
    setup(build) {
      const own = new Map(entries.map((entry) => [resolve(entry), entry]));
      const bundles = new Set(entries.map((entry) => lateModules[entry].bundle));
      build.onResolve({ filter: /^\.\/\w+\.cjs$/ }, ({ path }) =>
        bundles.has(path) ? { path, external: true } : undefined,
      );
      build.onLoad({ filter: /[\\/]late(-\w+)?\.ts$/ }, async ({ path }) => {
        const entry = own.get(path);
        if (entry === undefined) return undefined;
        const contents = loader(dirname(path), lateModules[entry], await sharedOf(entry));
        return { contents, loader: "js", resolveDir: dirname(path) };
      });
    },
  };
}

/** A module that loads a bundle when it is first asked for what is in it. */
function loader(folder, { bundle, name }, modules) {
  const from = (module) => `./${relative(folder, resolve(module)).replaceAll("\\", "/")}`;
  const imports = modules.map((module, at) => `import * as m${at} from ${JSON.stringify(from(module))};`);
  const load = `require("${bundle}")([${modules.map((_, at) => `m${at}`)}]).${name}()`;
  return [...imports, `let loaded; export const ${name} = () => (loaded ??= ${load});`].join("\n");
}

/** The options of the bundle of a late module, which is a function of the modules that it shares. */
export function lateBundle(entry) {
  return {
    plugins: [
      {
        name: "shared-modules",
        async setup(build) {
          const modules = await shared(entry);
          sharing(new Set(modules), () => {}, modules).setup(build);
        },
      },
    ],
    banner: { js: "module.exports = (shared) => { const module = { exports: {} };" },
    footer: { js: "return module.exports; };" },
  };
}

/** Takes modules from the bundle that loads this one. */
function sharing(modules, found, order = []) {
  const name = (file) => relative(process.cwd(), file).replaceAll("\\", "/");
  return {
    name: "sharing",
    setup(build) {
      build.onResolve({ filter: /./ }, async ({ path, resolveDir, kind, pluginData }) => {
        if (kind === "entry-point" || pluginData === "asked") return undefined;
        const { path: file } = await build.resolve(path, { resolveDir, kind, pluginData: "asked" });
        if (!modules.has(name(file))) return undefined;
        found(name(file));
        return { path: name(file), namespace: "shared" };
      });
      build.onLoad({ filter: /./, namespace: "shared" }, ({ path }) => ({
        contents: `module.exports = shared[${order.indexOf(path)}];`,
      }));
    },
  };
}
