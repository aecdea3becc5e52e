/** A word that no text for readers contains, as a regular expression, and what to write instead. */
export interface Unwanted {
  readonly word: string;
  readonly write: string;
}

/** Words are found in any case and as whole words; a space also matches a line break, within a comment as well. */
export const unwanted: readonly Unwanted[] = [
  { word: "hangs? on", write: "depends on" },
  { word: "may not", write: "cannot, must not or might not" },
  { word: "takes? itself", write: "assumes that it is" },
  {
    word: "tak(?:es?|en|ing) (?:\\S+ ){1,4}for (?:an?|its|that of) (?!test|boot|while)",
    write: "treats … as",
  },
  { word: "nobody", write: "no user, no one, or the passive" },
  { word: "somebody", write: "a user, or the passive" },
  { word: "whoever", write: "anyone who, or the passive" },
  { word: "of (?:its|our|your|their|his) own", write: "separate, private, custom or its" },
  { word: "by (?:itself|themselves)", write: "automatically, or on its own" },
  { word: "of itself", write: "automatically" },
  { word: "engine's machine", write: "host" },
  { word: "machines?", write: "host or computer" },
  { word: "in order(?! of)", write: "cleanly, in sequence, or to" },
  { word: "as far as", write: "where, or if" },
  { word: "for want of", write: "without" },
  { word: "anew", write: "again" },
  { word: "needless(?:ly)?", write: "unnecessary" },
  { word: "mend(?:s|ed|ing)?", write: "fix" },
  { word: "quietens?", write: "silence" },
  { word: "outlive[sd]?", write: "remains after, or survives" },
  { word: "of the dead", write: "stale" },
  { word: "meddles?", write: "interferes" },
  { word: "blanks?(?! lines?)", write: "space" },
  { word: "repair(?:s|ed|ing)?", write: "fix" },
  { word: "(?:is|are|as|only|stays?) (?:a )?choices?", write: "suggestion" },
  { word: "folders?", write: "directory" },
  { word: "(?:is|are|was|were|be|being|been) told", write: "is reported, or receives" },
  { word: "told apart", write: "distinguished" },
  { word: "tells", write: "reports or shows" },
  { word: "(?<!there )(?:is|are) no(?! longer| more| less)", write: "is not a" },
  { word: "holds", write: "contains, or applies" },
  { word: "brings", write: "provides, installs or includes" },
  { word: "sa(?:ys|id)", write: "sets, specifies, contains or states" },
  { word: "a word of", write: "mentions" },
  { word: "ours", write: "created by this extension, or this project's" },
  { word: "lies? (?:in|on|at|there|beside|below)", write: "is in" },
  { word: "stands? (?:in|on|at|there|beside|below|above)", write: "is in" },
  { word: "leads? nowhere", write: "is broken" },
  { word: "asked for", write: "requested, or needed" },
];

/** Where such a word is the term of the field, or is quoted. */
export const allowed: readonly string[] = [
  "virtual machines?",
  "state machines?",
  "podman(?:'s)? machines?",
  "machines? of podman",
  "docker machine",
  "machine(?:-| )?ids?",
  "(?:uninitialized|initialize|setup|boot) machine",
  "machine\\.slice",
  "workspace(?:'s)? folders?",
  "open folder",
  "folder context",
  "(?:user |=)nobody",
  "nobody:nogroup",
  "stands? in for",
  "a word of (?:an?|the|kernel|execstart)",
  "local-fs-pre machines",
  "names can not be blank",
  "`[^`\\n]*`",
];
