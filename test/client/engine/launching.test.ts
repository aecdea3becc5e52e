import { describe, expect, test } from "vitest";
import { findCompose } from "../../../client/src/engine/connect/compose";

const never = new AbortController().signal;

describe("the compose of an engine", () => {
  const found = async (engine: "docker" | "podman", installed: string, context?: string) => {
    const tried: string[] = [];
    const run = async (command: string, args: readonly string[]) => {
      tried.push([command, ...args].join(" "));
      return tried.at(-1) === `${installed} version`;
    };
    const invocation = await findCompose(engine, { url: "unix:///s", context }, never, run);
    return { invocation, tried };
  };

  test("is the engine's platform first, and goes where the connection goes", async () => {
    expect((await found("docker", "docker compose")).invocation).toEqual({
      command: "docker",
      args: ["compose"],
      env: { DOCKER_HOST: "unix:///s" },
    });
    const { invocation, tried } = await found("podman", "podman-compose");
    expect(invocation).toMatchObject({ command: "podman-compose", args: [] });
    expect(invocation?.env).toEqual({ DOCKER_HOST: "unix:///s", CONTAINER_HOST: "unix:///s" });
    expect(tried).toEqual(["podman compose version", "docker compose version", "podman-compose version"]);
  });

  test("finds the certificates of a docker context by its name", async () => {
    expect((await found("docker", "docker-compose", "work")).invocation?.env).toEqual({
      DOCKER_CONTEXT: "work",
      DOCKER_HOST: "",
    });
  });

  test("is nothing where none is installed", async () => {
    expect((await found("docker", "none")).invocation).toBeUndefined();
    // The real one: a program that does not exist is not a error.
    const missing = await findCompose("docker", { url: "unix:///nowhere" }, never, async () => false);
    expect(missing).toBeUndefined();
  });
});
