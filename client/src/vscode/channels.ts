import * as vscode from "vscode";
import type { Channel } from "../ports";

/** Output channels by name. They stay until the window closes, so that nothing that was shown is lost. */
export interface Channels extends vscode.Disposable {
  open(name: string): Channel;
}

export function openChannels(): Channels {
  const channels = new Map<string, vscode.OutputChannel>();
  const channelOf = (name: string) => {
    // The language colours times and levels. The list of channels cuts names off, so nothing is put before them.
    const channel = channels.get(name) ?? vscode.window.createOutputChannel(name, "log");
    channels.set(name, channel);
    return channel;
  };
  return {
    open: (name) => {
      const channel = channelOf(name);
      return { print: (text) => channel.append(text), show: () => channel.show(true) };
    },
    dispose: () => vscode.Disposable.from(...channels.values()).dispose(),
  };
}
