import { keysOfServer } from "../house/texts";

/**
 * A language whose texts are the keys of the messages, with their arguments behind, as `keyed` writes them:
 * `blame.enabled(unit=web.service)`. Tests that speak it are not concerned when words change.
 */
export const keyedTexts: Readonly<Record<string, string>> = Object.fromEntries(
  [...keysOfServer()].map(([template, key]) => {
    const places = [...new Set(template.match(/(?<=\{)\w+(?=\})/g))].map((name) => `${name}={${name}}`);
    return [template, places.length === 0 ? key : `${key}(${places.join(", ")})`];
  }),
);
