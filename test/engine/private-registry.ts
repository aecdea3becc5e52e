import { createHash } from "node:crypto";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { gzipSync } from "node:zlib";
import { pack } from "tar-stream";

/** A registry that has one image, gives it to anyone who is logged in, and takes more from them. */
export interface PrivateRegistry {
  /** `127.0.0.1:PORT`, where engines take plain HTTP. */
  readonly host: string;
  readonly image: string;
  /** How often someone asked with the right login. */
  admitted(): number;
  /** The names of its images, without their repositories. */
  tags(): readonly string[];
  close(): void;
}

const digest = (bytes: Uint8Array) => `sha256:${createHash("sha256").update(bytes).digest("hex")}`;

/** Serves the OCI distribution API to the extent that a pull or a push needs it, behind HTTP's basic authentication. */
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
  const store = newStore();
  for (const bytes of [config, zipped]) store.keep(digest(bytes), bytes);
  store.keep("1", manifest, manifestType);
  const wanted = `Basic ${Buffer.from(`${username}:${secret}`).toString("base64")}`;
  let admitted = 0;

  const server = createServer((request, response) => {
    if (request.headers.authorization !== wanted) {
      const errors = [{ code: "UNAUTHORIZED", message: "authentication required" }];
      response.writeHead(401, {
        "www-authenticate": 'Basic realm="test"',
        "content-type": "application/json",
      });
      return response.end(JSON.stringify({ errors }));
    }
    admitted++;
    return void store.answer(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    host,
    image: `${host}/private/base:1`,
    admitted: () => admitted,
    tags: store.tags,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

/** What a registry has, by tag and by digest, and what it answers. */
function newStore() {
  const kept = new Map<string, { readonly bytes: Buffer; readonly type: string }>();
  const uploads = new Map<string, Buffer>();
  const keep = (name: string, bytes: Buffer, type = "application/octet-stream") => {
    for (const each of [name, digest(bytes)]) kept.set(each, { bytes, type });
  };
  const upload = (id: string, name: string | null, more: Buffer, response: ServerResponse) => {
    const bytes = Buffer.concat([uploads.get(id) ?? Buffer.alloc(0), more]);
    uploads.set(id, bytes);
    if (name !== null) keep(name, bytes);
    response.setHeader("location", `/v2/uploads/${id}`).setHeader("range", `0-${bytes.length - 1}`);
    response.writeHead(name === null ? 202 : 201).end();
  };
  const answer = async (request: IncomingMessage, response: ServerResponse) => {
    const { method, url = "" } = request;
    const { pathname, searchParams } = new URL(url, "http://registry");
    const name = pathname.slice(pathname.lastIndexOf("/") + 1);
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const body = Buffer.concat(chunks);
    if (/^\/v2\/?$/.test(pathname)) return response.end("{}");
    if (method === "POST") return upload(String(uploads.size), searchParams.get("digest"), body, response);
    if (pathname.startsWith("/v2/uploads/")) return upload(name, searchParams.get("digest"), body, response);
    if (method === "PUT") {
      keep(name, body, request.headers["content-type"]);
      return response.writeHead(201, { "docker-content-digest": digest(body) }).end();
    }
    const found = kept.get(name);
    if (!found) return response.writeHead(404).end();
    const { bytes, type } = found;
    response.writeHead(200, {
      ...{ "content-type": type, "content-length": bytes.length },
      "docker-content-digest": digest(bytes),
    });
    return response.end(method === "HEAD" ? undefined : bytes);
  };
  return { keep, answer, tags: () => [...kept.keys()].filter((name) => !name.includes(":")) };
}
