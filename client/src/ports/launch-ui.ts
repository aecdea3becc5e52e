import type { ConvertResult } from "../../../server/src/protocol";
import type { Text } from "../text";
import type { Invocation, LaunchConfiguration } from "./launching";

/** The parts of the user interface that launching needs. */
export interface LaunchUi {
  /** Prompts for a line of text; undefined if the prompt is dismissed. Secrets are masked. */
  ask(
    title: Text,
    about: { readonly value?: string; readonly detail?: Text; readonly secret?: boolean },
  ): Promise<string | undefined>;
  /** The setting `systemdContainers.launch`. */
  launches(): readonly LaunchConfiguration[];
  /**
   * Adds a launch configuration to the settings of the workspace, or of the user if there is no workspace, and opens
   * the settings there.
   */
  addLaunch(configuration: LaunchConfiguration): Promise<void>;
  /** Converts a path to an absolute one. It may be relative to the workspace folder of a file, or start with `~`. */
  resolve(path: string, uri?: string): string;
  /** The URI of an absolute path. */
  uri(path: string): string;
  /** The text of a file on disk; undefined if it cannot be read. */
  readText(path: string): Promise<string | undefined>;
  /** Runs a program in a terminal. */
  runProgram(title: string, cwd: string, invocation: Invocation): Promise<void>;
  /** Edits files without saving them, creates new files, and shows all of them. False if that fails. */
  change(edits: Pick<ConvertResult, "changed" | "created">): Promise<boolean>;
  /** Copies the example into a directory that the user picks, and opens it. False if none is picked. */
  openExample(): Promise<boolean>;
  /**
   * Runs a program to its end in the terminal with this title, and returns its exit code, or undefined if there is
   * none.
   */
  runToEnd(title: string, cwd: string, invocation: Invocation): Promise<number | undefined>;
  showProblems(): Promise<void>;
  /** The shell into which users of this host probably paste commands. */
  shell(): "posix" | "powershell";
}
