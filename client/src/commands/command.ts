import { tellFailure } from "../flows/failure";
import type { Dependencies, Engine, Node } from "../ports";
import { plain } from "../text";
import { buttons } from "../texts/buttons";
import { notices } from "../texts/notices";

/** A menu, and the group and place in it that a command has. */
export type Menus = Readonly<
  Partial<Record<"editor/title" | "explorer/context" | "view/title" | "file/newFile", string>>
>;

/** The nodes of the view of containers whose menu offers a command. */
export interface OnNodes {
  /** Their contexts, as a regular expression: `container\.running`. */
  readonly of: string;
  /** The group and place in their menu. */
  readonly group: string;
  /** The place beside their label, where it also has one. */
  readonly inline?: number;
}

/** A command as VS Code knows it. What package.json specifies of it is generated from this. */
export interface Command {
  readonly title: string;
  /** Of VS Code's icons: `vm-running`. */
  readonly icon?: string;
  /** Reaches an engine, so it needs a trusted workspace and a window that can run one. */
  readonly engine?: boolean;
  /** The files whose menus offer it, as a `when` clause. */
  readonly files?: string;
  readonly menus?: Menus;
  readonly nodes?: OnNodes;
  /** What there must be for it to be of use, as a `when` clause of the palette. */
  readonly needs?: string;
  run(deps: Dependencies, ...args: (string | undefined)[]): Promise<void> | void;
}

/** Runs a command and reports what goes wrong; never rejects. */
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

/** What a command is called on: the address or id of something, or a node of the view. */
export type Argument = string | Node | undefined;

/** The same world, in which that is the only engine. */
function atEngine(deps: Dependencies, engine: Engine): Dependencies {
  const place = { url: engine.url, source: { code: engine.facts.engine }, engine };
  return { ...deps, engine: { find: async () => ({ places: [place] }) } };
}

/** The ids that commands take: of a container, and the name of a unit in it. */
function namesOf(node: Node): string[] {
  if (node.kind === "unit") return [node.container.id, node.unit.name];
  return "container" in node ? [node.container.id] : [];
}
