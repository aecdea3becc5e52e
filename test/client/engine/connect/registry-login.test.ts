import { chmod, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, onTestFinished, test, vi } from "vitest";
import { loginsOf, registryHeader } from "../../../../client/src/engine/connect/registry-login";
import { noWorld } from "../connect-to";

const base64 = (text: string) => Buffer.from(text).toString("base64");

function logins(config: object) {
  const text = JSON.stringify(config);
  return loginsOf({
    ...noWorld,
    platform: "linux",
    home: "/home/u",
    readFile: async (path) => (path === "/home/u/.docker/config.json" ? Buffer.from(text) : undefined),
  });
}

describe("logins in config.json", () => {
  const me = { username: "me", secret: "a:b" };
  test.each([
    ["r.example:5000", { "r.example:5000": { auth: base64("me:a:b") } }],
    ["r.example", { "https://r.example/v2/": { auth: base64("me:a:b\0") } }],
    ["r.example", { "r.example": { username: "me", password: "a:b" } }],
    ["registry-1.docker.io", { "https://index.docker.io/v1/": { auth: base64("me:a:b") } }],
    ["docker.io", { "docker.io": { auth: base64("me:a:b") } }],
  ])("%s in %j", async (registry, auths) => {
    expect(await logins({ auths }).of(registry)).toEqual(me);
  });

  test("an identity token has no user name", async () => {
    const auths = { "r.example": { auth: base64("x:"), identitytoken: "t" } };
    expect(await logins({ auths }).of("r.example")).toEqual({ username: "", secret: "t" });
  });

  test.each([
    {},
    { auths: null },
    { auths: { "other.example": { auth: base64("me:a:b") } } },
    { auths: { "r.example": {} } },
    { auths: { "r.example": { auth: "%" } } },
    { auths: { "r.example": { auth: 7 } } },
    { credsStore: "no-such-helper" },
    { credsStore: "../../bin/sh" },
    { credsStore: 7 },
  ])("no login in %j", async (config) => {
    expect(await logins(config).of("r.example")).toBeUndefined();
  });
});

describe.skipIf(process.platform === "win32")("credential helpers", () => {
  /** Puts `docker-credential-test` first into the path: it keeps what it was asked, and answers by script. */
  async function helper(script: string): Promise<string> {
    const folder = await mkdtemp(join(tmpdir(), "systemd-containers-test-"));
    const program = join(folder, "docker-credential-test");
    const keep = `printf '%s %s\\n' "$*" "$asked" >>${folder}/asked`;
    await writeFile(program, `#!/bin/sh\nasked=$(cat)\n${keep}\n${script}\n`);
    await chmod(program, 0o755);
    vi.stubEnv("PATH", `${folder}:${process.env.PATH}`);
    onTestFinished(async () => {
      vi.unstubAllEnvs();
      await rm(folder, { recursive: true });
    });
    return join(folder, "asked");
  }
  const answer = (Username: string, Secret: string) =>
    `printf '%s' '${JSON.stringify({ ServerURL: "x", Username, Secret })}'`;

  test("the store is asked for the registry by the key that the file has", async () => {
    const asked = await helper(answer("me", "s"));
    const config = { auths: { "https://r.example/v1/": {} }, credsStore: "test" };
    expect(await logins(config).of("r.example")).toEqual({ username: "me", secret: "s" });
    expect(await logins(config).of("registry-1.docker.io")).toEqual({ username: "me", secret: "s" });
    expect(await readFile(asked, "utf8")).toBe(
      "get https://r.example/v1/\nget https://index.docker.io/v1/\n",
    );
  });

  test("a helper of one registry comes before the store, and the file is what is left", async () => {
    const asked = await helper(answer("<token>", "t"));
    const config = { credHelpers: { "r.example": "test" }, credsStore: "no-such-helper" };
    expect(await logins(config).of("r.example")).toEqual({ username: "", secret: "t" });
    await helper("echo credentials not found in native keychain; exit 1");
    const fallback = { auths: { "r.example": { auth: base64("me:p") } }, credsStore: "test" };
    expect(await logins(fallback).of("r.example")).toEqual({ username: "me", secret: "p" });
    expect(await readFile(asked, "utf8")).toBe("get r.example\n");
  });

  test("what a registry is called is data", async () => {
    const asked = await helper(answer("me", "s"));
    const registry = "$(touch x) '\"; rm -rf";
    await logins({ credHelpers: { [registry]: "test" } }).of(registry);
    expect(await readFile(asked, "utf8")).toBe(`get ${registry}\n`);
  });
});

test("builders without a session are told all logins, in the form that docker sends", async () => {
  const auths = { "r.example": { auth: base64("me:ü?>~") }, t: { identitytoken: "t" }, none: {} };
  const header = registryHeader(await logins({ auths }).all())?.["X-Registry-Config"] ?? "";
  // Go's decoder takes neither the other alphabet nor a missing padding.
  expect(header).toMatch(/^[\w-]+=*$/);
  expect(header.length % 4).toBe(0);
  expect(JSON.parse(Buffer.from(header, "base64url").toString())).toEqual({
    "r.example": { username: "me", password: "ü?>~" },
    t: { identitytoken: "t" },
  });
  expect(registryHeader({})).toBeUndefined();
});
