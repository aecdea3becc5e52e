export {
  type Boot,
  type BootedContainer,
  type BootRequest,
  boot,
  build,
  ensureBases,
  removeImage,
} from "./boot";
export { type Engine, isSkipped, type Skipped, startEngine } from "./engine";
export { engineNames } from "./engines";
