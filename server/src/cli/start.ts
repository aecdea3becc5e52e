import module, { createRequire } from "node:module";
import { fileURLToPath } from "node:url";

/** Node.js 22.1 has it; it throws nothing, and does nothing where the directory cannot be written. */
const { enableCompileCache } = module as { readonly enableCompileCache?: (directory: string) => unknown };

// Beside the program: only a user who can change the program can write there. In the default directory, others can.
enableCompileCache?.(fileURLToPath(new URL("compile-cache", import.meta.url)));

createRequire(import.meta.url)("./cli-main.cjs");
