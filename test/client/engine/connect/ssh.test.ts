import { chmod, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test, vi } from "vitest";
import { sshArguments } from "../../../../client/src/engine/connect/ssh";
import { connectTo } from "../connect-to";
import { docker28, serve } from "../recording-server";
import { rejection } from "../rejection";

/** Puts a program named ssh first into the path. */
async function fakeSsh(script: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "systemd-containers-test-"));
  await writeFile(join(folder, "ssh"), `#!${process.execPath}\n${script}`);
  await chmod(join(folder, "ssh"), 0o755);
  vi.stubEnv("PATH", `${folder}:${process.env.PATH}`);
  onTestFinished(async () => {
    vi.unstubAllEnvs();
    await rm(folder, { recursive: true });
  });
  return folder;
}

test("ssh cannot interpret any of its arguments as an option", () => {
  expect(sshArguments({ host: "-oProxyCommand=x", user: "me", port: "22" }).slice(-9)).toEqual([
    "-p",
    "22",
    "-l",
    "me",
    "--",
    "-oProxyCommand=x",
    "docker",
    "system",
    "dial-stdio",
  ]);
});

test("Podman is asked by its own program, at the socket and with the key that its variables name", () => {
  const target = { host: "h", podman: true, socket: "/run/it's $(x)/podman.sock", key: "/k e y" };
  expect(sshArguments(target).slice(-9)).toEqual([
    ...["-i", "/k e y", "--", "h", "podman", "--url", String.raw`'unix:///run/it'\''s $(x)/podman.sock'`],
    ...["system", "dial-stdio"],
  ]);
  expect(sshArguments({ host: "h", socket: "/d.sock" }).slice(-5)).toEqual([
    ...["docker", "--host", "unix:///d.sock", "system", "dial-stdio"],
  ]);
});

test.skipIf(process.platform === "win32")("an engine behind ssh", async () => {
  const server = await serve(docker28);
  const folder = await fakeSsh(`
    require("fs").appendFileSync(__dirname + "/calls", process.argv.slice(2).join(" ") + "\\n");
    const socket = require("net").connect(${JSON.stringify(server.socket)});
    process.stdin.pipe(socket);
    socket.pipe(process.stdout);
    socket.on("close", () => process.exit());
  `);
  const engine = await connectTo("ssh://me@fake.example:2222");
  expect(engine.name).toBe("Docker 28.5.2");
  expect((await readFile(join(folder, "calls"), "utf8")).split("\n")[0]).toBe(
    "-o BatchMode=yes -o ConnectTimeout=10 -T -p 2222 -l me -- fake.example docker system dial-stdio",
  );
});

test.skipIf(process.platform === "win32")("an ssh that fails says why", async () => {
  await fakeSsh('process.stderr.write("Permission denied (publickey).\\n"); process.exit(255);');
  const error = await rejection(connectTo("ssh://nobody@fake.example"));
  const reason = { code: "ssh-ended", exitCode: 255, said: "Permission denied (publickey)." };
  expect(error.tried).toEqual([expect.objectContaining({ reason })]);
});

test("no ssh at all", async () => {
  vi.stubEnv("PATH", "/nowhere");
  onTestFinished(() => void vi.unstubAllEnvs());
  const error = await rejection(connectTo("ssh://none@fake.example"));
  const reason = { code: "ssh-not-run", said: "spawn ssh ENOENT" };
  expect(error.tried).toEqual([expect.objectContaining({ reason })]);
});
