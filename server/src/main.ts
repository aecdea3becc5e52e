import { join } from "node:path";
import { loadBundle } from "./code-cache";

// The entry point of the server. It is small because the code that it loads is already compiled, if the client
// provided a directory for that.
loadBundle(join(__dirname, "server.cjs"), process.env.SYSTEMD_CONTAINERS_CODE_CACHE);
