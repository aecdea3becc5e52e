import { describe, expect, test } from "vitest";
import { failure, toFault, withFaults } from "../../../client/src/engine/errors";
import { told } from "./rejection";

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

describe("what engines and sockets say, and what a person is told", () => {
  test.each([
    [system("EACCES"), "permission", "The engine's socket may not be opened by this user."],
    [system("ENOENT"), "not-running", "The container engine does not answer."],
    [system("ECONNREFUSED"), "not-running", "The container engine does not answer."],
    [system("ECONNRESET"), "engine-gone", "The connection to the container engine broke."],
    [new Error("socket hang up"), "engine-gone", "The connection to the container engine broke."],
    [new AggregateError([system("ECONNREFUSED")]), "not-running", "The container engine does not answer."],
    [
      answered(500, "write /var/lib/docker/tmp/x: no space left on device"),
      "disk-full",
      "The disk of the container engine is full.",
    ],
    [
      answered(
        409,
        'Conflict. The container name "/web" is already in use by container "9f". You have to remove',
      ),
      "name-taken",
      "The name web belongs to another container.",
    ],
    [
      answered(
        409,
        'container create: creating container storage: the container name "web" is already in use by 9f.',
      ),
      "name-taken",
      "The name web belongs to another container.",
    ],
    [
      answered(500, "driver failed: Bind for 0.0.0.0:8080 failed: port is already allocated"),
      "port-taken",
      "Port 8080 is taken on the engine's machine.",
    ],
    [
      answered(500, "error starting userland proxy: listen tcp4 0.0.0.0:443: bind: address already in use"),
      "port-taken",
      "Port 443 is taken on the engine's machine.",
    ],
    [
      answered(500, "rootlessport listen tcp [::]:8443: bind: address already in use"),
      "port-taken",
      "Port 8443 is taken on the engine's machine.",
    ],
    [
      answered(
        500,
        "Ports are not available: exposing port TCP 0.0.0.0:80 -> 127.0.0.1:0: listen tcp 0.0.0.0:80: bind: address already in use",
      ),
      "port-taken",
      "Port 80 is taken on the engine's machine.",
    ],
    [answered(404, "No such image: web:1"), "image-missing", "There is no image web:1."],
    [answered(404, "web: image not known"), "image-missing", "There is no image of that name."],
    [
      answered(
        500,
        "pull access denied for no/such, repository does not exist or may require 'docker login'",
      ),
      "image-missing",
      "There is no image no/such.",
    ],
    [
      answered(
        500,
        'Get "https://registry-1.docker.io/v2/": dial tcp: lookup registry-1.docker.io: no such host',
      ),
      "registry",
      "The registry registry-1.docker.io cannot be reached from the engine.",
    ],
    [
      answered(
        500,
        "127.0.0.1:5000/private/base:1: pull access denied, repository does not exist or may require authorization: authorization failed: no basic auth credentials",
      ),
      "registry",
      "The registry 127.0.0.1:5000 wants a login.",
    ],
    [
      answered(
        500,
        "initializing source docker://r.example/me/base:1: reading manifest 1 in r.example/me/base: authentication required",
      ),
      "registry",
      "The registry r.example wants a login.",
    ],
    [
      answered(
        500,
        'pinging container registry r.example:80: Get "https://r.example:80/v2/": http: server gave HTTP response to HTTPS client',
      ),
      "registry",
      "The registry r.example:80 does not speak TLS.",
    ],
    [
      answered(500, 'Head "https://r.example/v2/x/manifests/1": unauthorized: authentication required'),
      "registry",
      "The registry r.example wants a login.",
    ],
    [
      answered(500, 'Head "https://r.example:5000/v2/x": dial tcp 10.0.0.1:5000: i/o timeout'),
      "registry",
      "The registry r.example:5000 cannot be reached from the engine.",
    ],
    [
      answered(400, 'invalid --security-opt 2: "writable-cgroups=true"'),
      "too-old",
      "This engine does not know the option writable-cgroups: Docker has it since version 28.",
    ],
    [
      answered(400, "option WritableCgroups conflicts with user namespaces and rootless mode"),
      "cgroups-refused",
      "Rootless engines and engines with userns-remap refuse the option writable-cgroups.",
    ],
    [
      answered(400, "invalid tmpfs option"),
      "refused",
      "The engine refused the request: invalid tmpfs option",
    ],
    [
      answered(404, "No such container: abc"),
      "container-gone",
      "The container is gone. Something else removed it.",
    ],
    [
      answered(404, 'no container with name or ID "abc" found: no such container'),
      "container-gone",
      "The container is gone. Something else removed it.",
    ],
    [answered(409, "container abc is not running"), "container-stopped", "The container is not running."],
    [
      answered(500, "can only create exec sessions on running containers: container state improper"),
      "container-stopped",
      "The container is not running.",
    ],
    [answered(500, "who knows"), "engine-error", "The build failed: who knows"],
    ["a string", "engine-error", "The build failed: a string"],
    [undefined, "engine-error", "The build failed: undefined"],
  ])("%s → %s", (error, code, message) => {
    expect(told(toFault(error, "build"))).toMatchObject({ code, message });
  });
});

test.each([
  [{ code: "no-answer", program: "systemctl", seconds: 10 }, "systemctl gave no answer within 10 s"],
  [
    { code: "ssh-ended", exitCode: 255, said: "Connection refused" },
    "ssh ended with 255: Connection refused",
  ],
] as const)("why a call failed is told after what it was: %o", (why, text) => {
  expect(told(toFault(failure(why), "list-units"))).toMatchObject({
    ...{ code: "engine-error", why },
    message: `Listing the units failed: ${text}`,
  });
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
