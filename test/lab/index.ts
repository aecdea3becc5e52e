export { type Boot, type BootedContainer, type BootRequest, boot, ensureBases } from "./boot";
export { type Engine, isSkipped, type Skipped, startEngine } from "./engine";
export { engineNames } from "./engines";
