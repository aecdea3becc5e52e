// The readers of the kinds of files that few projects have are a bundle of their own. It contains none of the modules
// that the server contains: the bundle that loads it passes these on.
import { dirname, relative, resolve } from "node:path";
import { build } from "esbuild";

/** The module from which the core gets its late readers. */
export const lateEntry = "server/src/core/surfaces/late.ts";

const quiet = {
  ...{ bundle: true, write: false, metafile: true, platform: "node", format: "cjs", logLevel: "silent" },
  mainFields: ["module", "main"],
};

let known;

/**
 * The modules that the late readers import and the server contains, as paths from the current directory. They are found
 * by what is imported: there is no list to keep.
 */
function sharedModules() {
  known ??= findShared();
  return known;
}

async function findShared() {
  const server = await build({
    ...quiet,
    entryPoints: ["server/src/server.ts"],
    plugins: [lateSurfaces([])],
  });
  const inServer = new Set(Object.keys(server.metafile.inputs));
  const found = new Set();
  await build({
    ...quiet,
    entryPoints: [lateEntry],
    plugins: [sharing(inServer, (path) => found.add(path))],
  });
  const packages = [...found].filter((path) => path.includes("node_modules"));
  if (packages.length > 0)
    throw new Error(`Late readers import ${packages}: let a module of the core export it.`);
  return [...found].sort();
}

/** Leaves the late readers out of a bundle, which loads them when the first of them is needed. */
export function lateSurfaces(modules) {
  return {
    name: "late-surfaces",
    setup(build) {
      build.onResolve({ filter: /^\.\/surfaces\.cjs$/ }, ({ path }) => ({ path, external: true }));
      build.onLoad({ filter: /[\\/]core[\\/]surfaces[\\/]late\.ts$/ }, async ({ path }) => {
        const shared = modules ?? (await sharedModules());
        const folder = dirname(path);
        const from = (module) => `./${relative(folder, resolve(module)).replaceAll("\\", "/")}`;
        const imports = shared.map(
          (module, at) => `import * as m${at} from ${JSON.stringify(from(module))};`,
        );
        const load = `require("./surfaces.cjs")([${shared.map((_, at) => `m${at}`)}]).late()`;
        const contents = [...imports, `let readers; export const late = () => (readers ??= ${load});`].join(
          "\n",
        );
        return { contents, loader: "js", resolveDir: folder };
      });
    },
  };
}

/** The options of the bundle of late readers, which is a function of the shared modules. */
export const surfacesBundle = {
  plugins: [
    {
      name: "late-readers",
      async setup(build) {
        const shared = await sharedModules();
        sharing(new Set(shared), () => {}, shared).setup(build);
      },
    },
  ],
  banner: { js: "module.exports = (shared) => { const module = { exports: {} };" },
  footer: { js: "return module.exports; };" },
};

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
