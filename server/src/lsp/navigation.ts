// Finds positions in files: references to other files, and positions with commands. This is a separate bundle on
// Node, which is loaded when one of them is first requested.
export { lenses } from "../core/language/lenses";
export { definition, links, references } from "../core/language/navigate";
export { placeOffers, scriptOffers, wholeOffers } from "../core/language/offers";
