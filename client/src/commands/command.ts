import { tellFailure } from "../flows/failure";
import type { Dependencies, Engine, Node } from "../ports";
import { plain } from "../text";
import { buttons } from "../texts/buttons";
import { notices } from "../texts/notices";

/** The menus that show a command, each with the command's group and position in it. */
export type Menus = Readonly<
  Partial<Record<"editor/title" | "explorer/context" | "view/title" | "file/newFile", string>>
>;

/** The nodes of the containers view whose context menu contains a command. */
export interface OnNodes {
  /** A regular expression for the contexts of these nodes: `container\.running`. */
  readonly of: string;
  /** The group and position in the context menu. */
  readonly group: string;
  /** The position next to the label of the node, if the command also has a button there. */
  readonly inline?: number;
}

/** A VS Code command. Its entries in package.json are generated from this. */
export interface Command {
  readonly title: string;
  /** One of VS Code's icons: `vm-running`. */
  readonly icon?: string;
  /** The command uses an engine, so it needs a trusted workspace and a window that can reach one. */
  readonly engine?: boolean;
  /** A `when` clause for the files whose menus contain the command. */
  readonly files?: string;
  readonly menus?: Menus;
  readonly nodes?: OnNodes;
  /** A `when` clause for the palette, which lists the command only if there is something that it can work on. */
  readonly needs?: string;
  run(deps: Dependencies, ...args: (string | undefined)[]): Promise<void> | void;
}

/** Runs a command and reports any error; never rejects. */
export async function runCommand(
  deps: Dependencies,
  command: Command,
  args: readonly Argument[] = [],
): Promise<void> {
  const { ui } = deps;
  if (command.engine && !ui.trusted()) {
    ui.tell("warning", notices.untrusted(ui.t, command.title), {
      title: buttons.manageTrust(ui.t),
      run: () => ui.run("workbench.trust.manage"),
    });
    return;
  }
  const [node] = args;
  try {
    if (typeof node === "object") await command.run(atEngine(deps, node.engine), ...namesOf(node));
    else await command.run(deps, ...(args as readonly (string | undefined)[]));
  } catch (error) {
    tellFailure(deps, plain(command.title), error);
  } finally {
    if (command.engine) deps.view.used();
  }
}

/** What a command is invoked on: a URI, an id, or a node of the containers view. */
export type Argument = string | Node | undefined;

/** The dependencies, with this engine as the only engine. */
function atEngine(deps: Dependencies, engine: Engine): Dependencies {
  const place = { url: engine.url, source: { code: engine.facts.engine }, engine };
  return { ...deps, engine: { find: async () => ({ places: [place] }) } };
}

/** The ids that commands take as arguments: the id of a container, and the name of a unit in it. */
function namesOf(node: Node): string[] {
  if (node.kind === "unit") return [node.container.id, node.unit.name];
  return "container" in node ? [node.container.id] : [];
}
