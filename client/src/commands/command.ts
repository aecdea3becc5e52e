import { tellFailure } from "../flows/failure";
import type { Dependencies } from "../ports";
import { plain } from "../text";
import { buttons } from "../texts/buttons";
import { notices } from "../texts/notices";

/** A menu, and the group and place in it that a command has. */
export type Menus = Readonly<Partial<Record<"editor/title" | "explorer/context", string>>>;

/** A command as VS Code knows it. What package.json specifies of it is generated from this. */
export interface Command {
  readonly title: string;
  /** Of VS Code's icons: `vm-running`. */
  readonly icon?: string;
  /** Reaches an engine, so it needs a trusted workspace and a window that can run one. */
  readonly engine?: boolean;
  /** Only called by other parts, never from the palette. */
  readonly hidden?: boolean;
  /** The files whose menus offer it, as a `when` clause. */
  readonly files?: string;
  readonly menus?: Menus;
  run(deps: Dependencies, ...args: (string | undefined)[]): Promise<void> | void;
}

/** Runs a command and reports what goes wrong; never rejects. */
export async function runCommand(
  deps: Dependencies,
  command: Command,
  args: readonly (string | undefined)[] = [],
): Promise<void> {
  const { ui } = deps;
  if (command.engine && !ui.trusted()) {
    ui.tell("warning", notices.untrusted(ui.t, command.title), {
      title: buttons.manageTrust(ui.t),
      run: () => ui.run("workbench.trust.manage"),
    });
    return;
  }
  try {
    await command.run(deps, ...args);
  } catch (error) {
    tellFailure(deps, plain(command.title), error);
  }
}
