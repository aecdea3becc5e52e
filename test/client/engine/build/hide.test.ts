import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { hider } from "../../../../client/src/engine/build/hide";
import { connectTo } from "../connect-to";
import { docker28, refuse, serve } from "../recording-server";
import { rejection, shownOf } from "../rejection";

test.each([
  ["s3cret", "RUN echo s3cret: s3cret", "RUN echo ***: ***"],
  ['s3 "c"', 'buildargs={"A":"s3 \\"c\\""}', 'buildargs={"A":"***"}'],
  [
    "s3/c et",
    "/build?buildargs=%7B%22A%22%3A%22s3%2Fc%20et%22%7D",
    "/build?buildargs=%7B%22A%22%3A%22***%22%7D",
  ],
  ["one line\nsecond", "a second and one line", "a *** and ***"],
  ["abc", "abc is no secret", "abc is no secret"],
])("%j in %j", (value, text, hidden) => {
  expect(hider([value])(text)).toBe(hidden);
});

test("an engine that returns the build address reveals no build argument", async () => {
  const server = await serve({
    ...docker28,
    // Without BuildKit, so that no session is requested.
    "GET /version": { ...docker28["GET /version"], ApiVersion: "1.30" },
    "GET /images/json": [],
    "POST /build": (response, { url }) => refuse(response, 400, `cannot parse ${url}`),
  });
  const folder = await mkdtemp(join(tmpdir(), "systemd-containers-test-"));
  onTestFinished(() => rm(folder, { recursive: true }));
  await writeFile(join(folder, "Dockerfile"), "FROM x\n");
  const engine = await connectTo(`unix://${server.socket}`);
  const request = {
    ...{ dockerfile: join(folder, "Dockerfile"), context: folder, tag: "a:1" },
    buildArgs: { TOKEN: "s3cret-of-a-build" },
  };
  const job = { print: () => undefined, signal: new AbortController().signal };
  const error = await rejection(engine.build(request, job));
  expect(shownOf(error)).toContain("cannot parse /build");
  const { cause } = error as { cause?: Error };
  const all = [
    shownOf(error),
    error.message,
    error.stack,
    JSON.stringify(error),
    cause?.message,
    cause?.stack,
  ];
  expect(all.join("\n")).not.toContain("s3cret");
});
