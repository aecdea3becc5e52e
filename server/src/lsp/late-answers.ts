import * as answers from "./answers";

/**
 * The answers to the client's commands. On Node.js they are a bundle that is loaded with the first command
 * (`server/late-bundles.mjs`).
 */
export const lateAnswers = () => answers;
