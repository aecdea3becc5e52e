import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { build } from "../../client/src/engine/build";
import { loginsOf } from "../../client/src/engine/registry-login";
import { noWorld } from "../client/engine/connect-to";
import { type PrivateRegistry, startPrivateRegistry } from "./private-registry";
import { inFolder, inventory, never, rejection, type Setup, useEngine } from "./setup";

const secret = "s3cret-of-a-registry";

describe.each(["docker@28/v2", "docker@20/v2", "podman@5/v2"])("%s and a private registry", (name) => {
  const setup = useEngine(name, []);
  let registry: PrivateRegistry;
  beforeAll(async () => {
    registry = await startPrivateRegistry("me", secret);
  });
  afterAll(() => registry.close());

  /** The engine as it is for a user with this in config.json. */
  const as = ({ connection }: Setup, auths: object) => {
    const config = Buffer.from(JSON.stringify({ auths }));
    const readFile = async (path: string) => (path.endsWith("config.json") ? config : undefined);
    return { ...connection, logins: loginsOf({ ...noWorld, readFile }) };
  };

  test("a base image is pulled with the login of docker's configuration, and not without", async (context) => {
    const all = setup(context);
    const before = await inventory(all);
    const { image, host } = registry;
    if (all.engine.facts.engine === "podman") await allowPlainHttp(all, host);
    let output = "";
    const buildAs = (auths: object) =>
      inFolder({ Dockerfile: `FROM ${image}\nLABEL a=b\n` }, (folder) =>
        build(
          as(all, auths),
          { dockerfile: join(folder, "Dockerfile"), context: folder, tag: "test-registry:1" },
          (text) => {
            output += text;
          },
          never,
        ),
      );
    const refused = await rejection(buildAs({}));
    expect(refused).toMatchObject({
      code: "registry",
      message: `The registry ${host} wants a login.`,
      hint: expect.stringContaining("docker login"),
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

    await all.docker.getImage("test-registry:1").remove({ force: true });
    await all.docker
      .getImage(image)
      .remove({ force: true })
      .catch(() => undefined);
    expect(await inventory(all)).toEqual(before);
  });
});

/** Docker takes plain HTTP from this machine, Podman has to be told; gone with the engine. */
async function allowPlainHttp({ lab }: Setup, host: string): Promise<void> {
  const folder = "/etc/containers/registries.conf.d";
  const script = `mkdir -p ${folder} && mount -t tmpfs tmpfs ${folder} && printf %s "$1" >${folder}/test.conf`;
  const conf = `[[registry]]\nlocation = "${host}"\ninsecure = true\n`;
  const { code, stderr } = await lab.exec(["sh", "-c", script, "sh", conf]);
  expect(code, stderr).toBe(0);
}
