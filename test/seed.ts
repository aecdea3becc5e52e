import { configureGlobal } from "fast-check";

// Every run tries the same cases; others are for `npm run fuzz`.
configureGlobal({ seed: 1 });
