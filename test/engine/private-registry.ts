import { createHash } from "node:crypto";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { gzipSync } from "node:zlib";
import { pack } from "tar-stream";

/** A registry that has one image and gives it to anyone who is logged in. */
export interface PrivateRegistry {
  /** `127.0.0.1:PORT`, where engines take plain HTTP. */
  readonly host: string;
  readonly image: string;
  /** How often someone asked with the right login. */
  admitted(): number;
  close(): void;
}

const digest = (bytes: Uint8Array) => `sha256:${createHash("sha256").update(bytes).digest("hex")}`;

/** Serves the OCI distribution API to the extent that a pull needs it, behind HTTP's basic authentication. */
export async function startPrivateRegistry(username: string, secret: string): Promise<PrivateRegistry> {
  const tar = pack();
  tar.entry({ name: "from-the-registry" }, "yes");
  tar.finalize();
  const chunks: Buffer[] = [];
  for await (const chunk of tar) chunks.push(chunk as Buffer);
  const layer = Buffer.concat(chunks);
  const zipped = gzipSync(layer);
  const config = Buffer.from(
    JSON.stringify({
      ...{ architecture: process.arch === "arm64" ? "arm64" : "amd64", os: "linux", config: {} },
      rootfs: { type: "layers", diff_ids: [digest(layer)] },
    }),
  );
  const manifestType = "application/vnd.oci.image.manifest.v1+json";
  const manifest = Buffer.from(
    JSON.stringify({
      ...{ schemaVersion: 2, mediaType: manifestType },
      config: {
        mediaType: "application/vnd.oci.image.config.v1+json",
        digest: digest(config),
        size: config.length,
      },
      layers: [
        {
          mediaType: "application/vnd.oci.image.layer.v1.tar+gzip",
          digest: digest(zipped),
          size: zipped.length,
        },
      ],
    }),
  );
  const blobs = new Map([config, zipped, manifest].map((bytes) => [digest(bytes), bytes]));
  const wanted = `Basic ${Buffer.from(`${username}:${secret}`).toString("base64")}`;
  let admitted = 0;

  const server = createServer(({ url = "", method, headers }, response) => {
    if (headers.authorization !== wanted) {
      const errors = [{ code: "UNAUTHORIZED", message: "authentication required" }];
      response.writeHead(401, {
        "www-authenticate": 'Basic realm="test"',
        "content-type": "application/json",
      });
      return response.end(JSON.stringify({ errors }));
    }
    admitted++;
    if (/^\/v2\/?$/.test(url)) return response.end("{}");
    const name = url.slice(url.lastIndexOf("/") + 1);
    const bytes = name === "1" ? manifest : blobs.get(name);
    if (!bytes) return response.writeHead(404).end();
    const type = bytes === manifest ? manifestType : "application/octet-stream";
    response.writeHead(200, {
      ...{ "content-type": type, "content-length": bytes.length },
      "docker-content-digest": digest(bytes),
    });
    return response.end(method === "HEAD" ? undefined : bytes);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    host,
    image: `${host}/private/base:1`,
    admitted: () => admitted,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}
