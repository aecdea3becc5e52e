import { createHash } from "node:crypto";
import { cp, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { openBrowser } from "./browser";
import { codeServer } from "./code";
import { addLanguage, type Language } from "./language";
import { root, vsix } from "./paths";
import { patience, startPatience } from "./quick-input";
import { addressOf, installExtension, startServer } from "./server";
import { type Workbench, workbenchOf } from "./workbench";

export interface EditorOptions {
  /** Where the extension comes from: the packaged VSIX (default), or the sources with a module of tests to run. */
  tests?: string;
  /** Whether the directory starts untrusted, as on a desktop. */
  workspaceTrust?: boolean;
  /** Address of a container engine, as `DOCKER_HOST` takes it. Without it the editor sees the computer's. */
  engine?: string;
  /** Docker contexts by name, the first of them the current one: addresses that engines are looked for at. */
  contexts?: Readonly<Record<string, string>>;
  /** Logins of docker's configuration, `NAME:SECRET` by registry. */
  logins?: Readonly<Record<string, string>>;
  /** A directory of programs that are found before others. */
  path?: string;
  /** Files of the directory beside the examples, by their path in it. */
  files?: Readonly<Record<string, string>>;
  /** The window has no directory open. */
  emptyWindow?: boolean;
  /** Settings of the user, beside those that keep the editor quiet. */
  settings?: Readonly<Record<string, unknown>>;
  /** The language of the editor, English without it. VS Code's own texts stay English. */
  language?: Language;
}

export interface Editor {
  readonly workbench: Workbench;
  /** Closes everything and removes what it wrote. */
  close(): Promise<void>;
}

/** Opens a real editor on a copy of `examples/`, with a fresh profile, in a headless browser. */
export async function openEditor(options: EditorOptions = {}): Promise<Editor> {
  const [entry, browser] = [await codeServer(), await openBrowser()];
  const closers: (() => Promise<unknown>)[] = [];
  const close = async () => {
    for (const closer of closers.splice(0).reverse()) await closer();
  };
  if (browser.value) closers.push(() => browser.value.close());
  try {
    if (!entry.value) throw new Error(entry.reason);
    if (!browser.value) throw new Error(browser.reason);
    const state = await mkdtemp(join(tmpdir(), "systemd-containers-editor-"));
    closers.push(() => rm(state, { recursive: true, force: true, maxRetries: 5 }));
    const folder = join(state, "examples");
    await cp(join(root, "examples"), folder, { recursive: true });
    await writeFiles(folder, options.files ?? {});
    if (!options.tests) await installExtension(entry.value, state, vsix);
    if (options.language) await addLanguage(join(state, "extensions"), options.language);

    const server = await startServer({
      entry: entry.value,
      state,
      workspaceTrust: options.workspaceTrust ?? false,
      settings: options.settings,
      env: {
        // Its sockets are removed with the rest. On macOS the path would be too long for a socket.
        ...(process.platform === "linux" ? { TMPDIR: state } : {}),
        // Dialogs for files begin there where no directory is open.
        ...(options.emptyWindow ? { HOME: folder } : {}),
        ...(options.engine ? { DOCKER_HOST: options.engine } : {}),
        ...(options.path ? { PATH: `${options.path}${delimiter}${process.env.PATH}` } : {}),
        ...(options.contexts || options.logins ? { DOCKER_CONFIG: await dockerConfig(state, options) } : {}),
      },
    });
    closers.push(() => server.stop());
    const page = await browser.value.newPage({
      viewport: { width: 1280, height: 800 },
      permissions: ["clipboard-read", "clipboard-write"],
    });
    page.setDefaultTimeout(patience);
    if (options.language)
      await page.addInitScript(`globalThis._VSCODE_NLS_LANGUAGE = ${JSON.stringify(options.language.id)}`);
    const development = options.tests ? root : undefined;
    await page.goto(addressOf(server, options.emptyWindow ? undefined : folder, development, options.tests), {
      timeout: startPatience,
    });
    const workbench = workbenchOf(page, folder);
    await workbench.ready(options.emptyWindow);
    // A window that asks whether the directory is trusted takes no other key until that is answered.
    if (!options.tests && !options.workspaceTrust)
      await workbench.knowsExtension(options.language?.translate);
    return { workbench, close };
  } catch (error) {
    await close();
    throw error;
  }
}

async function writeFiles(folder: string, files: Readonly<Record<string, string>>): Promise<void> {
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), text);
  }
}

/** A directory of docker's configuration; the directory of each context is the SHA-256 of its name. */
async function dockerConfig(state: string, { contexts = {}, logins = {} }: EditorOptions): Promise<string> {
  const folder = join(state, "docker");
  const meta = Object.entries(contexts).map(([Name, Host]) => {
    const id = createHash("sha256").update(Name).digest("hex");
    return [`contexts/meta/${id}/meta.json`, JSON.stringify({ Name, Endpoints: { docker: { Host } } })];
  });
  const [currentContext] = Object.keys(contexts);
  const auths = Object.fromEntries(
    Object.entries(logins).map(([registry, login]) => [registry, { auth: btoa(login) }]),
  );
  const config = { "config.json": JSON.stringify({ currentContext, auths }) };
  await writeFiles(folder, { ...config, ...Object.fromEntries(meta) });
  return folder;
}
