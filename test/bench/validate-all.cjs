// Validates many Dockerfiles in one process with dockerfile-utils, whose own command takes one file.
// node validate-all.cjs MODULE FILE…
const { readFileSync } = require("node:fs");
const [module_, ...paths] = process.argv.slice(2);
const { validate } = require(module_);
for (const path of paths) {
  try {
    for (const { range, message } of validate(readFileSync(path, "utf8")))
      console.log(`${path}:${range.start.line + 1}: ${message}`);
  } catch (error) {
    console.error(`${path}: ${error.message}`);
  }
}
