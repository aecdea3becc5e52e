import { join } from "node:path";
import { loadBundle } from "./code-cache";

// The entry point of the server. It is kept small: the code that it loads comes from the compile cache, if the client
// provided a directory for it.
loadBundle(join(__dirname, "server.cjs"), process.env.SYSTEMD_CONTAINERS_CODE_CACHE);
