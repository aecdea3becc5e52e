import * as answers from "./answers";

/** The answers to the client's commands. On Node.js they are a bundle, loaded with the first (`server/late-bundles.mjs`). */
export const lateAnswers = () => answers;
