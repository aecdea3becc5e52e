import { packageExtension } from "./package";

await packageExtension();
