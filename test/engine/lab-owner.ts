import { boot, isSkipped, startEngine } from "../lab";

/** Starts the reference engine and boots in it without end: what lab.test.ts kills. Reports when it is up. */
const engine = await startEngine();
if (isSkipped(engine)) throw new Error(engine.skipped);
console.log("up");
const args = ["-t", "--security-opt", "writable-cgroups=true"];
const tmpfs = ["/run", "/run/lock", "/tmp"].flatMap((path) => ["--tmpfs", path]);
for (;;) await boot(engine, { image: "systemd-test:252", args: [...args, ...tmpfs] });
