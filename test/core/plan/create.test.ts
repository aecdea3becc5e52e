import { expect, test } from "vitest";
import type { EngineFacts } from "../../../server/src/core/engine";
import { isPlan } from "../../../server/src/core/plan/plan";
import { createRequest } from "../../../server/src/core/plan/render/create";
import { launches } from "../../../server/src/core/project/plans";

const uri = "file:///p/compose.yaml";

/** The request for a service with these security options, or the key and the arguments of the refusal. */
function requestFor(options: readonly string[], engine: EngineFacts["engine"]) {
  const lines = ["services:", "  web:", "    image: systemd-test:252", "    command: /sbin/init"];
  const text = [...lines, `    security_opt: ${JSON.stringify(options)}`].join("\n");
  const snapshot = { runFiles: [uri], read: (asked: string) => (asked === uri ? text : undefined) };
  const [launch] = launches({ uri, text, snapshot }, { engine });
  if (!launch || !isPlan(launch.plan)) throw new Error("There is no plan.");
  const request = createRequest(launch.plan);
  return "refused" in request ? { key: request.refused.key, ...request.refused.args } : request.api;
}

test.each(["docker", "podman"] as const)(
  "%s: a security option without its value is refused, as clients do",
  (engine) => {
    for (const option of ["writable-cgroups", "apparmor", "seccomp=", "label:"]) {
      const shown = option.replace(":", "=");
      expect(requestFor([option], engine)).toEqual({ key: "create.option-without-value", option: shown });
      expect(requestFor(["apparmor=unconfined", option], engine)).toMatchObject({ option: shown });
    }
  },
);

test.each([["no-new-privileges"], ["no-new-privileges:true"], ["seccomp:unconfined"], ["label=disable"]])(
  "%s is accepted",
  (option) => {
    expect(requestFor([option], "docker")).toBe("docker");
  },
);
