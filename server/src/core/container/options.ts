/** A security option as specs have it. `seccomp:unconfined` is the old spelling of `seccomp=unconfined`; a bare word stays bare. */
export function readSecurityOption(text: string): string {
  return text.includes("=") ? text : text.replace(":", "=");
}

/** A capability as specs have it: `cap_sys_admin` is `SYS_ADMIN`. */
export function readCapability(text: string): string {
  return text.toUpperCase().replace(/^CAP_/, "");
}
