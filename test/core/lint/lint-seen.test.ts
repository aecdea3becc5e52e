import { describe, expect, test } from "vitest";
import { format } from "../../../server/src/core/base/message";
import { seenUri } from "../../../server/src/core/image/base-images";
import type { SeenImage } from "../../../server/src/core/image/seen-image";
import { lintSeen } from "../../../server/src/core/lint/lint-seen";
import { debian12, type Files, seenImage, seenText, systemd } from "../image/seen";

const name = "my/base:1";

/** The findings of a file, with or without what was seen in `my/base:1`. */
function linted(text: string, image?: SeenImage, file = "Dockerfile") {
  const uri = `file:///p/${file}`;
  const seen = image && seenText(name, image);
  const read = (asked: string) => (asked === seenUri(name) ? seen : asked === uri ? text : undefined);
  const snapshot = { read, runFiles: file === "Dockerfile" ? [] : [uri] };
  const { findings } = lintSeen({ uri, text, snapshot, settings: { rules: {}, target: undefined } });
  return findings.map(({ rule, severity, grade, message }) => ({
    ...{ rule, severity, grade },
    isSeen: message.args.images === "my/base:1 (sha256:0123456789ab)",
    text: format(message),
  }));
}

const image = (files: Files = {}, more: Partial<SeenImage> = {}) =>
  seenImage({ ...debian12, ...files }, more);
const of = (rule: string, ...args: Parameters<typeof linted>) =>
  linted(...args).filter((finding) => finding.rule === rule);

describe("what rests on an image that was seen", () => {
  test("is certain and names the image", () => {
    const text = `FROM ${name}\n`;
    expect(linted(text)).toEqual([]);
    const [found] = of("image-stop-signal", text, image());
    expect(found).toMatchObject({ severity: "warning", grade: "certain", isSeen: true });
    expect(found?.text).toContain("Based on the contents of my/base:1 (sha256:0123456789ab).");
    expect(of("image-stop-signal", text, image({}, { stopSignal: "SIGRTMIN+3" }))).toEqual([]);
  });

  test("the image is named in a separate sentence, also after a message without a period", () => {
    const found = linted(`FROM ${name}\n`, image()).filter(({ isSeen }) => isSeen);
    expect(found.map(({ rule }) => rule)).toContain("image-run-flags");
    for (const { text } of found)
      expect(text).toMatch(/\. Based on the contents of my\/base:1 \(sha256:0123456789ab\)\.$/);
  });

  test("what does not rest on it does not name it", () => {
    const text = `FROM ${name}\nSTOPSIGNAL SIGTERM\nCMD ["/sbin/init"]\n`;
    expect(of("image-stop-signal", text, image())).toMatchObject([{ isSeen: true }]);
    const own = `FROM debian:12\nSTOPSIGNAL SIGTERM\nCMD ["/sbin/init"]\n`;
    expect(of("image-stop-signal", own, image())).toMatchObject([{ isSeen: false }]);
  });

  test("a user of the base image", () => {
    const text = `FROM ${name}\nSTOPSIGNAL SIGRTMIN+3\n`;
    expect(of("image-user-not-root", text, image({}, { user: "me" }))).toMatchObject([
      { severity: "error", isSeen: true },
    ]);
    expect(of("image-user-not-root", `${text}USER root\n`, image({}, { user: "me" }))).toEqual([]);
    expect(of("image-user-not-root", text, image({}, { user: "root" }))).toEqual([]);
  });

  test("a container of the image", () => {
    const text = `services:\n  web:\n    image: ${name}\n`;
    const [found] = of("run-cgroup-writable", text, image(), "compose.yaml");
    expect(found).toMatchObject({ severity: "error", grade: "certain", isSeen: true });
    expect(linted(text, undefined, "compose.yaml")).toEqual([]);
    expect(linted(text, image({}, { command: ["bash"] }), "compose.yaml")).toEqual([]);
    expect(linted(text, image({}, { programs: { "/sbin/init": "/usr/bin/tini" } }), "compose.yaml")).toEqual(
      [],
    );
  });

  test("an entry script of the base image that starts its arguments", () => {
    const script = { "/start": '#!/bin/sh\nexec "$@"\n' };
    const more = { entrypoint: ["/start"], programs: { ...systemd, "/start": "/start" } };
    expect(of("image-stop-signal", `FROM ${name}\n`, image(script, more))).toMatchObject([
      { grade: "certain" },
    ]);
    const other = { "/start": "#!/bin/sh\nexec nginx\n" };
    expect(linted(`FROM ${name}\n`, image(other, more))).toEqual([]);
  });

  test("a base image that boots into multi-user.target needs no boot target", () => {
    const text = `FROM ${name}\nSTOPSIGNAL SIGRTMIN+3\nCMD ["/sbin/init"]\n`;
    const multi = { "/etc/systemd/system/default.target": { to: "/lib/systemd/system/multi-user.target" } };
    const more = { command: ["bash"] };
    expect(of("image-boot-target", text, image({}, more))).toHaveLength(1);
    expect(of("image-boot-target", text, image(multi, more))).toEqual([]);
  });
});
