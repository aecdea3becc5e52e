import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { build } from "../../client/src/engine/build/build";
import { loginsOf } from "../../client/src/engine/connect/registry-login";
import { pushImage, tagImage } from "../../client/src/engine/container/share";
import { buildText } from "../../client/src/texts/build-output";
import { noWorld } from "../client/engine/connect-to";
import { type PrivateRegistry, startPrivateRegistry } from "./private-registry";
import { inFolder, inventory, never, rejection, type Setup, useEngine } from "./setup";

const secret = "s3cret-of-a-registry";

/** The engine as it is for a user with this in config.json. */
const as = ({ connection }: Setup, auths: object) => {
  const config = Buffer.from(JSON.stringify({ auths }));
  const readFile = async (path: string) => (path.endsWith("config.json") ? config : undefined);
  return { ...connection, logins: loginsOf({ ...noWorld, readFile }) };
};

describe.each(["docker@28/v2", "docker@20/v2"])("%s and a private registry", (name) => {
  const setup = useEngine(name, []);
  let registry: PrivateRegistry;
  beforeAll(async () => {
    registry = await startPrivateRegistry("me", secret);
  });
  afterAll(() => registry.close());

  test("a base image is pulled, and an image pushed, with the login of docker's configuration, and not without", async (context) => {
    const all = setup(context);
    const before = await inventory(all);
    const { image, host } = registry;
    let output = "";
    const buildAs = (auths: object) =>
      inFolder({ Dockerfile: `FROM ${image}\nLABEL a=b\n` }, (folder) =>
        build(
          as(all, auths),
          { dockerfile: join(folder, "Dockerfile"), context: folder, tag: "test-registry:1" },
          {
            print: (more) => {
              output += buildText(more);
            },
            signal: never,
          },
        ),
      );
    const refused = await rejection(buildAs({}));
    expect(refused).toMatchObject({
      code: "registry",
      lacks: "login",
      host,
      line: 0,
    });
    expect(registry.admitted()).toBe(0);

    const auth = Buffer.from(`me:${secret}`).toString("base64");
    await buildAs({ [host]: { auth } });
    expect(registry.admitted()).toBeGreaterThan(0);
    const built = await all.docker.getImage("test-registry:1").inspect();
    expect(built.Config.Labels).toMatchObject({ a: "b" });
    expect(output + JSON.stringify(built)).not.toContain(secret);
    expect(output + JSON.stringify(built)).not.toContain(auth);

    const session = as(all, { [host]: { auth } });
    const tagged = `${host}/me/web:pushed`;
    await tagImage(all.docker, "test-registry:1", tagged);
    const report = (line: string) => {
      output += line;
    };
    const job = { report, signal: never };
    const denied = await rejection(pushImage(as(all, {}), tagged, job));
    expect(denied).toMatchObject({ code: "registry", lacks: "login", host });
    expect(registry.tags()).toEqual(["1"]);
    await pushImage(session, tagged, job);
    expect(registry.tags()).toEqual(["1", "pushed"]);
    expect(output).toContain("Pushed");
    expect(output).not.toContain(secret);

    await all.docker.getImage(tagged).remove({ force: true });
    await all.docker.getImage("test-registry:1").remove({ force: true });
    await all.docker
      .getImage(image)
      .remove({ force: true })
      .catch(() => undefined);
    expect(await inventory(all)).toEqual(before);
  });
});

describe("podman@5/v2", () => {
  const setup = useEngine("podman@5/v2", ["systemd-test:252"]);

  // Podman accepts plain HTTP only if it was configured before it started, so here it only has to take the logins.
  test("takes the logins that it is told", async (context) => {
    const all = setup(context);
    const before = await inventory(all);
    const auth = Buffer.from(`me:${secret}?>~`).toString("base64");
    await inFolder({ Dockerfile: "FROM systemd-test:252\nLABEL a=b\n" }, (folder) =>
      build(
        as(all, { "r.example": { auth }, "https://index.docker.io/v1/": { auth } }),
        { dockerfile: join(folder, "Dockerfile"), context: folder, tag: "test-registry:1" },
        { print: () => undefined, signal: never },
      ),
    );
    await all.docker.getImage("test-registry:1").remove({ force: true });
    expect(await inventory(all)).toEqual(before);
  });
});
