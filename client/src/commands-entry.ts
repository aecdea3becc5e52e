// What the commands and tasks are made of, a bundle of its own: activation loads none of it.
export { commands } from "./commands";
export { runCommand } from "./commands/command";
export { runTask } from "./flows/task";
