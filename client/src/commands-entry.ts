// The commands and tasks, in a separate bundle: activation loads none of them.
export { commands } from "./commands";
export { runCommand } from "./commands/command";
export { wordsOf } from "./flows/failure";
export { openInspection } from "./flows/inspect-images";
export { runTask } from "./flows/task";
export { openContainers } from "./view/containers-view";
