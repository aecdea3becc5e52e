import * as vscode from "vscode";
import type { Channel } from "../ports";

/** Output channels by name. They are kept until the window closes, so that their content is not lost. */
export interface Channels extends vscode.Disposable {
  open(name: string): Channel;
}

export function openChannels(): Channels {
  const channels = new Map<string, vscode.OutputChannel>();
  const channelOf = (name: string) => {
    // The language `log` colors times and levels. Names have no prefix, because the list of channels truncates them.
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
