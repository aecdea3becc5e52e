// What finds the places that name a file, in a separate bundle on Node: it is loaded when one of them is requested.
export { definition, links, references } from "../core/language/navigate";
