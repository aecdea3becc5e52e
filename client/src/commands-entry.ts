// The commands and tasks are in a separate bundle, so activation does not load them.
export { commands } from "./commands";
export { runCommand } from "./commands/command";
export { wordsOf } from "./flows/failure";
export { openInspection } from "./flows/inspect-images";
export { runTask } from "./flows/task";
export { openContainers } from "./view/containers-view";
