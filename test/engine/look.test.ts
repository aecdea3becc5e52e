import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { inFolder, inventory, never, type Setup, useEngine } from "./setup";

/** Builds an image from `systemd-test:252` without running anything, uses it and removes it. */
async function built<T>(
  { engine, docker }: Setup,
  files: Readonly<Record<string, string>>,
  use: (tag: string) => Promise<T>,
): Promise<T> {
  const tag = "localhost/test-look:1";
  await inFolder(files, (context) =>
    engine.build(
      { dockerfile: join(context, "Dockerfile"), context, tag },
      { print: () => undefined, signal: never },
    ),
  );
  try {
    return await use(tag);
  } finally {
    await docker.getImage(tag).remove({ force: true });
  }
}

const dockerfile = `FROM systemd-test:252
COPY start.sh /usr/local/bin/start
COPY web.service /etc/systemd/system/web.service
COPY large /data/large
COPY limits.conf /etc/systemd/system/web.service.d/
COPY empty /etc/machine-id
COPY start.sh /usr/sbin/policy-rc.d
ENV container=docker
LABEL maker=me
VOLUME /data /etc/systemd
STOPSIGNAL SIGRTMIN+3
USER www-data
ENTRYPOINT ["/usr/local/bin/start"]
CMD ["/sbin/init"]
`;

const files = {
  Dockerfile: dockerfile,
  "start.sh": '#!/bin/sh\nexec "$@"\n',
  "web.service": "[Service]\nExecStart=/bin/true\n",
  "limits.conf": "[Service]\n",
  empty: "",
  large: "x".repeat(1_000_000),
};

describe.each(["docker@20/v2", "docker@28/v2", "podman@5/v2"])("%s", (name) => {
  const setup = useEngine(name, ["systemd-test:252"]);

  test("an image is looked into, nothing of it runs, and nothing is left", async (context) => {
    const all = setup(context);
    await built(all, files, async (tag) => {
      const before = await inventory(all);
      const { image } = await all.engine.look(tag, never);
      expect(image).toMatchObject({
        entrypoint: ["/usr/local/bin/start"],
        command: ["/sbin/init"],
        user: "www-data",
        environment: { container: "docker" },
        labels: { maker: "me" },
        stopSignal: "SIGRTMIN+3",
        systemd: 252,
        distribution: ["debian"],
        release: "12",
        defaultTarget: "graphical.target",
        deletedWants: false,
        machineId: "empty",
        policy: true,
        tmpMount: false,
        dropIns: expect.arrayContaining(["/etc/systemd/system/web.service.d/limits.conf"]),
        scripts: { "/usr/local/bin/start": files["start.sh"] },
      });
      expect(image.id).toMatch(/^sha256:[0-9a-f]{64}$/);
      expect(image.platform).toBe("linux/amd64");
      expect(image.units).toEqual(expect.arrayContaining(["web.service", "multi-user.target"]));
      expect(image.users).toEqual(expect.arrayContaining(["root", "www-data"]));
      expect(image.systemctl).toBeUndefined();
      expect(await inventory(all)).toEqual(before);
    });
  });

  test("a volume that is not read is not filled", async (context) => {
    const all = setup(context);
    // Of Podman none is requested.
    if (all.connection.facts.engine === "podman") return;
    await built(all, files, async (Image) => {
      const Mounts = [{ Type: "volume", Target: "/data", VolumeOptions: { NoCopy: true } }] as never;
      const container = await all.docker.createContainer({ Image, HostConfig: { Mounts } });
      try {
        const read = await container.getArchive({ path: "/data/large" }).catch((error) => error.statusCode);
        expect(read).toBe(404);
      } finally {
        await container.remove({ v: true });
      }
    });
  });
});
