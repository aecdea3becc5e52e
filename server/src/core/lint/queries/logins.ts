import type { Image } from "../../image/image";

/** Servers that let users log in, by package, unit or port. */
const loginPackages = /^(openssh-server|openssh|dropbear(-bin)?|xrdp|telnetd|cockpit)$/;
const loginUnits = /^(ssh|sshd|ssh@|sshd@|dropbear|xrdp|cockpit)\.(service|socket)$/;

/** The unit, package or port of the image that lets users log in; undefined if there is none. */
export function loginServer({ packages, units, exposed }: Image): string | undefined {
  const unit = units.find(
    (action) => /^(enable|add-wants)$/.test(action.verb) && loginUnits.test(action.unit),
  );
  if (unit) return unit.unit;
  const name = [...packages.keys()].find((installed) => loginPackages.test(installed));
  if (name) return name;
  return exposed.some((port) => /^22(\/tcp)?$/.test(port)) ? "port 22" : undefined;
}

/** Whether a unit lets users log in. */
export function isLoginUnit(unit: string): boolean {
  return loginUnits.test(unit);
}

/** Whether the build prevents /run/nologin from refusing logins. */
export function handlesNologin({ runs, units }: Image): boolean {
  if (units.some(({ unit, verb }) => unit === "systemd-user-sessions.service" && verb === "mask"))
    return false;
  return runs.some((run) => /pam_nologin|systemd-nologin\.conf|systemd-user-sessions/.test(run.arguments));
}
