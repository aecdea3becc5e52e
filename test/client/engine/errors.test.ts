import { describe, expect, test } from "vitest";
import { failure, toFault, withFaults } from "../../../client/src/engine/errors";
import { doings } from "../../../client/src/texts/faults";
import { causeText } from "../../../client/src/texts/places";
import { english, notices } from "../english";
import { shownOf } from "./rejection";

/** An error as dockerode throws it. */
function answered(statusCode: number, message: string): Error {
  return Object.assign(new Error(`(HTTP code ${statusCode}) x - ${message} `), {
    statusCode,
    json: { message },
  });
}

function system(code: string): Error {
  return Object.assign(new Error(`connect ${code} /var/run/docker.sock`), { code });
}

describe("what engines and sockets answer, as a fault", () => {
  test.each([
    [system("EACCES"), "permission", {}],
    [system("ENOENT"), "not-running", {}],
    [system("ECONNREFUSED"), "not-running", {}],
    [system("ECONNRESET"), "engine-gone", {}],
    [new Error("socket hang up"), "engine-gone", {}],
    [new AggregateError([system("ECONNREFUSED")]), "not-running", {}],
    [answered(500, "write /var/lib/docker/tmp/x: no space left on device"), "disk-full", {}],
    [
      answered(
        409,
        'Conflict. The container name "/web" is already in use by container "9f". You have to remove',
      ),
      "name-taken",
      { taken: "web" },
    ],
    [
      answered(
        409,
        'container create: creating container storage: the container name "web" is already in use by 9f.',
      ),
      "name-taken",
      { taken: "web" },
    ],
    [
      answered(500, "driver failed: Bind for 0.0.0.0:8080 failed: port is already allocated"),
      "port-taken",
      { port: 8080 },
    ],
    [
      answered(500, "error starting userland proxy: listen tcp4 0.0.0.0:443: bind: address already in use"),
      "port-taken",
      { port: 443 },
    ],
    [
      answered(500, "rootlessport listen tcp [::]:8443: bind: address already in use"),
      "port-taken",
      { port: 8443 },
    ],
    [
      answered(
        500,
        "Ports are not available: exposing port TCP 0.0.0.0:80 -> 127.0.0.1:0: listen tcp 0.0.0.0:80: bind: address already in use",
      ),
      "port-taken",
      { port: 80 },
    ],
    [answered(404, "No such image: web:1"), "image-missing", { image: "web:1" }],
    [answered(404, "web: image not known"), "image-missing", {}],
    [
      answered(
        500,
        "pull access denied for no/such, repository does not exist or may require 'docker login'",
      ),
      "image-missing",
      { image: "no/such" },
    ],
    [
      answered(
        500,
        'Get "https://registry-1.docker.io/v2/": dial tcp: lookup registry-1.docker.io: no such host',
      ),
      "registry",
      { lacks: "connection", host: "registry-1.docker.io" },
    ],
    [
      answered(
        500,
        "127.0.0.1:5000/private/base:1: pull access denied, repository does not exist or may require authorization: authorization failed: no basic auth credentials",
      ),
      "registry",
      { lacks: "login", host: "127.0.0.1:5000" },
    ],
    [
      answered(
        500,
        "initializing source docker://r.example/me/base:1: reading manifest 1 in r.example/me/base: authentication required",
      ),
      "registry",
      { lacks: "login", host: "r.example" },
    ],
    [
      answered(
        500,
        'pinging container registry r.example:80: Get "https://r.example:80/v2/": http: server gave HTTP response to HTTPS client',
      ),
      "registry",
      { lacks: "tls", host: "r.example:80" },
    ],
    [
      answered(500, 'Head "https://r.example/v2/x/manifests/1": unauthorized: authentication required'),
      "registry",
      { lacks: "login", host: "r.example" },
    ],
    [
      answered(500, 'Head "https://r.example:5000/v2/x": dial tcp 10.0.0.1:5000: i/o timeout'),
      "registry",
      { lacks: "connection", host: "r.example:5000" },
    ],
    [answered(400, 'invalid --security-opt 2: "writable-cgroups=true"'), "too-old", {}],
    [
      answered(400, "option WritableCgroups conflicts with user namespaces and rootless mode"),
      "cgroups-refused",
      {},
    ],
    [answered(400, "invalid tmpfs option"), "refused", { said: "invalid tmpfs option" }],
    [answered(404, "No such container: abc"), "container-gone", {}],
    [answered(404, 'no container with name or ID "abc" found: no such container'), "container-gone", {}],
    [answered(409, "container abc is not running"), "container-stopped", {}],
    [
      answered(500, "can only create exec sessions on running containers: container state improper"),
      "container-stopped",
      {},
    ],
    [
      answered(500, "who knows"),
      "engine-error",
      { doing: "build", why: { code: "other", said: "who knows" } },
    ],
    ["a string", "engine-error", { doing: "build", why: { code: "other", said: "a string" } }],
    [undefined, "engine-error", { doing: "build", why: { code: "other", said: "undefined" } }],
  ])("%s → %s", (error, code, details) => {
    expect(toFault(error, "build")).toMatchObject({ code, ...details });
  });
});

test.each([
  { code: "no-answer", program: "systemctl", seconds: 10 },
  { code: "ssh-ended", exitCode: 255, said: "Connection refused" },
] as const)("why a call failed ends the message, after what it was: %o", (why) => {
  const fault = toFault(failure(why), "list-units");
  expect(fault).toMatchObject({ code: "engine-error", doing: "list-units", why });
  const doing = doings["list-units"](english);
  expect(shownOf(fault)).toBe(notices.failed(doing, causeText(english, why)));
});

describe("what is no fault of the engine", () => {
  test("an abort stays an abort, whatever the call threw", async () => {
    const cancel = new AbortController();
    const call = withFaults("build", cancel.signal, async () => {
      cancel.abort();
      throw system("ECONNRESET");
    });
    await expect(call).rejects.toMatchObject({ name: "AbortError" });
    const never = withFaults("build", cancel.signal, async () => "called");
    await expect(never).rejects.toMatchObject({ name: "AbortError" });
  });

  test("a fault is not wrapped again", () => {
    const fault = toFault(system("EACCES"), "build");
    expect(toFault(fault, "boot")).toBe(fault);
  });
});
