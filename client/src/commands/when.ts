import { whenLanguage, whenName } from "../names";

/** `when` clauses for the files that commands apply to. */
export const dockerfiles = whenLanguage("dockerfile");
export const composeFiles = `(${whenLanguage("compose")} || ${whenName("compose")})`;

/** Has no parentheses, so it can be used only for commands that need no engine. */
export const bothFiles = `${dockerfiles} || ${whenLanguage("compose")} || ${whenName("compose")}`;

/** The files that can contain something that starts a container. The clause has no parentheses either. */
export const startingFiles = `${bothFiles} || resourceExtname == .container || resourceLangId =~ /^(shellscript|makefile|markdown|yaml|ansible|jsonc?|terraform|opentofu)$/`;

export const unitFiles = "resourceLangId == systemd-unit && resourceScheme == file";

/** The files whose units can be verified. */
export const verifiedFiles = `(${bothFiles} || ${unitFiles})`;
