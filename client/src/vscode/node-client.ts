import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import type { ExtensionContext } from "vscode";
import {
  IPCMessageReader,
  IPCMessageWriter,
  LanguageClient,
  type LanguageClientOptions,
} from "vscode-languageclient/node";
import { clientId, type ServerClient } from "./language-client";

/**
 * The language server as a child process of the extension host. It is started here, not by the language client,
 * which does not let go of the process: one that hangs can only be killed.
 */
export function nodeClient(context: ExtensionContext) {
  const module = context.asAbsolutePath("server/out/main.cjs");
  return (options: LanguageClientOptions): ServerClient => {
    let child: ChildProcess | undefined;
    const transports = async () => {
      child = startServer(module);
      for (const output of [child.stdout, child.stderr])
        output?.setEncoding("utf8").on("data", (text: string) => options.outputChannel?.append(text));
      return { reader: new IPCMessageReader(child), writer: new IPCMessageWriter(child) };
    };
    const client = new LanguageClient(clientId, "Systemd Containers", transports, options);
    return { client, kill: () => kill(child) };
  };
}

function startServer(module: string): ChildProcess {
  // An extension host that is debugged has a server that can be.
  const debugged = process.execArgv.some((argument) => argument.startsWith("--inspect"));
  const child = fork(module, ["--node-ipc", `--clientProcessId=${process.pid}`], {
    execArgv: debugged ? ["--nolazy", "--inspect=6010"] : [],
    env: { ...process.env, ELECTRON_RUN_AS_NODE: "1", ELECTRON_NO_ASAR: "1" },
    silent: true,
  });
  // A server that hangs does not see that its parent ends.
  const endWithParent = () => child.kill("SIGKILL");
  process.once("exit", endWithParent);
  child.once("exit", () => process.off("exit", endWithParent));
  return child;
}

async function kill(child: ChildProcess | undefined): Promise<void> {
  if (!child || child.exitCode !== null || child.signalCode !== null) return;
  const closed = once(child, "close");
  child.kill("SIGKILL");
  await closed;
}
