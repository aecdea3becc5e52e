// What finds places in files: those that name a file, and those that have commands. It is in a separate bundle on Node,
// which is loaded when one of them is first requested.
export { lenses } from "../core/language/lenses";
export { definition, links, references } from "../core/language/navigate";
export { placeOffers, scriptOffers, wholeOffers } from "../core/language/offers";
