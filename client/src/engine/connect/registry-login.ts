import { spawn } from "node:child_process";
import { readDockerConfig, type System } from "./endpoints";

/** What opens a registry. With an identity token there is no user name. */
export interface Login {
  readonly username: string;
  readonly secret: string;
}

/** The logins of this user, as `docker login` keeps them. */
export interface Logins {
  of(registry: string): Promise<Login | undefined>;
  /** All of them by the key that the configuration has, for builders that get them before they ask. */
  all(): Promise<Readonly<Record<string, Login>>>;
}

interface Auth {
  readonly auth?: unknown;
  readonly username?: unknown;
  readonly password?: unknown;
  readonly identitytoken?: unknown;
}

/**
 * The logins in docker's config.json: in the file itself, or in a program `docker-credential-NAME` that keeps
 * them. A program that is not there or does not know the registry counts as no login, and the registry reports the rest.
 */
export function loginsOf(system: System): Logins {
  const of = async (registry: string): Promise<Login | undefined> => {
    const { auths, helpers, store } = await read(system);
    const key = [...Object.keys(helpers), ...Object.keys(auths)].find((known) => isSame(known, registry));
    const helper = (key !== undefined && helpers[key]) || store;
    const asked = key ?? (isHub(registry) ? hubKey : registry);
    return (helper ? await askHelper(helper, asked) : undefined) ?? written(auths[key ?? ""]);
  };
  const all = async () => {
    const { auths, helpers } = await read(system);
    const keys = [...new Set([...Object.keys(auths), ...Object.keys(helpers)])];
    const found = await Promise.all(keys.map(async (key) => [key, await of(key)] as const));
    return Object.fromEntries(found.flatMap(([key, login]) => (login ? [[key, login]] : [])));
  };
  return { of, all };
}

async function read(system: System) {
  const config = (await readDockerConfig(system)) ?? {};
  const record = (value: unknown) =>
    (typeof value === "object" && value !== null ? value : {}) as Readonly<Record<string, unknown>>;
  return {
    auths: record(config.auths) as Readonly<Record<string, Auth | undefined>>,
    helpers: record(config.credHelpers),
    store: config.credsStore,
  };
}

/** The key under which Docker Hub's login is kept. */
const hubKey = "https://index.docker.io/v1/";

function isHub(registry: string): boolean {
  return /^(index\.|registry-1\.)?docker\.io$/.test(hostOf(registry));
}

function isSame(key: string, registry: string): boolean {
  return hostOf(key) === hostOf(registry) || (isHub(key) && isHub(registry));
}

/** Keys were URLs once. */
function hostOf(key: string): string {
  return key.replace(/^https?:\/\//, "").replace(/\/.*$/s, "");
}

/** The content of the file: `auth` is the base64 of `name:password`. */
function written(entry: Auth | undefined): Login | undefined {
  if (typeof entry?.identitytoken === "string" && entry.identitytoken !== "") {
    return { username: "", secret: entry.identitytoken };
  }
  if (typeof entry?.username === "string" && typeof entry.password === "string") {
    return { username: entry.username, secret: entry.password };
  }
  if (typeof entry?.auth !== "string") return undefined;
  const [text = ""] = Buffer.from(entry.auth, "base64").toString("utf8").split("\0", 1);
  const at = text.indexOf(":");
  return at < 0 ? undefined : { username: text.slice(0, at), secret: text.slice(at + 1) };
}

/** How long a helper may think; some ask the person for a password. */
const patience = 30_000;

/**
 * Asks a credential helper as docker does: `docker-credential-NAME get`, the registry on its input, JSON on its
 * output (docker/docker-credential-helpers). No shell is between.
 */
function askHelper(name: unknown, registry: string): Promise<Login | undefined> {
  if (typeof name !== "string" || !/^[\w.-]+$/.test(name)) return Promise.resolve(undefined);
  return new Promise((resolve) => {
    const child = spawn(`docker-credential-${name}`, ["get"], {
      stdio: ["pipe", "pipe", "ignore"],
      timeout: patience,
      windowsHide: true,
    });
    let output = "";
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
      output += text;
    });
    child.stdin.on("error", () => undefined);
    child.on("error", () => resolve(undefined));
    child.on("close", (code) => resolve(code === 0 ? answered(output) : undefined));
    child.stdin.end(registry);
  });
}

function answered(output: string): Login | undefined {
  try {
    const { Username, Secret } = JSON.parse(output);
    if (typeof Username !== "string" || typeof Secret !== "string") return undefined;
    return { username: Username === "<token>" ? "" : Username, secret: Secret };
  } catch {
    return undefined;
  }
}

/** The header by which a builder that has no session gets all logins; undefined where there are none. */
export function registryHeader(
  logins: Readonly<Record<string, Login>>,
): { readonly "X-Registry-Config": string } | undefined {
  const config = Object.entries(logins).map(([registry, login]) => [registry, credentials(login)]);
  return config.length === 0 ? undefined : { "X-Registry-Config": encoded(Object.fromEntries(config)) };
}

/** The header of a push to a registry; without a login it states that there is none. */
export function registryAuth(
  registry: string,
  login: Login | undefined,
): { readonly "X-Registry-Auth": string } {
  return { "X-Registry-Auth": encoded(login ? { ...credentials(login), serveraddress: registry } : {}) };
}

function credentials({ username, secret }: Login): object {
  return username === "" ? { identitytoken: secret } : { username, password: secret };
}

/** Engines want Go's URL encoding, which has its padding. */
function encoded(value: object): string {
  const text = Buffer.from(JSON.stringify(value)).toString("base64");
  return text.replaceAll("+", "-").replaceAll("/", "_");
}
