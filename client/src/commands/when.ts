import { whenLanguage, whenName } from "../names";

/** `when` clauses for the files that commands work on. */
export const dockerfiles = whenLanguage("dockerfile");
export const composeFiles = `(${whenLanguage("compose")} || ${whenName("compose")})`;

/** Without parentheses, so for commands that need no engine. */
export const bothFiles = `${dockerfiles} || ${whenLanguage("compose")} || ${whenName("compose")}`;

/** The files in which something may start a container, also without parentheses. */
export const startingFiles = `${bothFiles} || resourceExtname == .container || resourceLangId =~ /^(shellscript|makefile|markdown|yaml|ansible|jsonc?|terraform|opentofu)$/`;

export const unitFiles = "resourceLangId == systemd-unit && resourceScheme == file";
