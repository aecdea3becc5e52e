import { existsSync } from "node:fs";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { build } from "../../client/src/engine/build/build";
import { exec } from "../../client/src/engine/exec";
import { buildText } from "../../client/src/texts/build-output";
import { inventory, never, rejection, type Setup, shownOf, startRequest, useEngine, withBody } from "./setup";

const secrets = {
  buildArgument: "s3cret-of-a-build",
  variable: "s3cret-of-a-variable",
};

describe.each(["docker@28/v2", "podman@5/v2"])("%s: what is given is data", (name) => {
  const setup = useEngine(name, ["systemd-test:252"]);

  test("paths, arguments, labels and values with spaces, quotes, $() and line breaks arrive as they are", async (context) => {
    const all = setup(context);
    const before = await inventory(all);
    const root = await mkdtemp(join(tmpdir(), "systemd-containers-test-"));
    const canary = join(root, "run-by-a-shell");
    const nasty = `it's "a" $(touch ${canary}) \`touch ${canary}\` ; touch ${canary} \\ & | *`;
    const lines = `${nasty}\nsecond line`;
    try {
      const folder = join(root, nasty.replaceAll("/", "_"));
      await mkdir(folder);
      const dockerfile = join(folder, "Dockerfile 'x' $(y)");
      await writeFile(
        dockerfile,
        'FROM systemd-test:252\nARG GIVEN\nRUN printf %s "$GIVEN" >/given\nCOPY . /context\nSTOPSIGNAL SIGRTMIN+3\n',
      );
      await writeFile(join(folder, nasty.replaceAll("/", "_")), "content");
      const request = { dockerfile, context: folder, tag: "test-safety:1", buildArgs: { GIVEN: nasty } };
      await build(all.connection, request, { print: () => undefined, signal: never });

      const container = await all.engine.start(requestFor(all, lines), never);
      try {
        const inspected = await all.docker.getContainer(container.id).inspect();
        expect(inspected.Config.Labels).toMatchObject({ given: lines });
        expect(inspected.Config.Env).toContain(`GIVEN=${lines}`);
        expect(inspected.Config.Cmd).toEqual(["/sbin/init", nasty]);
        expect((await all.engine.boot(container, 60, { report: () => undefined, signal: never })).state).toBe(
          "running",
        );
        const ask = async (...argv: string[]) =>
          (await exec(all.connection.docker, container.id, argv)).stdout;
        expect(await ask("cat", "/given")).toBe(nasty);
        expect(await ask("printf", "%s", lines)).toBe(lines);
        expect(await ask("ls", "-N", "/context")).toContain(nasty.replaceAll("/", "_"));
        expect(await exec(all.connection.docker, container.id, ["test", "-e", canary])).toMatchObject({
          exitCode: 1,
        });
        expect(await all.engine.stop(container)).toEqual({ exitCode: 0 });
      } finally {
        await all.engine.remove(container);
      }
      const strange = { ...requestFor(all, ""), name: nasty };
      expect(["refused", "engine-error"]).toContain((await rejection(all.engine.start(strange, never))).code);
      expect(existsSync(canary)).toBe(false);
    } finally {
      await rm(root, { recursive: true });
      await all.docker.getImage("test-safety:1").remove({ force: true });
    }
    expect(await inventory(all)).toEqual(before);
  });

  test("values of build arguments and variables are in no label, output, error or report", async (context) => {
    const all = setup(context);
    const before = await inventory(all);
    const folder = await mkdtemp(join(tmpdir(), "systemd-containers-test-"));
    const written: string[] = [];
    try {
      const dockerfile = join(folder, "Dockerfile");
      const make = async (step: string) => {
        await writeFile(dockerfile, `FROM systemd-test:252\nARG TOKEN\nRUN echo "$TOKEN" && ${step}\n`);
        const request = {
          ...{ dockerfile, context: folder, tag: "test-safety:2" },
          buildArgs: { TOKEN: secrets.buildArgument },
        };
        return build(all.connection, request, {
          print: (output) => written.push(buildText(output)),
          signal: never,
        });
      };
      const failed = await rejection(make("false"));
      written.push(shownOf(failed), failed.message, JSON.stringify(failed), String(failed.stack));
      await make("true");
      const image = await all.docker.getImage("test-safety:2").inspect();
      written.push(JSON.stringify(image.Config.Labels));

      const request = withBody(requestFor(all, ""), {
        Image: "test-safety:2",
        Cmd: ["/sbin/init"],
        Env: [`PASSWORD=${secrets.variable}`],
      });
      const HostConfig = { ...(request.create.body.HostConfig as object), CapAdd: ["NO_SUCH"] };
      const refused = await rejection(all.engine.start(withBody(request, { HostConfig }), never));
      written.push(shownOf(refused), refused.message, JSON.stringify(refused), String(refused.stack));
      const container = await all.engine.start(request, never);
      try {
        const report = await all.engine.boot(container, 60, {
          report: (text) => written.push(text),
          signal: never,
        });
        expect(report.state).toBe("running");
        written.push(JSON.stringify(report), JSON.stringify(await all.engine.report(container)));
        written.push(JSON.stringify(await all.engine.containers()));
        const { Config } = await all.docker.getContainer(container.id).inspect();
        written.push(JSON.stringify(Config.Labels));
        // It did arrive where it belongs.
        expect(Config.Env).toContain(`PASSWORD=${secrets.variable}`);
      } finally {
        await all.engine.remove(container);
      }
    } finally {
      await rm(folder, { recursive: true });
      await all.docker.getImage("test-safety:2").remove({ force: true });
    }
    expect(written.join("").length).toBeGreaterThan(1000);
    expect(written.join("\n")).not.toMatch(/s3cret-of/);
    expect(await inventory(all)).toEqual(before);
  });
});

/** A container with this in a label and a variable, started as the engine wants it. */
function requestFor({ engine }: Setup, given: string) {
  const nasty = given.split("\n")[0] ?? "";
  const request = startRequest("test-safety:1", "test-safety");
  return withBody(request, {
    Cmd: nasty === "" ? ["/sbin/init"] : ["/sbin/init", nasty],
    Labels: { given },
    Env: ["container=docker", `GIVEN=${given}`],
    ...(engine.facts.engine === "podman" && { HostConfig: { NetworkMode: "none" } }),
  });
}
