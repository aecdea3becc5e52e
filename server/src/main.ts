import { join } from "node:path";
import { loadBundle } from "./code-cache";

// The entry of the server. It is small: what it loads is compiled already, where the client gave a directory for that.
loadBundle(join(__dirname, "server.cjs"), process.env.SYSTEMD_CONTAINERS_CODE_CACHE);
