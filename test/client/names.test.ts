import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { baseName, containerName, imageTag, kindOfName, referenceName } from "../../client/src/names";
import { commandLine } from "../../client/src/quoting";

test.each([
  ["/a/Dockerfile", "dockerfile"],
  ["/a/Dockerfile.web", "dockerfile"],
  ["/a/web.dockerfile", "dockerfile"],
  ["/a/Containerfile", "dockerfile"],
  ["/a/compose.yaml", "compose"],
  ["/a/docker-compose.prod.yml", "compose"],
  ["/a/Dockerfile.dockerignore", undefined],
  ["/a/composer.yaml", undefined],
  ["/a/values.yaml", undefined],
  ["/a/NotADockerfile", undefined],
])("%s is %s by its name", (path, kind) => {
  expect(kindOfName(path)).toBe(kind);
});

test.each([
  ["/work/web/Dockerfile", undefined, "web"],
  ["C:\\work\\Web Server\\Dockerfile", undefined, "web-server"],
  ["/work/web/Dockerfile.dev", "build", "web-dev-build"],
  ["/work/web/db.dockerfile", undefined, "web-db"],
  ["/Dockerfile", undefined, "image"],
  ["/работа/Dockerfile", undefined, "image"],
])("%s (stage %s) is called %s", (path, stage, name) => {
  expect(baseName(path, stage)).toBe(name);
});

test("names are ones that engines take, whatever a folder is called", () => {
  fc.assert(
    fc.property(fc.string(), fc.option(fc.string(), { nil: undefined }), (folder, stage) => {
      const path = `/${folder}/Dockerfile`;
      expect(imageTag(path, stage)).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*:systemd$/);
      expect(containerName(path, stage)).toMatch(/^[a-zA-Z0-9][a-zA-Z0-9_.-]+$/);
    }),
  );
});

describe("a command line", () => {
  test("leaves plain arguments as they are", () => {
    expect(commandLine(["docker", "run", "--tmpfs", "/run:rw,mode=755", "a:b"])).toBe(
      "docker run --tmpfs /run:rw,mode=755 a:b",
    );
  });

  test.skipIf(process.platform === "win32")("reaches a program as the same arguments", () => {
    const nasty = ["a b", "it's", '"', "$(id)", "`id`", "a\nb", "", "~", "*", "!x", "a;b", "a&b", "\\", "é"];
    const show = [
      process.execPath,
      "-e",
      "console.log(JSON.stringify(process.argv.slice(1)))",
      "--",
      ...nasty,
    ];
    const output = execFileSync("sh", ["-c", commandLine(show)], { encoding: "utf8" });
    expect(JSON.parse(output)).toEqual(nasty);
  });
});

test.skipIf(process.platform === "win32" || !existsSync("/bin/bash"))(
  "a command line contains no control character, and bash reads the same arguments from it",
  () => {
    const nasty = ["\u001b[201~\nrm -rf '~'\\", "\u202ex\u009b\u{e0041}", "a'b\u0007"];
    const line = commandLine(["printf", "%s\\0", ...nasty]);
    expect(line).not.toMatch(/[\p{Cc}\p{Cf}]/u);
    const env = { ...process.env, LC_ALL: "C.UTF-8" };
    const output = execFileSync("bash", ["-c", line], { encoding: "utf8", env });
    expect(output.split("\0")).toEqual([...nasty, ""]);
  },
);

test.each([
  ["fedora-init", "fedora-init"],
  ["reg.example:5000/me/Web_App:1.2", "web-app-1-2"],
  ["web:latest", "web"],
  ["web@sha256:0123", "web"],
  ["0123456789ab", "0123456789ab"],
])("the container of the image %s is called %s-systemd", (reference, name) => {
  expect(referenceName(reference)).toBe(name);
});

describe("a command line for PowerShell", () => {
  const powershell = (...words: Parameters<typeof commandLine>[0]) => commandLine(words, "powershell");

  test("leaves bare what PowerShell reads as one word, and quotes the rest", () => {
    expect(powershell("docker", "build", "--tag", "web:systemd", "C:\\work\\Dockerfile")).toBe(
      "docker build --tag web:systemd C:\\work\\Dockerfile",
    );
    // Bare, these would be an array, a parameter with a value, a splat, a subexpression.
    expect(powershell("--mount", "type=bind,source=/a", "-v:b", "@x", "$(y)", "a b", "")).toBe(
      "--mount 'type=bind,source=/a' '-v:b' '@x' '$(y)' 'a b' ''",
    );
  });

  test("doubles every quote that PowerShell takes for one", () => {
    expect(powershell("it's", "it’s")).toBe("'it''s' 'it’’s'");
  });

  test("holds no control character, which would act on the terminal it is pasted into", () => {
    expect(powershell("\u001b[201~\n$x \u202e")).toBe('"`u{1b}[201~`u{a}`$x `u{202e}"');
  });

  test("takes a value from the environment", () => {
    expect(powershell({ text: 'a"$b=', variable: "TOKEN" })).toBe('"a`"`$b=$env:TOKEN"');
    expect(commandLine([{ text: 'a"$b=', variable: "TOKEN" }])).toBe('"a\\"\\$b=$TOKEN"');
  });
});
