// The readers of the kinds of files that few projects have are a bundle of their own. It contains none of the modules
// that the server contains: the bundle that loads it passes these on.
import { readFile } from "node:fs/promises";
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
 * The modules that the late readers import and the server contains, as paths from the current directory, each with the
 * names that are imported. They are found by what is imported: there is no list to keep.
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
  const found = new Map();
  const add = (path, names) => found.set(path, new Set([...(found.get(path) ?? []), ...names]));
  await build({ ...quiet, entryPoints: [lateEntry], plugins: [sharing(inServer, add)] });
  const packages = [...found.keys()].filter((path) => path.includes("node_modules"));
  if (packages.length > 0)
    throw new Error(`Late readers import ${packages}: let a module of the core export it.`);
  const sorted = [...found].sort(([a], [b]) => (a < b ? -1 : 1));
  return sorted.map(([path, names]) => ({ path, names: [...names].sort() }));
}

/** Leaves the late readers out of a bundle, which loads them when the first of them is needed. */
export function lateSurfaces(modules) {
  return {
    name: "late-surfaces",
    setup(build) {
      build.onResolve({ filter: /^\.\/surfaces\.cjs$/ }, ({ path }) => ({ path, external: true }));
      build.onLoad({ filter: /[\\/]core[\\/]surfaces[\\/]late\.ts$/ }, async ({ path }) => {
        const folder = dirname(path);
        return {
          contents: loader(modules ?? (await sharedModules()), folder),
          loader: "js",
          resolveDir: folder,
        };
      });
    },
  };
}

/** The text of the module that loads the late readers, and passes on what they import. */
function loader(shared, folder) {
  const from = (path) => JSON.stringify(`./${relative(folder, resolve(path)).replaceAll("\\", "/")}`);
  // Two modules may export the same name.
  const imports = shared.map(
    ({ path, names }, at) =>
      `import { ${names.map((name) => `${name} as ${name}${at}`)} } from ${from(path)};`,
  );
  const given = shared.map(({ names }, at) => `{ ${names.map((name) => `${name}: ${name}${at}`)} }`);
  const load = `require("./surfaces.cjs")([${given}]).late()`;
  return [...imports, `let readers; export const late = () => (readers ??= ${load});`].join("\n");
}

/** The options of the bundle of late readers, which is a function of the shared modules. */
export const surfacesBundle = {
  plugins: [
    {
      name: "late-readers",
      async setup(build) {
        const paths = (await sharedModules()).map(({ path }) => path);
        sharing(new Set(paths), () => {}, paths).setup(build);
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
      build.onResolve({ filter: /./ }, async ({ path, importer, resolveDir, kind, pluginData }) => {
        if (kind === "entry-point" || pluginData === "asked") return undefined;
        const { path: file } = await build.resolve(path, { resolveDir, kind, pluginData: "asked" });
        if (!modules.has(name(file))) return undefined;
        found(name(file), namesFrom(path, await readFile(importer, "utf8")));
        return { path: name(file), namespace: "shared" };
      });
      build.onLoad({ filter: /./, namespace: "shared" }, ({ path }) => ({
        contents: `module.exports = shared[${order.indexOf(path)}];`,
      }));
    },
  };
}

/** The names that the text of a module imports from another, which it calls `path`. */
function namesFrom(path, text) {
  return Array.from(text.matchAll(/^import \{([^}]*)\} from "([^"]+)";$/gm))
    .filter(([, , from]) => from === path)
    .flatMap(([, names]) => names.split(","))
    .map((name) => name.trim().replace(/ as .*/, ""))
    .filter((name) => name !== "" && !name.startsWith("type "));
}
