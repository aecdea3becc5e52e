import * as vscode from "vscode";
import type { Shell, TerminalSize } from "../ports";

/**
 * Shows a process inside a container as a terminal. Text typed before the process has started is kept and sent to it
 * then.
 */
export function openTerminal(
  name: string,
  open: (size: TerminalSize) => Promise<Shell>,
  wordsOf: (error: unknown) => string,
): void {
  const written = new vscode.EventEmitter<string>();
  const closed = new vscode.EventEmitter<number | undefined>();
  const decoder = new TextDecoder();
  const early: string[] = [];
  let shell: Shell | undefined;
  let isClosed = false;
  let size: TerminalSize = { columns: 80, rows: 24 };

  const start = async () => {
    const asked = size;
    const opened = await open(asked);
    if (isClosed) return opened.close();
    shell = opened;
    opened.onData((data) => written.fire(decoder.decode(data, { stream: true })));
    if (size !== asked) opened.resize(size);
    for (const text of early) opened.write(text);
    const code = await opened.exit;
    // If the shell exits with code 0, the terminal closes. Otherwise it stays open and shows the code.
    closed.fire(code === 0 ? undefined : code);
  };

  const pty: vscode.Pseudoterminal = {
    onDidWrite: written.event,
    onDidClose: closed.event,
    open: (dimensions) => {
      if (dimensions) size = dimensions;
      // Only now can the terminal take the focus from a report.
      terminal.show();
      start().catch((error) => {
        written.fire(`${wordsOf(error)}\r\n`);
        closed.fire(1);
      });
    },
    close: () => {
      isClosed = true;
      shell?.close();
    },
    handleInput: (text) => {
      if (shell) shell.write(text);
      else early.push(text);
    },
    setDimensions: (dimensions) => {
      size = dimensions;
      shell?.resize(dimensions);
    },
  };

  const iconPath = new vscode.ThemeIcon("vm-running");
  const terminal = vscode.window.createTerminal({ name, iconPath, pty });
  terminal.show();
}
