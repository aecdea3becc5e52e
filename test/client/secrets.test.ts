import { expect, test } from "vitest";
import type { Engine, LaunchConfiguration, Memory } from "../../client/src/ports";
import { writableTrace } from "../../client/src/trace";
import { buttons, notices } from "./english";
import { dockerfile, fault, somePlan, someReport, world } from "./world";

const variable = "s3cret-of-a-variable";
const argument = "s3cret-of-an-argument";

const configuration: LaunchConfiguration = {
  name: "with secrets",
  dockerfile: "web/Dockerfile",
  buildArguments: { API_TOKEN: argument },
  environment: { PASSWORD: variable },
};

/** Runs commands in a world with secrets in its launch configuration; gives all that was written anywhere. */
async function written(commands: readonly string[], engine: Partial<Engine> = {}) {
  const texts: string[] = [];
  const memory: Memory = {};
  const seen: unknown[] = [];
  const create = { api: "docker", body: { Image: "web:systemd", Env: [`PASSWORD=${variable}`] } } as const;
  const scene = world({
    memory,
    server: { plan: async () => ({ ...somePlan, create, arguments: [{ name: "API_TOKEN" }] }) },
    engine: {
      build: async (request) => void seen.push(request),
      start: async (request) => {
        seen.push(request);
        return { id: "1", name: request.name, running: true };
      },
      ...engine,
    },
    ui: {
      launches: () => [configuration],
      print: (text) => texts.push(text),
      status: (shown) => texts.push(JSON.stringify(shown ?? "")),
      busy: (shown) => texts.push(JSON.stringify(shown ?? "")),
    },
  });
  for (const command of commands) await scene.run(command, dockerfile);
  texts.push(
    ...scene.events,
    JSON.stringify(memory.builds ?? {}),
    JSON.stringify(scene.pages.map(({ parts }) => parts)),
  );
  return { text: texts.join("\n"), seen };
}

test("values of variables and build arguments are sent to the engine and written nowhere else", async () => {
  const { text, seen } = await written(["buildAndBoot", "showBootReport", "build"]);
  expect(JSON.stringify(seen)).toContain(argument);
  expect(JSON.stringify(seen)).toContain(variable);
  expect(text).toContain("API_TOKEN");
  expect(text).not.toContain("s3cret");
});

test("nor are they where a boot fails", async () => {
  const ended = { ...someReport, state: "exited", exitCode: 255 } as const;
  const { text } = await written(["buildAndBoot", "showBootReport"], { boot: async () => ended });
  expect(text).toContain(notices.exited("web-systemd", 255));
  expect(text).not.toContain("s3cret");
});

test("nor where the engine refuses the container", async () => {
  const { text } = await written(["buildAndBoot"], {
    start: async () =>
      Promise.reject(fault({ code: "name-taken", taken: "web", instead: { name: "other" } })),
  });
  expect(text).toContain(`[${buttons.useName("other")}]`);
  expect(text).not.toContain("s3cret");
});

test("the protocol trace shows only the request for a plan", () => {
  const params = `Params: {"options":{"environment":{"PASSWORD":"${variable}"}}}`;
  expect(writableTrace(`Sending request 'systemdContainers/plan - (3)'.\n${params}`)).toBe(
    "Sending request 'systemdContainers/plan - (3)'.\n(omitted: it can contain secrets)",
  );
  const response = `Received response 'systemdContainers/plan - (3)' in 5ms.\nResult: {"Env":["PASSWORD=${variable}"]}`;
  expect(writableTrace(response)).not.toContain("s3cret");
  const other = "Sending request 'textDocument/hover - (4)'.\nParams: {}";
  expect(writableTrace(other)).toBe(other);
});
