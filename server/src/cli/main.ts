import { visibleLines } from "../core/base/visible";
import { reason } from "./input/reason";
import { run } from "./run";

// A reader may have seen enough (`… | head`); that is no failure of ours. Anything else is one.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code === "EPIPE") process.exit();
  process.stderr.write(`The output cannot be written: ${reason(error)}\n`);
  process.exit(2);
});
// There is no other place to say it.
process.stderr.on("error", () => process.exit(2));

process.exitCode = run(process.argv.slice(2), {
  cwd: process.cwd(),
  stdin: process.stdin.fd,
  out: (text) => void process.stdout.write(text),
  raw: (text) => void process.stdout.write(process.stdout.isTTY ? visibleLines(text) : text),
  err: (text) => void process.stderr.write(text),
});
