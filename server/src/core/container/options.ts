/**
 * A security option as specs contain it. `seccomp:unconfined` is the old spelling of `seccomp=unconfined`. A single
 * word is left as it is.
 */
export function readSecurityOption(text: string): string {
  return text.includes("=") ? text : text.replace(":", "=");
}

/** A capability as specs contain it: `cap_sys_admin` becomes `SYS_ADMIN`. */
export function readCapability(text: string): string {
  return text.toUpperCase().replace(/^CAP_/, "");
}
