import { expect, test } from "vitest";
import { brokenBy } from "./same";

const dockerfile = 'FROM debian:12\nRUN a && \\\n  b\nCMD ["/sbin/init"]\n';

test.each<[says: string, now: string, broken: boolean]>([
  ["an instruction more", dockerfile.replace("CMD", "STOPSIGNAL SIGRTMIN+3\nCMD"), false],
  ["another argument", dockerfile.replace("/sbin/init", "/lib/systemd/systemd"), false],
  ["an instruction in the middle of another", dockerfile.replace("  b", "STOPSIGNAL 37\n  b"), true],
  ["two arguments", dockerfile.replace("12", "13").replace("init", "x"), true],
  ["another order", 'FROM debian:12\nCMD ["/sbin/init"]\nRUN a && \\\n  b\n', true],
])("one edit of a Dockerfile: %s", (_, now, broken) => {
  expect(brokenBy("dockerfile", dockerfile, now, 1) !== undefined).toBe(broken);
});

const compose = "services:\n  a:\n    image: x\n  b:\n    image: y\n";

test.each<[says: string, now: string, broken: boolean]>([
  ["a key more", compose.replace("  b:", "    tty: true\n  b:"), false],
  ["keys of two services", compose.replace("x", "z").replace("y", "z"), true],
  ["what is no YAML any more", compose.replace("image: x", "image: [x"), true],
])("one edit of a compose file: %s", (_, now, broken) => {
  expect(brokenBy("compose", compose, now, 1) !== undefined).toBe(broken);
});
