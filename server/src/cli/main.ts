import { run } from "./run";

// Whoever reads the output may have seen enough (`… | head`); that is no failure of ours.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code !== "EPIPE") throw error;
  process.exit();
});

process.exitCode = run(process.argv.slice(2), {
  cwd: process.cwd(),
  stdin: process.stdin.fd,
  out: (text) => void process.stdout.write(text),
  err: (text) => void process.stderr.write(text),
});
