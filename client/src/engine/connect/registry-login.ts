import { spawn } from "node:child_process";
import { readDockerConfig, type System } from "./endpoints";

/** The credentials for a registry. With an identity token the user name is empty. */
export interface Login {
  readonly username: string;
  readonly secret: string;
}

/** The logins of this user, as `docker login` stores them. */
export interface Logins {
  of(registry: string): Promise<Login | undefined>;
  /** All logins by their keys in the configuration, for builders that get them up front. */
  all(): Promise<Readonly<Record<string, Login>>>;
}

interface Auth {
  readonly auth?: unknown;
  readonly username?: unknown;
  readonly password?: unknown;
  readonly identitytoken?: unknown;
}

/**
 * The logins from docker's config.json, which are either in the file or kept by a program `docker-credential-NAME`.
 * If that program is missing or has no login for the registry, no login is used, and any error comes from the
 * registry.
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

/** The key of Docker Hub's login. */
const hubKey = "https://index.docker.io/v1/";

function isHub(registry: string): boolean {
  return /^(index\.|registry-1\.)?docker\.io$/.test(hostOf(registry));
}

function isSame(key: string, registry: string): boolean {
  return hostOf(key) === hostOf(registry) || (isHub(key) && isHub(registry));
}

/** Keys used to be URLs. */
function hostOf(key: string): string {
  return key.replace(/^https?:\/\//, "").replace(/\/.*$/s, "");
}

/** A login from the config file; `auth` is the base64 of `name:password`. */
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

/** How many milliseconds a credential helper may take; some prompt the user for a password. */
const patience = 30_000;

/**
 * Runs a credential helper as docker does: `docker-credential-NAME get`, with the registry on its standard input and
 * JSON on its standard output (docker/docker-credential-helpers). No shell is involved.
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

/** The header that passes all logins to a builder without a session; undefined if there are none. */
export function registryHeader(
  logins: Readonly<Record<string, Login>>,
): { readonly "X-Registry-Config": string } | undefined {
  const config = Object.entries(logins).map(([registry, login]) => [registry, credentials(login)]);
  return config.length === 0 ? undefined : { "X-Registry-Config": encoded(Object.fromEntries(config)) };
}

/** The header for a push to a registry. Without a login, it contains an empty object. */
export function registryAuth(
  registry: string,
  login: Login | undefined,
): { readonly "X-Registry-Auth": string } {
  return { "X-Registry-Auth": encoded(login ? { ...credentials(login), serveraddress: registry } : {}) };
}

function credentials({ username, secret }: Login): object {
  return username === "" ? { identitytoken: secret } : { username, password: secret };
}

/** Engines expect Go's URL-safe base64, which includes padding. */
function encoded(value: object): string {
  const text = Buffer.from(JSON.stringify(value)).toString("base64");
  return text.replaceAll("+", "-").replaceAll("/", "_");
}
