import * as vscode from "vscode";
import type { Dependencies, Node, View } from "../ports";
import type { ContainersView } from "../view/containers-view";
import type { RunningLens } from "../view/lenses";
import type { Row } from "../view/rows";
import type { LoadCommands } from "./commands";
import { section } from "./settings";

/**
 * Milliseconds from startup until this workspace's containers are looked for. The delay lets the first findings
 * appear earlier.
 */
const later = 1_500;

/**
 * Registers the containers view. Its content is loaded when the view is first visible or an engine has been used. If
 * this workspace has containers, it is loaded soon after the start, so that the status bar shows them.
 */
export function registerView(
  context: vscode.ExtensionContext,
  deps: Omit<Dependencies, "view">,
  load: LoadCommands,
  lenses: (shown: readonly RunningLens[]) => void,
): View {
  const changed = new vscode.EventEmitter<undefined>();
  const end = new AbortController();
  const contexts = new Map<string, boolean>();
  let opened: ContainersView | undefined;
  const open = () => {
    if (opened) return opened;
    opened = load().openContainers(
      deps,
      {
        changed: () => changed.fire(undefined),
        lenses,
        context: (key, value) => {
          if (contexts.get(key) === value) return;
          contexts.set(key, value);
          void vscode.commands.executeCommand("setContext", `${section}.${key}`, value);
        },
      },
      end.signal,
    );
    opened.seen(tree.visible);
    return opened;
  };
  const tree = vscode.window.createTreeView<Node>(`${section}.containers`, {
    treeDataProvider: {
      onDidChangeTreeData: changed.event,
      getChildren: async (node) => [...(await open().children(node))],
      getTreeItem: (node) => itemOf(open().row(node)),
    },
    showCollapseAll: true,
  });
  tree.onDidChangeVisibility(({ visible }) => opened?.seen(visible));
  tree.onDidCollapseElement(({ element }) => opened?.folded(element));
  const timer = setTimeout(() => deps.memory.hasContainers && deps.ui.trusted() && open().used(), later);
  const onTrust = vscode.workspace.onDidGrantWorkspaceTrust(() => opened?.refresh());
  context.subscriptions.push(changed, tree, onTrust, {
    dispose: () => {
      clearTimeout(timer);
      end.abort();
    },
  });
  return { used: () => open().used(), refresh: () => open().refresh() };
}

const states = {
  none: vscode.TreeItemCollapsibleState.None,
  folded: vscode.TreeItemCollapsibleState.Collapsed,
  open: vscode.TreeItemCollapsibleState.Expanded,
};

/** Converts a row to a tree item. VS Code shows labels and tooltips literally if they are strings. */
function itemOf({ id, label, description, tooltip, icon, context, children }: Row): vscode.TreeItem {
  const item = new vscode.TreeItem(label, states[children]);
  item.id = id;
  item.description = description;
  item.tooltip = tooltip.join("\n");
  item.contextValue = context;
  const color = icon?.color === undefined ? undefined : new vscode.ThemeColor(icon.color);
  item.iconPath = icon && new vscode.ThemeIcon(icon.name, color);
  return item;
}
