import type { ConvertResult } from "../../../server/src/protocol";
import type { Text } from "../text";
import type { Invocation, LaunchConfiguration } from "./launching";

/** What launching shows to a person and asks. */
export interface LaunchUi {
  /** Asks for a line of text; undefined when it is dismissed. What is secret is not shown. */
  ask(
    title: Text,
    about: { readonly value?: string; readonly detail?: Text; readonly secret?: boolean },
  ): Promise<string | undefined>;
  /** The setting `systemdContainers.launch`. */
  launches(): readonly LaunchConfiguration[];
  /** Adds one to it in the settings of the workspace, or of the user where there is none, and shows it there. */
  addLaunch(configuration: LaunchConfiguration): Promise<void>;
  /** The absolute path of one that is written relative to the workspace folder of a file, or to `~`. */
  resolve(path: string, uri?: string): string;
  /** The URI of an absolute path. */
  uri(path: string): string;
  /** The text of a file on disk; undefined when it cannot be read. */
  readText(path: string): Promise<string | undefined>;
  /** Runs a program in a terminal. */
  runProgram(title: string, cwd: string, invocation: Invocation): Promise<void>;
  /** Makes edits of files, which are not saved, writes new files, and shows all of them. False when that fails. */
  change(edits: Pick<ConvertResult, "changed" | "created">): Promise<boolean>;
  /** Copies the example into a directory that is picked, and opens it; false where none is picked. */
  openExample(): Promise<boolean>;
  /** Runs a program in the terminal of that title until it ends, and gives its exit code; undefined where there is none. */
  runToEnd(title: string, cwd: string, invocation: Invocation): Promise<number | undefined>;
  showProblems(): Promise<void>;
  /** The shell that people on this host paste commands into. */
  shell(): "posix" | "powershell";
}
